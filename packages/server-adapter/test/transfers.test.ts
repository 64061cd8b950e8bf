import { createHash } from 'node:crypto';
import { exportTables } from '@laurelkit/sdk/contract';
import { describe, expect, it } from 'vitest';
import { enlist } from '../src/db/enlist.ts';
import type { TestLaurel } from '../src/testing.ts';
import {
  ask,
  databaseUrl,
  dump,
  eventually,
  inHostTransaction,
  isWaitedFor,
  refer,
  seed,
  sql,
  storageName,
  testLaurel,
} from './support.ts';

type Values = Record<string, string>;

/** Begins an import of rows as one file of its own, numbered from line 2. */
async function begin(laurel: TestLaurel, source: 'csv' | 'rewardful' | 'laurel', rows: Values[], more = {}) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const { id } = await laurel.api.transfers.createImport({
    ...{
      program: 'friends',
      source,
      columns,
      fingerprint: createHash('sha256')
        .update(JSON.stringify([rows, more]))
        .digest('hex'),
      ...more,
    },
  });
  const numbered = rows.map((values, index) => ({ line: index + 2, values }));
  for (let at = 0; at < numbered.length; at += 500) {
    await laurel.api.transfers.addRows({ import: id, rows: numbered.slice(at, at + 500) });
  }
  return id;
}

/** Applies an import to its end. */
async function finish(laurel: TestLaurel, id: string) {
  for (;;) {
    const answer = await laurel.api.transfers.applyImport({ import: id });
    if (answer.state === 'done') return answer;
  }
}

const problems = async (laurel: TestLaurel, id: string) =>
  (await laurel.api.transfers.importProblems({ import: id, limit: 100 })).items;

/** Everything that an import may change, without ids and times of now. */
const contents = async (laurel: TestLaurel) => ({
  participants: await sql(
    laurel,
    `select external_id, display_name, metadata, created_at, email from $schema.participant
     left join $schema.participant_contact on participant_id = id order by external_id`,
  ),
  codes: await sql(
    laurel,
    `select code, kind, is_primary, external_id from $schema.referral_code
     join $schema.participant on id = participant_id order by code`,
  ),
  referrals: await sql(
    laurel,
    `select a.external_id as referrer, b.external_id as referee, state, channel, referral.created_at
     from $schema.referral join $schema.participant a on a.id = referrer_id
     join $schema.participant b on b.id = referee_id order by b.external_id`,
  ),
  conversions: await sql(
    laurel,
    `select external_id, event, amount_minor::text, currency, idempotency_key, conversion.metadata, conversion.created_at,
       reversed_at, referral_id is not null as referred, referrer_id is not null as credited
     from $schema.conversion join $schema.participant on participant.id = participant_id order by idempotency_key`,
  ),
});

const rows: Values[] = [
  { externalId: 'cleo', email: 'cleo@example.com', referrerEmail: 'ann@example.com', state: 'approved' },
  { externalId: 'dan', email: 'dan@example.com', referrerCode: 'ANNSCODE', state: 'pending', referredAt: '2024-02-01' },
  { externalId: 'ann', email: 'ann@example.com', code: 'annscode, x', createdAt: '2023-05-01 10:00:00 UTC' },
  { externalId: 'eve', email: 'no address', state: 'pending' },
  { email: '', externalId: '' },
  { externalId: 'fay', state: 'golden', referrerEmail: 'ann@example.com' },
  { externalId: 'gus', createdAt: '2999-01-01' },
  { externalId: 'hal', referrerCode: 'nobodys' },
  { externalId: 'ann', referrerEmail: 'ann@example.com' },
  {
    ...{
      externalId: 'cleo',
      conversionId: 'o-1',
      amount: '12.30',
      currency: 'eur',
      convertedAt: '2024-03-01T12:00:00Z',
    },
    ...{ referrerEmail: 'ann@example.com', rewardId: 'r-1', rewardAmount: '1.23', rewardCurrency: 'EUR' },
  },
  { externalId: 'cleo', conversionId: 'o-2', amount: '12.345', currency: 'EUR', convertedAt: '2024-03-01' },
  { externalId: 'cleo', conversionId: 'o-3', amountMinor: '500', currency: 'JPY', convertedAt: '01/02/2024' },
];

