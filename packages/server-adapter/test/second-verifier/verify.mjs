// A second verifier of draws, after docs/draws.md. It shares no code with Laurel and needs nothing but Node:
//
//   node verify.mjs evidence.json [receipt.json]
//
// Node has no BLS12-381, so the signature of a beacon's round is taken as given: only that the randomness is its SHA-256 is
// checked here. Compare the signature with https://api.drand.sh/<chain hash>/public/<round>.

import { createHash, createHmac, createPublicKey, verify as verifySignature } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isDocument, isEvidence } from './form.mjs';

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const hmac = (key, ...parts) => parts.reduce((mac, part) => mac.update(part), createHmac('sha256', key)).digest();
const bytes = (digits) => Buffer.from(digits, 'hex');

function be64(number) {
  const eight = Buffer.alloc(8);
  eight.writeBigUInt64BE(BigInt(number));
  return eight;
}

function jcs(value) {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`;
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${jcs(value[name])}`).join(',')}}`;
}

class Wrong extends Error {}

function demand(truth, otherwise) {
  if (!truth) throw new Wrong(otherwise);
}

// ---- 1 and 2: the commitment, and the round it leads to ---------------------------------------------------------------

function roundAt({ genesis, period }, milliseconds) {
  const since = BigInt(milliseconds) - BigInt(genesis) * 1000n;
  const length = BigInt(period) * 1000n;
  if (since <= 0n) return 1;
  return Number((since + length - 1n) / length) + 1;
}

function promises(document) {
  const kept = structuredClone(document);
  for (const name of ['version', 'name', 'endsAt', 'rulesVersion', 'rulesHash']) delete kept[name];
  delete kept.source.round;
  return jcs(kept);
}

function commitmentThatCounts({ commitments, contest, receiptKey }) {
  let counts = null;
  commitments.forEach((commitment, position) => {
    demand(commitment.version === position + 1, 'a version of the commitment is missing');
    demand(sha256(commitment.document).toString('hex') === commitment.hash, 'a commitment has another hash');
    let document;
    try {
      document = JSON.parse(commitment.document);
    } catch {
      throw new Wrong('a commitment is no JSON');
    }
    demand(isDocument(document) && jcs(document) === commitment.document, 'a commitment is not canonical');
    demand(
      document.version === commitment.version && document.contest === contest.id,
      'a commitment is of something else',
    );
    demand(document.receiptKey === receiptKey, 'a commitment has another receipt key');
    const { source } = document;
    if (source.kind === 'drand') {
      const due = Date.parse(document.endsAt) + source.delaySeconds * 1000;
      demand(source.round === roundAt(source.chain, due), 'a commitment names a wrong round');
    }
    if (counts !== null) {
      demand(promises(document) === promises(counts.document), 'a commitment breaks the one before');
      demand(document.endsAt >= counts.document.endsAt, 'a commitment shortens the contest');
    }
    const deadline = (counts ?? { document }).document.endsAt;
    if (commitment.committedAt < deadline) counts = { document, salt: bytes(commitment.hash) };
  });
  demand(counts !== null, 'nothing was committed in time');
  demand(counts.document.kind === contest.kind, 'the contest is of another kind');
  demand(counts.document.tiePolicy === contest.tiePolicy, 'the contest has another tie policy');
  return counts;
}

function chanceDecides({ kind, tiePolicy }, entries) {
  if (kind === 'raffle') return entries.length > 0;
  if (kind === 'milestone' || tiePolicy !== 'draw') return false;
  return entries.some(([, weight], at) => entries.findIndex((other) => other[1] === weight) !== at);
}

function checkFreeze({ freeze, entries }, document) {
  demand(freeze.frozenAt >= document.endsAt, 'frozen before the end');
  const { source } = document;
  if (freeze.round === null) {
    demand(source.kind !== 'drand' || !chanceDecides(document, entries), 'no round decides');
    return;
  }
  demand(source.kind === 'drand', 'a round without a beacon');
  const frozen = Date.parse(freeze.frozenAt);
  const decides = Math.max(source.round, roundAt(source.chain, frozen + source.delaySeconds * 1000));
  demand(freeze.round === decides, 'another round decides');
  demand((source.chain.genesis + (decides - 1) * source.chain.period) * 1000 > frozen, 'the round was there already');
}

// ---- 3 and 4: entries and their root ------------------------------------------------------------------------------------

function checkEntries({ entries, freeze }, { kind, mostEntries }) {
  const numbers = new Set();
  let tickets = 0;
  let last = null;
  for (const [id, weight, seq] of entries) {
    demand(last === null || Buffer.compare(Buffer.from(last), Buffer.from(id)) < 0, 'entries are not sorted');
    demand(!numbers.has(seq) && seq <= freeze.seq, 'a sequence number is wrong');
    if (kind === 'raffle') demand(weight <= Math.min(1_000_000, mostEntries ?? 1_000_000), 'too many tickets for one');
    numbers.add(seq);
    tickets += weight;
    last = id;
  }
  demand(kind !== 'raffle' || tickets <= 10_000_000, 'too many tickets');
}

function joined(left, right) {
  const digest = sha256(Buffer.of(1), be64(left.sum), left.hash, be64(right.sum), right.hash);
  return { hash: digest, sum: left.sum + right.sum };
}

const leafOf = (id, weight) => ({ hash: sha256(Buffer.of(0), be64(weight), id), sum: weight });

const rootOf = (top, count) => sha256(Buffer.of(2), be64(count), be64(top.sum), top.hash).toString('hex');

function checkRoot({ entries, freeze: { root } }) {
  // Complete subtrees from left to right, each at least twice as large as the next: joined from the right at the end.
  const peaks = [];
  for (const [id, weight] of entries) {
    let peak = { size: 1, ...leafOf(id, weight) };
    while (peaks.length > 0 && peaks.at(-1).size === peak.size) {
      const left = peaks.pop();
      peak = { size: left.size * 2, ...joined(left, peak) };
    }
    peaks.push(peak);
  }
  let top = peaks.pop() ?? { hash: sha256(), sum: 0 };
  while (peaks.length > 0) top = joined(peaks.pop(), top);
  demand(root.sum === top.sum && root.count === entries.length, 'the root counts something else');
  demand(root.hash === rootOf(top, entries.length), 'the root is of other entries');
}

// ---- 5 to 7: randomness, positions, order -------------------------------------------------------------------------------

function randomBytes({ randomness, freeze }, { source, fallback }) {
  if (randomness === null) return null;
  if (randomness.kind === 'drand') {
    demand(source.kind === 'drand' && randomness.round === freeze.round, 'the wrong round decided');
    demand(sha256(bytes(randomness.signature)).toString('hex') === randomness.randomness, 'the randomness is another');
    return bytes(randomness.randomness);
  }
  const names =
    source.kind === 'numbers' ? source.numbers : source.kind === 'drand' && fallback ? fallback.numbers : null;
  demand(names !== null && names.length === randomness.numbers.length, 'numbers were not committed');
  let canonical = '';
  for (const source of randomness.numbers) {
    demand(source.length > 0, 'a source has no numbers');
    const sorted = source.map(BigInt).sort((one, other) => (one > other) - (one < other));
    for (const number of sorted) canonical += `${number}.`;
    canonical += '/';
  }
  demand(Buffer.from(canonical).toString('hex') === randomness.randomness, 'the randomness is another');
  return bytes(randomness.randomness);
}

function positions(labels, key) {
  const found = labels.map((label) => hmac(key, label, Buffer.of(1)).toString('hex'));
  return found.sort()[0];
}

function labelsOf(id, weight) {
  if (weight === 1) return [id];
  const labels = [];
  for (let ticket = 1; ticket <= weight; ticket += 1) labels.push(`${id}#${ticket}`);
  return labels;
}

