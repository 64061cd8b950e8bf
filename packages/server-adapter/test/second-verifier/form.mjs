// What the values in evidence look like, by docs/draws.md.

const whole = (least) => (value) => Number.isSafeInteger(value) && value >= least;
const like = (pattern) => (value) => typeof value === 'string' && pattern.test(value);
const among = (list) => (value) => list.split(' ').includes(value);
const text = (value) => typeof value === 'string' && value.isWellFormed();
const digits = like(/^(?:[0-9a-f][0-9a-f])*$/);
const hash = like(/^[0-9a-f]{64}$/);
const entryId = like(/^[A-Za-z0-9_-]{1,64}$/);
const kinds = among('leaderboard raffle milestone waitlist instant_win league');
const policies = among('earliest shared draw');
const nullOr = (test) => (value) => value === null || test(value);
const list = (test) => (value) => Array.isArray(value) && value.every((each) => test(each));

function instant(value) {
  if (!like(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)(value)) return false;
  const time = new Date(value);
  return !Number.isNaN(time.getTime()) && time.toISOString() === value;
}

function members(tests) {
  return (value) =>
    typeof value === 'object' && value !== null && Object.entries(tests).every(([name, test]) => test(value[name]));
}

const isSource = (value) =>
  members({
    kind: among('drand'),
    chain: members({
      hash,
      publicKey: digits,
      period: whole(1),
      genesis: whole(0),
      scheme: among('bls-unchained-g1-rfc9380'),
    }),
    round: whole(1),
    delaySeconds: whole(1),
  })(value) ||
  members({ kind: among('numbers'), numbers: list(text) })(value) ||
  members({ kind: among('none') })(value);

const isPrize = (value) =>
  members({ name: text, winners: whole(1) })(value) && (value.atPoints === undefined || whole(1)(value.atPoints));

const isInstantPrize = members({ name: text, oneIn: whole(1), stock: whole(1) });

export const isDocument = members({
  algorithm: among('vrs-w1'),
  contest: text,
  name: text,
  version: whole(1),
  kind: kinds,
  tiePolicy: policies,
  endsAt: instant,
  rulesVersion: whole(1),
  rulesHash: hash,
  prizes: list(isPrize),
  mostEntries: nullOr(whole(1)),
  substitutes: (value) => value === 'next in order',
  receiptKey: hash,
  instantWin: nullOr(members({ seedHash: hash, prizes: list(isInstantPrize) })),
  source: isSource,
  fallback: nullOr(members({ numbers: list(text), afterSeconds: whole(1) })),
});

export const isEvidence = members({
  format: among('laurel-evidence-1'),
  contest: members({ id: text, name: text, kind: kinds, tiePolicy: policies }),
  commitments: list(members({ version: whole(1), document: text, hash, committedAt: instant })),
  freeze: members({
    frozenAt: instant,
    seq: whole(0),
    root: members({ hash, sum: whole(0), count: whole(0) }),
    round: nullOr(whole(1)),
  }),
  entries: list(
    (row) => Array.isArray(row) && row.length === 3 && entryId(row[0]) && whole(1)(row[1]) && whole(0)(row[2]),
  ),
  randomness: nullOr(
    (value) =>
      members({ kind: among('drand'), round: whole(1), signature: digits, randomness: hash })(value) ||
      members({ kind: among('numbers'), numbers: list(list(like(/^[0-9]+$/))), randomness: digits })(value),
  ),
  order: list(entryId),
  disqualifications: list(members({ number: whole(1), entryId, reason: text, at: instant, previousHash: hash, hash })),
  winners: list(
    members({
      number: whole(1),
      place: whole(1),
      prize: text,
      entryId,
      state: among('selected claimed lapsed disqualified'),
    }),
  ),
  receiptKey: hash,
});