describe(`imports (${storageName})`, () => {
  it('report first what they would do and change nothing, then do exactly that', async () => {
    const laurel = await testLaurel({ background: false });
    await seed(laurel.api, []);
    const id = await begin(laurel, 'csv', rows);
    const before = await dump(laurel);
    const trial = await laurel.api.transfers.checkImport({ import: id });
    expect(await dump(laurel)).toEqual(before);
    await inHostTransaction(async (transaction) => {
      await laurel.api.with(transaction).transfers.checkImport({ import: id });
    });
    expect(await dump(laurel)).toEqual(before);
    const { problems: told, ...report } = trial;
    const done = await finish(laurel, id);
    expect({ ...report, updatedAt: '', state: '' }).toEqual({ ...done, updatedAt: '', state: '' });
    expect(await problems(laurel, id)).toEqual(told);
    expect(report.rows).toEqual({ all: 12, waiting: 0, done: 6, refused: 6 });
    expect(report.made).toEqual({ participants: 4, codes: 1, referrals: 2, conversions: 1, pastRewards: 1 });
    expect(told.map(({ line, state }) => [line, state])).toEqual([
      [4, 'done'],
      [5, 'refused'],
      [6, 'refused'],
      [7, 'refused'],
      [8, 'refused'],
      [9, 'done'],
      [10, 'done'],
      [12, 'refused'],
      [13, 'refused'],
    ]);
    expect(told.map(({ reason }) => reason).join('\n')).toMatch(
      /code "x".*\n.*no e-mail.*\n.*names nobody.*\n.*state "golden".*\n.*still to come.*\n.*nobody has the code.*\n.*themself.*\n.*amount of EUR.*\n.*no instant/s,
    );
    const { referrals, codes } = await contents(laurel);
    expect(codes).toMatchObject([{ code: 'annscode', kind: 'imported', is_primary: true, external_id: 'ann' }]);
    expect(referrals).toMatchObject([
      { referrer: 'ann', referee: 'cleo', state: 'approved' },
      { referrer: 'ann', referee: 'dan', state: 'pending', created_at: new Date('2024-02-01T00:00:00Z') },
    ]);
    // Old links keep working.
    const followed = await ask(laurel, 'GET', '/r/AnnsCode');
    expect(followed.status).toBe(302);
    // What the rows said of people is kept no longer than it takes.
    const kept = await sql(laurel, 'select 1 from $schema.import_row where entry is not null');
    expect(kept).toEqual([]);
  });

  it('give no rewards, points, checks or events: what they bring was settled elsewhere', async () => {
    const laurel = await testLaurel({ background: false });
    await seed(laurel.api, [], { startsAt: '2020-01-01T00:00:00Z' });
    const before = await dump(laurel);
    await finish(laurel, await begin(laurel, 'csv', rows));
    const after = await dump(laurel);
    for (const table of [
      'referral_intake',
      'ledger',
      'ledger_intake',
      'standing',
      'reward',
      'reward_entry',
      'review',
    ]) {
      expect(after[table], table).toBe('');
    }
    expect(after.risk_assessment).toBe('');
    const { event_default, ...partitions } = Object.fromEntries(
      Object.entries(after).filter(([name]) => name.startsWith('event')),
    );
    for (const name of Object.keys(partitions)) expect(after[name]).toBe(before[name]);
    expect(event_default).toBe(before.event_default);
    expect(
      await sql(laurel, 'select attributed_by, state, settled_elsewhere from $schema.referral order by state'),
    ).toEqual([
      { attributed_by: 'import', state: 'approved', settled_elsewhere: true },
      { attributed_by: 'import', state: 'pending', settled_elsewhere: false },
    ]);
    expect(await sql(laurel, 'select settled_elsewhere from $schema.conversion')).toEqual([
      { settled_elsewhere: true },
    ]);
    expect(await sql(laurel, 'select key, minor::int, currency from $schema.past_reward')).toEqual([
      { key: 'import:csv:r-1', minor: 123, currency: 'EUR' },
    ]);
    // A referral that was still pending is Laurel's from now on.
    await laurel.api.conversions.create({
      ...{ program: 'friends', participant: 'dan', event: 'purchase', idempotencyKey: 'new' },
    });
    expect((await sql(laurel, 'select 1 from $schema.referral_intake')).length).toBe(1);
  });

  it('come to the same however they are cut, repeated or begun again', async () => {
    const whole = await testLaurel({ background: false });
    const again = await testLaurel({ background: false });
    const many: Values[] = Array.from({ length: 700 }, (_, index) => ({
      ...{ externalId: `p${index}`, email: `p${index}@example.com`, code: `code-${index}`, state: 'approved' },
      ...(index > 0 && { referrerExternalId: `p${699 - index}` }),
      ...{ createdAt: '2024-01-01', conversionId: `c${index}`, amountMinor: String(index), currency: 'EUR' },
    }));
    for (const laurel of [whole, again]) await seed(laurel.api, []);
    await finish(whole, await begin(whole, 'csv', many));

    const id = await begin(again, 'csv', many);
    await again.api.transfers.applyImport({ import: id });
    await Promise.all([
      again.api.transfers.applyImport({ import: id }),
      again.api.transfers.applyImport({ import: id }),
      again.api.transfers.checkImport({ import: id }),
    ]);
    // The same file again is the same import, and goes on.
    expect(await begin(again, 'csv', many)).toBe(id);
    const done = await finish(again, id);
    expect(done.made).toMatchObject({ participants: 700, codes: 700, conversions: 700 });
    expect(await contents(again)).toEqual(await contents(whole));
    // The same rows as another file find everything there.
    const other = await finish(again, await begin(again, 'csv', many, { fingerprint: 'another file' }));
    expect(other.made).toEqual({ participants: 0, codes: 0, referrals: 0, conversions: 0, pastRewards: 0 });
    expect(other.rows).toMatchObject({ done: 700, refused: 0 });
    await expect(
      again.api.transfers.addRows({ import: id, rows: [{ line: 9999, values: { externalId: 'late' } }] }),
    ).rejects.toMatchObject({ code: 'import_state_conflict' });
  });

  it('know people by the host’s own id, by their id elsewhere, or by their address', async () => {
    const laurel = await testLaurel({ background: false });
    await seed(laurel.api, []);
    await laurel.api.participants.upsert({ externalId: 'user-1', email: 'Ann.Lee+shop@gmail.com' });
    await laurel.api.programs.me({ program: 'friends', participant: 'user-1' });
    const affiliates = [
      {
        id: 'a1',
        email: 'annlee@gmail.com',
        first_name: 'Ann',
        'links.0.token': 'ann',
        created_at: '2020-01-01T00:00:00Z',
      },
      { id: 'a2', email: 'bo@example.com', first_name: 'Bo', 'links.0.token': 'bo1', 'links.1.token': 'bo2' },
    ];
    await finish(laurel, await begin(laurel, 'rewardful', affiliates));
    const referrals = [
      { ...customer('cus_1', 'c1@example.com'), 'affiliate.id': 'a1', conversion_state: 'conversion' },
      { ...customer('cus_2', 'c2@example.com'), 'affiliate.id': 'a2', conversion_state: 'lead' },
      { ...customer('', ''), 'affiliate.id': 'a2', conversion_state: 'visitor' },
    ];
    await finish(laurel, await begin(laurel, 'rewardful', referrals));
    const sale = (id: string, who: string, cents: string, more: Values): Values => ({
      ...{ id: `k${id}`, amount: '300', currency: 'USD', state: 'paid', paid_at: '2020-10-01T00:00:00.000Z' },
      ...{ 'sale.id': id, 'sale.currency': 'USD', 'sale.charged_at': '2020-08-19T16:28:25.000Z' },
      ...{ 'sale.sale_amount_cents': cents, 'sale.refund_amount_cents': '0', 'sale.affiliate.id': 'a2' },
      ...{ 'sale.referral.customer.id': who, ...more },
    });
    const commissions = [
      sale('s1', 'cus_2', '3000', {}),
      sale('s2', 'cus_2', '3000', { state: 'due', paid_at: '' }),
      sale('s3', 'cus_2', '0', { state: 'voided', 'sale.refund_amount_cents': '3000' }),
    ];
    const report = await finish(laurel, await begin(laurel, 'rewardful', commissions));
    expect(report).toMatchObject({
      shape: 'commissions',
      made: { participants: 0, referrals: 0, conversions: 3, pastRewards: 1 },
      unpaid: [{ currency: 'USD', minor: 300 }],
    });
    const { participants, codes, referrals: edges, conversions } = await contents(laurel);
    expect(participants.map(({ external_id }) => external_id)).toEqual([
      'rewardful:affiliate:a2',
      'rewardful:customer:cus_1',
      'rewardful:customer:cus_2',
      'user-1',
    ]);
    // Names of another product's are kept as facts: nobody chose to be shown by them.
    expect(participants[0]).toMatchObject({ display_name: null, metadata: { name: 'Bo' }, email: 'bo@example.com' });
    expect(codes.filter(({ kind }) => kind === 'imported')).toMatchObject([
      { code: 'ann', is_primary: false, external_id: 'user-1' },
      { code: 'bo1', is_primary: true },
      { code: 'bo2', is_primary: false },
    ]);
    expect(edges).toMatchObject([
      { referrer: 'user-1', state: 'approved' },
      { referrer: 'rewardful:affiliate:a2', state: 'approved' },
    ]);
    expect(conversions.map(({ idempotency_key, reversed_at }) => [idempotency_key, reversed_at === null])).toEqual([
      ['import:rewardful:s1', true],
      ['import:rewardful:s2', true],
      ['import:rewardful:s3', false],
    ]);
  });

  it('go on when the database ends a step for waiting in a circle', async () => {
    const laurel = await testLaurel({ background: false });
    await seed(laurel.api, []);
    // What it counts is not undone with the step.
    await sql(laurel, 'create sequence $schema.circles');
    await sql(
      laurel,
      `create function $schema.circle() returns trigger language plpgsql as $$ begin
         if nextval('$schema.circles') = 1 then raise exception 'deadlock detected' using errcode = '40P01'; end if;
         return new;
       end $$`,
    );
    await sql(
      laurel,
      'create trigger circle before insert on $schema.participant for each row execute function $schema.circle()',
    );
    const report = await finish(laurel, await begin(laurel, 'csv', [{ externalId: 'cleo' }, { externalId: 'dan' }]));
    expect(report).toMatchObject({ state: 'done', rows: { done: 2, refused: 0 }, made: { participants: 2 } });
  });

  // One process has embedded storage to itself, and one transaction at a time.
  it.runIf(databaseUrl)('take people in one order, so that who waits for some holds none before them', async () => {
    const laurel = await testLaurel({ background: false });
    await seed(laurel.api, []);
    const id = await begin(laurel, 'csv', [{ externalId: 'zoe' }, { externalId: 'abe' }]);
    let finished: Promise<unknown> = Promise.resolve();
    await inHostTransaction(async (transaction) => {
      const { participants } = laurel.api.with(transaction);
      await participants.upsert({ externalId: 'abe' });
      finished = finish(laurel, id);
      await isWaitedFor(transaction);
      await enlist(transaction).query(`set local lock_timeout = '200ms'`);
      await participants.upsert({ externalId: 'zoe' });
    });
    expect(await finished).toMatchObject({ state: 'done', made: { participants: 0 } });
  });

  it('refuse columns they cannot make sense of, and take others by map', async () => {
    const laurel = await testLaurel({ background: false });
    await seed(laurel.api, []);
    const named = [{ Mail: 'a@example.com', Code: 'abc' }];
    await expect(begin(laurel, 'csv', named)).rejects.toMatchObject({ code: 'import_columns_unknown' });
    await expect(begin(laurel, 'csv', named, { map: { email: 'Post' } })).rejects.toMatchObject({
      code: 'import_columns_unknown',
    });
    await expect(begin(laurel, 'rewardful', named, { shape: 'nonsense' })).rejects.toMatchObject({
      code: 'import_columns_unknown',
    });
    const map = { email: 'Mail', code: 'Code', codeKind: '=coupon' };
    const { made } = await finish(laurel, await begin(laurel, 'csv', named, { map }));
    expect(made).toMatchObject({ participants: 1, codes: 1 });
    expect((await contents(laurel)).codes).toMatchObject([{ code: 'abc', kind: 'coupon' }]);
  });
});