/** Rows `{ id, weight, seq, rank }`, the best first. */
function orderOf({ entries }, { kind, tiePolicy, prizes }, salt, random) {
  const rows = entries.map(([id, weight, seq]) => ({ id, weight, seq }));
  const key = random === null ? null : hmac(salt, random);
  demand(key !== null || !chanceDecides({ kind, tiePolicy }, entries), 'chance decides, but there is no randomness');
  const sortBy = (...values) =>
    rows.sort((one, other) => {
      for (const value of values) {
        const [a, b] = [value(one), value(other)];
        if (a !== b) return a < b ? -1 : 1;
      }
      return 0;
    });

  if (kind === 'raffle') {
    for (const row of rows) row.position = positions(labelsOf(row.id, row.weight), key);
    sortBy(
      (row) => row.position,
      (row) => row.id,
    );
  } else if (kind === 'milestone') {
    const goals = prizes.map(({ atPoints }) => atPoints).filter((points) => points !== undefined);
    for (const row of rows) row.goal = Math.max(0, ...goals.filter((points) => points <= row.weight));
    sortBy(
      (row) => -row.goal,
      (row) => row.seq,
    );
    while (rows.length > 0 && rows.at(-1).goal === 0) rows.pop();
  } else if (tiePolicy === 'draw' && key !== null) {
    for (const row of rows) row.position = positions([row.id], key);
    sortBy(
      (row) => -row.weight,
      (row) => row.position,
      (row) => row.id,
    );
  } else {
    sortBy(
      (row) => -row.weight,
      (row) => row.seq,
    );
  }
  rows.forEach((row, at) => {
    const before = rows[at - 1];
    const shares = kind !== 'raffle' && kind !== 'milestone' && tiePolicy === 'shared' && before?.weight === row.weight;
    row.rank = shares ? before.rank : at + 1;
  });
  return rows;
}

// ---- 8 and 9: disqualifications and winners -----------------------------------------------------------------------------

