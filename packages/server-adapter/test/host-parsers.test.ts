import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pgQueryable } from '../src/db/postgres.ts';
import type { DeliveredEvent } from '../src/index.ts';
import { databaseUrl, eventually, inHostTransaction, refer, seed, testLaurel } from './support.ts';

// bool, bytea, int8, int2, int4, text, json, floats, dates and times, numeric, uuid, jsonb, and arrays of them.
const changed = [16, 17, 20, 21, 23, 25, 114, 700, 701, 1082, 1114, 1184, 1700, 2950, 3802];
const changedArrays = [1000, 1005, 1007, 1009, 1016, 1185, 2951];

// PGlite has parsers of its own, one set for each instance.
describe.skipIf(!databaseUrl)('a host that reads PostgreSQL’s types in its own way', () => {
  const before = [...changed, ...changedArrays].map((oid) => [oid, pg.types.getTypeParser(oid)] as const);
  beforeAll(() => {
    for (const [oid] of before) pg.types.setTypeParser(oid, (text) => ({ changed: text }));
  });
  afterAll(() => {
    for (const [oid, parse] of before) pg.types.setTypeParser(oid, parse);
  });

  it('changes nothing for Laurel, whose answers, events and jobs are the same', async () => {
    const laurel = await testLaurel({ jobs: true });
    const heard: DeliveredEvent[] = [];
    const ran: DeliveredEvent[] = [];
    laurel.on('conversion.recorded', (event) => void heard.push(event));
    laurel.job('conversion.recorded', 'count', (event) => void ran.push(event));
    await seed(laurel.api);
    await refer(laurel.api, 'ada', 'bob');
    const purchase = {
      program: 'friends',
      participant: 'bob',
      event: 'purchase',
      amount: { currency: 'EUR', minor: 700 },
    };
    const { id } = await laurel.api.conversions.create({ ...purchase, idempotencyKey: 'one' });
    await inHostTransaction(async (transaction) => {
      await laurel.api.with(transaction).conversions.create({ ...purchase, idempotencyKey: 'two' });
    });
    const standing = async () =>
      (await laurel.api.leaderboards.standing({ contest: 'spring', participant: 'ada' })).standing?.score;
    expect(await eventually(standing, (score) => score === 2)).toBe(2);
    expect(
      await eventually(
        () => heard,
        () => heard.length === 2,
      ),
    ).toHaveLength(2);
    expect(
      await eventually(
        () => ran,
        () => ran.length === 2,
      ),
    ).toHaveLength(2);
    const event = heard.find(({ payload }) => JSON.stringify(payload).includes(id));
    expect(Math.abs(Date.now() - Date.parse(event?.createdAt ?? ''))).toBeLessThan(60_000);
    expect(await laurel.recount()).toEqual([]);
    const { startsAt } = await laurel.api.contests.get({ contest: 'spring' });
    expect(startsAt).toBe(new Date(startsAt).toISOString());
  });
});

describe.skipIf(!databaseUrl)('what Laurel reads', () => {
  it.each([
    "timestamptz '2026-11-22 12:30:56.123456+00'",
    "timestamptz '1999-01-01 00:00:00+05:30'",
    "timestamptz '-infinity'",
    "timestamptz 'infinity'",
    "timestamp '2026-11-22 12:30:56.1'",
    "date '2026-11-22'",
    "array[timestamptz '2026-11-22 12:30:56Z', null]",
    'true',
    'array[true, false, null]',
    "'\\xdeadbeef'::bytea",
    '9007199254740993::int8',
    'array[1, 2, null]::int8[]',
    'array[1, -2, null]',
    '1.50::numeric',
    '1.5::float8',
    `'{"a": [1, null]}'::jsonb`,
    `array['a "b", c', null, '{}']`,
    "array['018f0000-0000-7000-8000-000000000000']::uuid[]",
  ])('is as node-postgres reads it: %s', async (value) => {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query("set time zone 'Asia/Kolkata'");
    const { rows } = await client.query(`select ${value} as value`);
    expect(await pgQueryable(client).query(`select ${value} as value`)).toEqual(rows);
    await client.end();
  });
});
