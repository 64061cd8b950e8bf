import type { Api } from '@laurelkit/sdk/contract';
import pg from 'pg';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { databaseUrl, eventually, refer, seed, settled, sql, storageName, testLaurel } from './support.ts';

const program = 'friends';
const contest = 'spring';

const pool = databaseUrl ? new pg.Pool({ connectionString: databaseUrl, max: 3 }) : null;
afterAll(() => pool?.end());

describe(`points after the freeze (${storageName})`, () => {
  let laurel: TestLaurel;
  let api: Api;
  const buy = (idempotencyKey: string) =>
    api.conversions.create({ program, participant: 'bob', event: 'purchase', idempotencyKey });
  /** Ends the contest and freezes it, as the keeper does. */
  const freeze = `update $schema.contest set ends_at = clock_timestamp(), state = 'frozen' where slug = '${contest}'`;
  const counted = async () =>
    (
      await sql<{ points: number; seq: number; rows: number; standings: string }>(
        laurel,
        `select coalesce(sum(points), 0)::int as points, count(ledger)::int as rows, contest.seq::int as seq,
           (select string_agg(standing::text, ' ' order by standing::text) from $schema.standing where contest_id = contest.id) as standings
         from $schema.contest left join $schema.ledger on ledger.contest_id = contest.id where slug = $1 group by contest.id`,
        [contest],
      )
    )[0];
  const late = async () =>
    (
      await sql<{ row: string }>(
        laurel,
        `select split_part(cause, ':', 1) || coalesce(nullif(':' || split_part(cause, ':', 3), ':'), '') || ' ' || points as row
         from $schema.ledger_late order by 1`,
      )
    ).map(({ row }) => row);

  beforeEach(async () => {
    laurel = await testLaurel();
    api = laurel.api;
    await seed(api, ['ada', 'bob', 'cleo'], {}, { riskMode: 'off' });
    await refer(api, 'ada', 'bob');
    await settled(laurel);
  });

  it('keeps reversals, and what rewards and rejected referrals take back, beside the ledger', async () => {
    await api.rewardRules.create({
      ...{ program, slug: 'points', name: 'Points' },
      definition: { to: 'referrer', on: 'qualified', value: { kind: 'points', contest, points: 70 } },
    });
    const sales = [await buy('1'), await buy('2')];
    await settled(laurel);
    await sql(laurel, freeze);
    const before = await counted();
    expect(before).toMatchObject({ points: 72, rows: 3, seq: 3 });
    const afterwards = await buy('3');
    await api.conversions.reverse({ conversion: sales[0]?.id ?? '' });
    await api.conversions.reverse({ conversion: sales[0]?.id ?? '' });
    await settled(laurel);
    expect(await late()).toEqual(['conversion:reversed -1']);
    await api.conversions.reverse({ conversion: sales[1]?.id ?? '' });
    await api.conversions.reverse({ conversion: afterwards.id });
    await settled(laurel);
    expect(await late()).toEqual(['conversion:reversed -1', 'conversion:reversed -1', 'reward:1 -70']);
    expect(await counted()).toEqual(before);
    await sql(laurel, `update $schema.contest set state = 'closed' where slug = '${contest}'`);
    const other = await sql<{ id: string }>(laurel, 'select id from $schema.referral');
    await sql(
      laurel,
      `insert into $schema.review (id, program_id, referral_id, referrer_id, referee_id, state, score, mode, signals)
       select gen_random_uuid(), program_id, id, referrer_id, referee_id, 'rejected', 0, 'normal', '[]' from $schema.referral where id = $1`,
      [other[0]?.id],
    );
    // Settled again and again, it is taken back once.
    for (let time = 0; time < 2; time++) {
      await sql(
        laurel,
        'insert into $schema.referral_intake (program_id, referral_id) select program_id, id from $schema.referral',
      );
      await settled(laurel);
    }
    expect(await late()).toHaveLength(3);
    expect(await counted()).toEqual(before);
    expect(await laurel.recount()).toEqual([]);
  });

  it('takes the points of a referral rejected after the freeze back once, beside the ledger', async () => {
    await buy('1');
    await sql(laurel, freeze);
    const before = await counted();
    await sql(
      laurel,
      `insert into $schema.review (id, program_id, referral_id, referrer_id, referee_id, state, score, mode, signals)
       select gen_random_uuid(), program_id, id, referrer_id, referee_id, 'rejected', 0, 'normal', '[]' from $schema.referral`,
    );
    for (let time = 0; time < 3; time++) {
      await sql(
        laurel,
        'insert into $schema.referral_intake (program_id, referral_id) select program_id, id from $schema.referral',
      );
      await settled(laurel);
      expect(await late()).toEqual(['conversion:rejected -1']);
    }
    expect(await counted()).toEqual(before);
  });

  it.runIf(databaseUrl)('holds nobody up for a host’s open transaction, whose points come late', async () => {
    // The first one qualifies the referral, and holds its row.
    await buy('earlier');
    const client = await (pool as pg.Pool).connect();
    try {
      await client.query('begin');
      await laurel.api
        .with(client)
        .conversions.create({ ...{ program, participant: 'bob' }, event: 'purchase', idempotencyKey: 'open' });
      await laurel.api.with(client).points.award({ contest, participant: 'ada', points: 9, idempotencyKey: 'open' });
      // The host's transaction goes on; others are numbered, and the contest is frozen.
      await buy('meanwhile');
      await sql(laurel, freeze);
      const before = await counted();
      expect(before).toMatchObject({ points: 2 });
      await client.query('commit');
      await settled(laurel);
      expect(await late()).toEqual(['award 9', 'conversion 1']);
      expect(await counted()).toEqual(before);
      const { items } = await api.leaderboards.list({ contest });
      expect(items[0]?.score).toBe(2);
      // Taken back before anybody counted it.
      const [sale] = await sql<{ id: string }>(
        laurel,
        `select id from $schema.conversion where idempotency_key = 'open'`,
      );
      await api.conversions.reverse({ conversion: sale?.id ?? '' });
      await settled(laurel);
      expect(await late()).toEqual(['award 9', 'conversion 1', 'conversion:reversed -1']);
      expect(await laurel.recount()).toEqual([]);
    } finally {
      client.release();
    }
  });

  it.runIf(databaseUrl)('sees what the contest is once it is locked, not what it was', async () => {
    const client = await (pool as pg.Pool).connect();
    try {
      await client.query('begin');
      await client.query(freeze.replace('$schema', `"${laurel.schema}"`));
      // They still see it running, and wait for its row.
      const waiting = [
        buy('race'),
        api.points.award({ contest, participant: 'cleo', points: 5, idempotencyKey: 'race' }),
      ];
      const blocked = () =>
        sql<{ count: number }>(
          laurel,
          `select count(*)::int as count from pg_locks where not granted and pid in (select pid from pg_stat_activity where query like $1)`,
          [`%"${laurel.schema}"%`],
        );
      await eventually(blocked, ([row]) => (row?.count ?? 0) >= 2);
      await client.query('commit');
      await Promise.all(waiting);
    } finally {
      client.release();
    }
    expect(await counted()).toMatchObject({ points: 0, rows: 0, seq: 0 });
    expect(await late()).toEqual(['award 5', 'conversion 1']);
  });

  it('counts every point once, before or after, when it falls into a storm', async () => {
    const calls = Array.from({ length: 120 }, (_, n) => async () => {
      const { id } = await buy(`storm-${n}`);
      if (n % 3 === 0) await api.conversions.reverse({ conversion: id });
    });
    let frozen: Awaited<ReturnType<typeof counted>>;
    await Promise.all(
      calls.map(async (call, n) => {
        await call();
        if (n !== 60) return;
        await sql(laurel, freeze);
        frozen = await counted();
      }),
    );
    await settled(laurel);
    const found = await counted();
    expect(found).toEqual(frozen);
    expect(found?.rows).toBe(found?.seq);
    expect(await laurel.recount()).toEqual([]);
    const [sum] = await sql<{ all: number; twice: number }>(
      laurel,
      `select sum(points)::int as all, (count(*) - count(distinct cause))::int as twice from (
         select cause, points from $schema.ledger union all select cause, points from $schema.ledger_late) each
       where split_part(cause, ':', 2) not in (select id::text from $schema.conversion where created_at >=
         (select ends_at from $schema.contest where slug = '${contest}'))`,
    );
    const [sold] = await sql<{ kept: number }>(
      laurel,
      `select count(*)::int as kept from $schema.conversion where reversed_at is null
         and created_at < (select ends_at from $schema.contest where slug = '${contest}')`,
    );
    expect(sum).toEqual({ all: sold?.kept, twice: 0 });
  });
});