function checkDisqualifications({ contest, disqualifications }) {
  let previous = '0'.repeat(64);
  const out = new Set();
  disqualifications.forEach((each, at) => {
    const { number, entryId, reason, at: instant, previousHash } = each;
    demand(
      number === at + 1 && previousHash === previous && !out.has(entryId),
      'the chain of disqualifications is broken',
    );
    const link = jcs({ contest: contest.id, number, entryId, reason, at: instant, previousHash });
    demand(sha256(link).toString('hex') === each.hash, 'a disqualification was changed');
    previous = each.hash;
    out.add(entryId);
  });
  return out;
}

function checkWinners({ winners }, { kind, prizes }, rows, out) {
  const places = [];
  for (const prize of prizes) {
    for (let each = 0; each < prize.winners; each += 1) places.push({ number: places.length + 1, ...prize });
  }
  const given =
    kind === 'milestone' ? [...places].sort((one, other) => (other.atPoints ?? 0) - (one.atPoints ?? 0)) : places;
  const everTaken = new Set();
  const stillHeld = new Set();
  const sharers = new Map();
  let line = 0;
  let before = null;

  winners.forEach((winner, at) => {
    demand(winner.number === at + 1, 'a winner is missing');
    while (line < rows.length && rows[line].id !== winner.entryId && out.has(rows[line].id)) line += 1;
    demand(line < rows.length && rows[line].id === winner.entryId, `${winner.entryId} was not next in order`);
    const row = rows[line];
    line += 1;
    const holds = winner.state === 'selected' || winner.state === 'claimed';
    if (out.has(row.id)) demand(!holds, `${row.id} was taken out`);
    else demand(winner.state !== 'disqualified', `${row.id} was not taken out`);

    const place = places[winner.place - 1];
    const mayHave = (one) => kind !== 'milestone' || (one.atPoints ?? 0) <= row.weight;
    demand(place !== undefined && place.name === winner.prize && mayHave(place), 'a winner has a wrong prize');
    if (before !== null && before.rank === row.rank) {
      demand(before.place === winner.place, 'those of one rank do not share');
    } else {
      const next = given.find((one) => !everTaken.has(one.number) && mayHave(one));
      demand(!stillHeld.has(winner.place), 'a place was given twice');
      demand(everTaken.has(winner.place) || next?.number === winner.place, 'a place was passed over');
    }
    const count = sharers.get(`${winner.place} ${row.rank}`) ?? { all: 0, held: 0 };
    everTaken.add(winner.place + count.all);
    if (holds) stillHeld.add(winner.place + count.held);
    sharers.set(`${winner.place} ${row.rank}`, { all: count.all + 1, held: count.held + Number(holds) });
    before = { rank: row.rank, place: winner.place };
  });
}

// ---- 10: receipts -------------------------------------------------------------------------------------------------------

function checkReceipt(receipt, evidence) {
  const { contest, entryId, weight, root, proof, signature } = receipt;
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: bytes(evidence.receiptKey).toString('base64url') },
    format: 'jwk',
  });
  const signed = Buffer.from(jcs({ contest, entryId, weight, root, proof }));
  demand(verifySignature(null, signed, key, bytes(signature)), 'the receipt is not signed by the host');
  let node = leafOf(entryId, weight);
  for (const { side, hash: digest, sum } of proof) {
    const neighbour = { hash: bytes(digest), sum };
    node = side === 'left' ? joined(neighbour, node) : joined(node, neighbour);
  }
  demand(node.sum === root.sum && rootOf(node, root.count) === root.hash, 'the receipt does not lead to its root');
  demand(contest === evidence.contest.id && jcs(root) === jcs(evidence.freeze.root), 'the receipt is of another root');
  const listed = evidence.entries.find(([id]) => id === entryId);
  demand(listed !== undefined && listed[1] === weight, 'the entry was left out or changed');
}

/** Why evidence (and a receipt, if there is one) does not hold; `null` when it does. */
export function whyNot(evidence, receipt) {
  try {
    demand(isEvidence(evidence), 'it is not of the form of evidence');
    const { document, salt } = commitmentThatCounts(evidence);
    checkFreeze(evidence, document);
    checkEntries(evidence, document);
    checkRoot(evidence);
    const random = randomBytes(evidence, document);
    const rows = orderOf(evidence, document, salt, random);
    demand(rows.map(({ id }) => id).join() === evidence.order.join(), 'the order is another');
    checkWinners(evidence, document, rows, checkDisqualifications(evidence));
    if (receipt !== undefined) checkReceipt(receipt, evidence);
    return null;
  } catch (error) {
    return error.message;
  }
}

if (process.argv[1] === import.meta.filename) {
  const [evidence, receipt] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')));
  const reason = whyNot(evidence, receipt);
  console.log(
    reason === null ? 'It holds. The signature of the beacon was not checked here.' : `It does not hold: ${reason}.`,
  );
  process.exitCode = reason === null ? 0 : 1;
}
