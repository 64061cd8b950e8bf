import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channelOf } from '../src/bus.ts';
import type { Storage } from '../src/db/storage.ts';
import type { TestLaurel } from '../src/testing.ts';
import { refer, seed, sql, testLaurel } from './support.ts';
import { openTestStorage } from './test-storage.ts';

describe('what a batch tells other nodes', () => {
  let laurel: TestLaurel;
  let listener: Storage;
  let stop: () => Promise<void>;
  const heard: Record<string, unknown>[] = [];

  beforeAll(async () => {
    // What follows from a batch in the background is told for itself.
    laurel = await testLaurel({ background: false });
    await seed(laurel.api);
    await refer(laurel.api, 'ada', 'bob');
    listener = await openTestStorage();
    stop = await listener.listen(
      channelOf(laurel.schema),
      (payload) => heard.push(JSON.parse(payload)),
      () => {},
    );
  });
  afterAll(async () => {
    await stop();
    await listener.close();
  });

  /** Records so many at once, and answers the messages up to a last one that comes after them. */
  const messagesOf = async (kind: string, many: number) => {
    heard.length = 0;
    await Promise.all(
      Array.from({ length: many }, (_, n) =>
        laurel.api.conversions.create({
          ...{ program: 'friends', participant: 'bob', event: 'purchase', idempotencyKey: `${kind}-${n}` },
        }),
      ),
    );
    await listener.query('select pg_notify($1, $2)', [channelOf(laurel.schema), '{"end":true}']);
    await expect.poll(() => heard.at(-1)).toEqual({ end: true });
    return heard.slice(0, -1);
  };

  it('is one notification: that events wait, whose numbers changed, how far the boards are', async () => {
    const [contest] = await sql<{ id: string }>(laurel, 'select id from $schema.contest');
    const [ada] = await sql<{ id: string }>(laurel, `select id from $schema.participant where external_id = 'ada'`);
    const [program] = await sql<{ id: string }>(laurel, 'select id from $schema.program');
    const before = (await laurel.api.leaderboards.list({ contest: 'spring' })).seq;
    expect(await messagesOf('one', 20)).toEqual([
      { outbox: true, referrals: true, selves: [[program?.id, ada?.id]], boards: { [contest?.id ?? '']: before + 20 } },
    ]);
  });

  it('is nothing when all of it was known', async () => {
    expect(await messagesOf('one', 20)).toEqual([]);
  });

  it('is “missed” when it is too long for a notification', async () => {
    await sql(
      laurel,
      `insert into $schema.contest select (jsonb_populate_record(contest,
         jsonb_build_object('id', gen_random_uuid(), 'slug', 'copy-' || n, 'seq', 0))).*
       from $schema.contest cross join generate_series(1, 200) n`,
    );
    expect(await messagesOf('many', 3)).toEqual([{ outbox: true, missed: true }]);
    const standing = await laurel.api.leaderboards.standing({ contest: 'copy-7', participant: 'ada' });
    expect(standing.standing?.score).toBe(3);
    expect(await laurel.recount()).toEqual([]);
  });
});
