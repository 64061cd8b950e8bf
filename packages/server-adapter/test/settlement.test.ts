import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { readFailing, setAside } from '../src/settlement/set-aside.ts';
import type { TestLaurel } from '../src/testing.ts';
import {
  ask,
  databaseUrl,
  eventually,
  inHostTransaction,
  refer,
  seed,
  settled,
  sql,
  storageName,
  testLaurel,
} from './support.ts';

describe(`a referral that cannot be settled (${storageName})`, () => {
  let laurel: TestLaurel;
  let broken: string;
  const program = 'friends';
  const friends = Array.from({ length: 8 }, (_, n) => `friend-${n}`);

  const rewards = async () => (await laurel.api.rewards.list({ program, limit: 100 })).items.length;
  const failures = () =>
    sql<{ id: string; attempts: number; error: string; at: Date }>(
      laurel,
      'select referral_id as id, attempts, error, next_try_at as at from $schema.settlement_failure',
    );
  const buy = (participant: string) =>
    laurel.api.conversions.create({ program, participant, event: 'purchase', idempotencyKey: `sale-${participant}` });
  const metric = async () => {
    const { text } = await ask(laurel, 'GET', '/metrics', { credential: laurel.secretKey });
    return /^laurel_settlement_failures (\d+)$/m.exec(text)?.[1];
  };

  beforeAll(async () => {
    laurel = await testLaurel();
    const { api } = laurel;
    await seed(api, ['ada', ...friends], {}, { riskMode: 'off' });
    const value = { kind: 'money', minor: 100, currency: 'EUR' } as const;
    await api.rewardRules.create({
      ...{ program, slug: 'each', name: 'Each', definition: { to: 'referrer', on: 'qualified', value } },
    });
    const referrals = [];
    for (const friend of friends) referrals.push(await refer(api, 'ada', friend));
    broken = referrals[0]?.id ?? '';
    await settled(laurel);
    await sql(
      laurel,
      `create function $schema.refuse() returns trigger language plpgsql as $$ begin
         if new.referral_id = '${broken}' then raise exception 'this row is broken'; end if;
         return new;
       end $$`,
    );
    await sql(
      laurel,
      `create trigger refuse before insert on $schema.reward for each row execute function $schema.refuse()`,
    );
  });

  it('keeps nobody else waiting, is tried again later, and settles when it is healed', async () => {
    for (const friend of friends) await buy(friend);
    expect(await eventually(rewards, (count) => count >= 7)).toBe(7);
    const [first, ...others] = await eventually(failures, (rows) => rows.length > 0);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ id: broken, attempts: 1, error: 'this row is broken' });
    expect(await metric()).toBe('1');
    expect(await readFailing({ query: (text) => sql(laurel, text) }, laurel.schema)).toMatchObject({ referrals: 1 });

    laurel.travelTo(new Date((first?.at.getTime() ?? 0) + 1));
    const [second] = await eventually(failures, ([row]) => row?.attempts === 2);
    expect(second).toMatchObject({ id: broken, attempts: 2 });
    expect((second?.at.getTime() ?? 0) - (first?.at.getTime() ?? 0)).toBeGreaterThan(15_000);

    await sql(laurel, 'drop trigger refuse on $schema.reward');
    expect(await rewards()).toBe(7);
    laurel.travelTo(second?.at ?? null);
    expect(await eventually(rewards, (count) => count === 8)).toBe(8);
    expect(await eventually(failures, (rows) => rows.length === 0)).toEqual([]);
    expect(await metric()).toBe('0');
  });

  /** What a node does when the settlement of the referral failed. */
  const fail = () =>
    setAside(
      { storage: { query: (text, values = []) => sql(laurel, text, [...values]) }, schema: laurel.schema, now: null },
      broken,
      new Error('too slow'),
    );
  const waits = async () => (await sql(laurel, 'select from $schema.referral_intake')).length;

  it('waits once, however often it fails, and is no failure any more once it is settled', async () => {
    laurel.travelTo(null);
    await settled(laurel);
    // Another node has settled it meanwhile: nothing else is left of it to settle.
    await fail();
    expect(await waits()).toBe(1);
    await fail();
    expect(await waits()).toBe(1);
    const [failure] = await failures();
    expect(failure).toMatchObject({ attempts: 2 });
    laurel.travelTo(new Date((failure?.at.getTime() ?? 0) + 1));
    expect(await eventually(failures, (rows) => rows.length === 0)).toEqual([]);
    expect(await waits()).toBe(0);
  });

  // One process has embedded storage to itself, and one transaction at a time.
  it.runIf(databaseUrl)('waits also when another node is about to have settled it', async () => {
    laurel.travelTo(null);
    await fail();
    await inHostTransaction(async (transaction) => {
      await (transaction as pg.PoolClient).query(`delete from "${laurel.schema}".referral_intake`);
      await fail();
    });
    expect(await waits()).toBe(1);
  });
});