const customer = (id: string, email: string) => ({ 'customer.id': id, 'customer.email': email });

describe(`exports (${storageName})`, () => {
  const tables = ['participants', 'codes', 'referrals', 'conversions'] as const;
  const read = (laurel: TestLaurel, table: string, format = 'ndjson') =>
    ask(laurel, 'GET', `/programs/friends/export/${table}?format=${format}`, { credential: laurel.secretKey });
  const objects = (text: string) =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));

  async function story() {
    const laurel = await testLaurel({ background: false });
    await seed(laurel.api, ['ada', 'bob', 'cleo', '=SUM(A1)']);
    await laurel.api.participants.upsert({
      externalId: 'bob',
      email: 'bob@example.com',
      metadata: { plan: 'pro', n: 1 },
    });
    await refer(laurel.api, 'ada', 'bob');
    await refer(laurel.api, 'ada', '=SUM(A1)');
    const sale = {
      program: 'friends',
      participant: 'bob',
      event: 'purchase',
      amount: { minor: 1999, currency: 'EUR' },
    };
    await laurel.api.conversions.create({ ...sale, idempotencyKey: '-1', metadata: { note: 'a,"b"\nc' } });
    const { id } = await laurel.api.conversions.create({ ...sale, idempotencyKey: 'two' });
    await laurel.api.conversions.reverse({ conversion: id });
    await laurel.api.conversions.create({
      program: 'friends',
      participant: 'cleo',
      event: 'x',
      idempotencyKey: 'alone',
    });
    return laurel;
  }

  it('tell what was set and what happened: settings, rules, ledgers, decisions, consents', async () => {
    const laurel = await testLaurel();
    const { api } = laurel;
    await seed(api, ['ada', 'bob'], { scoring: [{ event: 'purchase', points: 7 }] });
    await api.programs.update({ program: 'friends', consentText: 'I take part.', holdDays: 3 });
    await api.participants.upsert({ externalId: 'ada', name: 'Ada of the host', email: 'ada.lovelace@gmail.com' });
    await api.participants.upsert({ externalId: 'bob', email: 'adalovelace@googlemail.com' });
    const value = { kind: 'money', minor: 500, currency: 'EUR' } as const;
    const definition = { to: 'referrer', on: 'qualified', value } as const;
    const rule = await api.rewardRules.create({ program: 'friends', slug: 'five', name: 'Five', definition });
    await api.rewardRules.update({ rule: rule.id, definition: { ...definition, value: { ...value, minor: 600 } } });
    await api.risk.addListing({ program: 'friends', kind: 'email', value: 'eve@own.example', reason: 'Chargebacks' });
    await api.programs.update({ program: 'friends', holdDays: 0 });
    await refer(api, 'ada', 'bob');
    const { items: reviews } = await eventually(
      () => api.reviews.list({ program: 'friends' }),
      ({ items }) => items.length === 1,
    );
    await api.reviews.decide({ reviews: [reviews[0]?.id ?? ''], decision: 'approved', reason: 'Two people.' });
    const sale = { program: 'friends', participant: 'bob', event: 'purchase', idempotencyKey: 'one' };
    await api.conversions.create({ ...sale, amount: { minor: 1_999, currency: 'EUR' } });
    await eventually(
      () => sql(laurel, 'select from $schema.reward_entry'),
      (rows) => rows.length === 1,
    );
    await api.payouts.createBatch({ program: 'friends', currency: 'EUR' });
    await api.joining.leave({ program: 'friends', participant: 'ada' });
    const rows = async (table: string) => objects((await read(laurel, table)).text);

    expect(await rows('program')).toMatchObject([{ slug: 'friends', settings: { consent_text: 'I take part.' } }]);
    expect(await rows('participants')).toMatchObject([{ externalId: 'ada', name: 'Ada of the host' }, { name: null }]);
    expect(await rows('participations')).toMatchObject([{ participant: 'ada', leftAt: expect.any(String) }]);
    expect(await rows('consents')).toMatchObject([{ participant: 'ada', kind: 'withdrawn' }]);
    expect(await rows('reward-rules')).toMatchObject([
      { slug: 'five', version: 1, current: false, definition: { value: { minor: 500 } } },
      { slug: 'five', version: 2, current: true, definition: { value: { minor: 600 } } },
    ]);
    const [reward] = await rows('rewards');
    expect((await rows('reward-history'))[0]).toMatchObject({ reward: reward?.id, from: null });
    const [payout] = await rows('payouts');
    expect(await rows('reward-entries')).toMatchObject([{ participant: 'ada', minor: 600, payout: payout?.id }]);
    expect(await rows('payout-history')).toMatchObject([{ payout: payout?.id, to: 'pending' }]);
    expect(await rows('points')).toMatchObject([{ contest: 'spring', participant: 'ada', points: 7 }]);
    expect(await rows('review-history')).toMatchObject([
      { state: 'open' },
      { state: 'approved', reason: 'Two people.' },
    ]);
    expect(await rows('risk-listings')).toMatchObject([{ kind: 'email', hint: 'e…@own.example', everyProgram: false }]);
    expect((await read(laurel, 'points', 'csv')).text.split('\r\n')[1]).toMatch(/^spring,1,ada,7,/);
  });

  it('have every table as NDJSON and CSV, for the host alone', async () => {
    const laurel = await story();
    for (const table of exportTables) {
      const lines = await read(laurel, table);
      const csv = await read(laurel, table, 'csv');
      expect([lines.status, csv.status], table).toEqual([200, 200]);
      expect(lines.headers.get('content-type')).toBe('application/x-ndjson');
      expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
      expect(csv.headers.get('content-disposition')).toBe(`attachment; filename="friends-${table}.csv"`);
      const [first] = objects(lines.text);
      if (first) expect(csv.text.split('\r\n')[0]).toBe(Object.keys(first).join(','));
      expect((await ask(laurel, 'GET', `/programs/friends/export/${table}`)).status).toBe(401);
    }
    expect((await read(laurel, 'nothing')).status).toBe(422);
  });

  it('hold no cell that a spreadsheet would run (T20)', async () => {
    const laurel = await story();
    const names = ['=1+1', '+1', '-1+1', '@SUM(1)', '\tx', '\rx', '=cmd|"/C calc"!A0', '＝1'];
    for (const [index, name] of names.entries()) {
      await laurel.api.participants.upsert({ externalId: `${name}-${index}`, metadata: { note: name } });
    }
    const { text } = await read(laurel, 'participants', 'csv');
    const { parse } = await import('csv-parse/sync');
    const cells = (parse(text) as string[][]).flat();
    expect(cells.length).toBeGreaterThan(names.length * 9);
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(cells.filter((cell) => cell.startsWith("'="))).toHaveLength(4);
  });

  it('imported into a fresh Laurel give the same participants, codes, referrals and conversions', async () => {
    const laurel = await story();
    const fresh = await testLaurel({ background: false });
    await seed(fresh.api, []);
    for (const table of tables) {
      const rows = objects((await read(laurel, table)).text).map((row) =>
        Object.fromEntries(
          Object.entries(row)
            .filter(([, value]) => value !== null)
            .map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
        ),
      );
      const report = await finish(fresh, await begin(fresh, 'laurel', rows as Values[]));
      expect(report).toMatchObject({ shape: table, rows: { refused: 0 } });
      expect(await problems(fresh, report.id)).toEqual([]);
    }
    expect(await contents(fresh)).toEqual(await contents(laurel));
  });
});
