import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { databaseUrl, eventually, refer, seed, sql, testLaurel } from './support.ts';

const logger = pino({ level: 'silent' });

/** The sequence number of the last board a stream has told of. */
async function follow(laurel: TestLaurel) {
  const stream = await laurel.fetch(
    new Request('https://shop.example/api/live?topics=contest:spring', {
      headers: { authorization: `Bearer ${laurel.publishableKey}` },
    }),
  );
  let frames = '';
  void (async () => {
    const decoder = new TextDecoder();
    for await (const piece of stream.body ?? []) frames += decoder.decode(piece, { stream: true });
  })().catch(() => {});
  return () => Number([...frames.matchAll(/"seq":(\d+)/g)].at(-1)?.[1] ?? 0);
}

// Embedded storage has no connections to lose.
describe.skipIf(!databaseUrl)('connections to PostgreSQL', () => {
  const name = `laurel_${randomUUID().slice(0, 8)}`;
  const admin = new pg.Client({ connectionString: databaseUrl });
  afterAll(() => admin.end());

  it('may all be cut, again and again: callers are told to try again, and nothing is lost', async () => {
    await admin.connect();
    const database = `${databaseUrl}?application_name=${name}`;
    const first = await testLaurel({ database, logger });
    const second = await testLaurel({ database, logger, schema: first.schema });
    await seed(first.api);
    await refer(first.api, 'ada', 'bob');
    const delivered = new Set<string>();
    second.on('conversion.recorded', ({ payload }) => void delivered.add(payload.conversion));
    const boards = [await follow(first), await follow(second)];

    const statuses = new Map<number, number>();
    const recorded = new Set<string>();
    let on = true;
    /** Sends until it is told that it worked, as a client that heeds `Retry-After` would, only sooner. */
    const buy = async (node: TestLaurel, idempotencyKey: string) => {
      for (;;) {
        const response = await node.fetch(
          new Request('https://shop.example/api/conversions', {
            method: 'POST',
            headers: { authorization: `Bearer ${node.secretKey}`, 'content-type': 'application/json' },
            body: JSON.stringify({ program: 'friends', participant: 'bob', event: 'purchase', idempotencyKey }),
          }),
        );
        const answer = (await response.json()) as { id: string };
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
        if (response.status === 201) return void recorded.add(answer.id);
        if (response.status !== 503) return;
        await sleep(20);
      }
    };
    const callers = Array.from({ length: 8 }, async (_, caller) => {
      for (let n = 0; on; n++) await buy(caller % 2 ? first : second, `${caller}-${n}`);
    });
    let cut = 0;
    for (let round = 0; round < 5; round++) {
      await sleep(300);
      const { rows } = await admin.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1',
        [name],
      );
      cut += rows.length;
    }
    await sleep(300);
    on = false;
    await Promise.all(callers);

    expect(cut).toBeGreaterThan(10);
    expect([...statuses.keys()].sort()).toEqual([201, 503]);
    const [stored] = await sql<{ rows: number }>(first, 'select count(*)::int as rows from $schema.conversion');
    expect(stored?.rows).toBe(recorded.size);
    expect(await first.recount()).toEqual([]);
    const { standing } = await first.api.leaderboards.standing({ contest: 'spring', participant: 'ada' });
    expect(standing?.score).toBe(recorded.size);
    // What was missed meanwhile is caught up with: boards at once, events once their lease of a minute is over.
    await eventually(
      () => boards.every((seq) => seq() === recorded.size),
      (all) => all,
    );
    expect(boards.map((seq) => seq())).toEqual([recorded.size, recorded.size]);
    const all = async () => {
      await sql(first, `update $schema.event set leased_until = '-infinity' where delivered_at is null`);
      return delivered.size === recorded.size;
    };
    await eventually(all, (done) => done);
    expect(delivered).toEqual(recorded);
    console.log(`${recorded.size} recorded, ${cut} connections cut, answers: ${JSON.stringify([...statuses])}`);
  });
});
