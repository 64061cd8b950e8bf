import { pino } from 'pino';
import { beforeAll, describe, expect, it } from 'vitest';
import { createOutbox } from '../src/events.ts';
import type { DeliveredEvent } from '../src/index.ts';
import type { TestLaurel } from '../src/testing.ts';
import { ask, eventually, refer, seed, sql, storageName, testLaurel } from './support.ts';
import { openTestStorage } from './test-storage.ts';

const logger = pino({ level: 'silent' });
const convert = (idempotencyKey: string) => ({
  program: 'friends',
  participant: 'bob',
  event: 'purchase',
  idempotencyKey,
});

describe(`events (${storageName})`, () => {
  let laurel: TestLaurel;

  beforeAll(async () => {
    laurel = await testLaurel({ logger });
    await seed(laurel.api, ['ada', 'bob', 'cleo']);
    await refer(laurel.api, 'ada', 'bob');
    await settled();
  });

  const waiting = (schema = laurel) =>
    sql<{ id: string; name: string; attempts: number }>(
      schema,
      'select id::text, name, attempts from $schema.event where delivered_at is null order by id',
    );
  /** Lets somebody hear whatever still waits. */
  const settled = async () => {
    const stop = laurel.on('*', () => {});
    await eventually(waiting, (events) => events.length === 0);
    stop();
  };
  /** Ends the pause before the next try, which is seconds to an hour. */
  const hurry = () => sql(laurel, `update $schema.event set leased_until = '-infinity' where delivered_at is null`);

  it('reach their handlers and those of all events, in the order written, with the same id each', async () => {
    const named: DeliveredEvent[] = [];
    const all: DeliveredEvent[] = [];
    const stops = [
      laurel.on('conversion.recorded', (event) => void named.push(event)),
      laurel.on('*', (event) => void all.push(event)),
    ];
    for (let index = 0; index < 20; index++) await laurel.api.conversions.create(convert(`order-${index}`));
    await eventually(
      () => all.length,
      (count) => count >= 22,
    );
    for (const stop of stops) stop();
    await settled();
    const names = all.map(({ name }) => name);
    // The referral is settled meanwhile, at some time.
    expect(names).toContain('referral.approved');
    expect(names.filter((name) => name !== 'referral.approved')).toEqual([
      'conversion.recorded',
      'referral.qualified',
      ...Array(19).fill('conversion.recorded'),
    ]);
    expect(named).toEqual(all.filter(({ name }) => name === 'conversion.recorded'));
    const ids = all.flatMap(({ id, name }) => (name === 'referral.approved' ? [] : [Number(id)]));
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    expect(named[0]?.payload).toMatchObject({ event: 'purchase', amount: null, referrer: expect.any(String) });
  });

  it('that nobody hears wait for the first who does', async () => {
    await laurel.api.conversions.create(convert('unheard'));
    expect(await waiting()).toHaveLength(1);
    const heard: string[] = [];
    const stop = laurel.on('conversion.recorded', ({ name }) => void heard.push(name));
    await eventually(waiting, (events) => events.length === 0);
    stop();
    expect(heard).toEqual(['conversion.recorded']);
  });

  it('come again, no more often than needed, when a handler failed', async () => {
    const seen: string[] = [];
    const other: string[] = [];
    let failures = 2;
    const stops = [
      laurel.on('participant.created', ({ id }) => void other.push(id)),
      laurel.on('participant.created', ({ id }) => {
        seen.push(id);
        if (failures-- > 0) throw new Error('the mail server is away');
      }),
    ];
    await laurel.api.participants.upsert({ externalId: 'again' });
    await eventually(
      () => seen.length,
      (count) => count === 1,
    );
    const [kept] = await eventually(waiting, ([event]) => event?.attempts === 1);
    expect(kept?.name).toBe('participant.created');
    const [pause] = await sql<{ seconds: number }>(
      laurel,
      'select extract(epoch from leased_until - now())::float as seconds from $schema.event where id = $1',
      [kept?.id],
    );
    expect(pause?.seconds).toBeGreaterThan(1);
    // What comes later does not wait for it.
    await laurel.api.conversions.create(convert('meanwhile'));
    await eventually(waiting, (events) => events.length === 1);
    const seenAfterHurry = async () => {
      await hurry();
      return seen.length;
    };
    await eventually(seenAfterHurry, (count) => count >= 3);
    await settled();
    for (const stop of stops) stop();
    expect(seen).toEqual([seen[0], seen[0], seen[0]]);
    expect(new Set(other).size).toBe(1);
  });

  it('wait while another node holds them, and are taken over when it does not come back', async () => {
    const seen: string[] = [];
    const stop = laurel.on('program.updated', ({ id }) => void seen.push(id));
    await sql(
      laurel,
      `insert into $schema.event (name, payload, leased_until, attempts)
       values ('program.updated', '{"program":"01890000-0000-7000-8000-000000000000"}', now() + interval '1 hour', 1)`,
    );
    await laurel.api.programs.update({ program: 'friends', name: 'Friends 2' });
    await eventually(
      () => seen.length,
      (count) => count === 1,
    );
    expect(await eventually(waiting, (events) => events.length === 1)).toHaveLength(1);
    await hurry();
    await laurel.api.programs.update({ program: 'friends', name: 'Friends 3' });
    await eventually(
      () => seen.length,
      (count) => count === 3,
    );
    stop();
    expect(new Set(seen).size).toBe(3);
  });

  it('are left alone after twelve tries, and do not hold up others', async () => {
    await sql(laurel, `insert into $schema.event (name, payload, attempts) values ('program.updated', '{}', 12)`);
    let seen = 0;
    const stop = laurel.on('program.updated', () => void seen++);
    await laurel.api.programs.update({ program: 'friends', name: 'Friends 4' });
    await eventually(
      () => seen,
      (count) => count === 1,
    );
    stop();
    expect(seen).toBe(1);
    const left = await eventually(waiting, (events) => events.length === 1);
    expect(left.map(({ attempts }) => attempts)).toEqual([12]);
    await sql(laurel, 'delete from $schema.event where attempts = 12');
  });

  it('of what was rolled back never come', async () => {
    const seen: string[] = [];
    const stop = laurel.on('*', ({ name }) => void seen.push(name));
    await sql(laurel, 'alter table $schema.idempotency add constraint closed check (false) not valid');
    const before = await sql(laurel, 'select from $schema.event');
    const body = { slug: 'undone', name: 'Undone', landingUrl: 'https://shop.example/' };
    const answer = await ask(laurel, 'POST', '/programs', {
      credential: laurel.secretKey,
      body,
      headers: { 'idempotency-key': 'x' },
    });
    await sql(laurel, 'alter table $schema.idempotency drop constraint closed');
    expect(answer.status).toBe(500);
    await laurel.api.conversions.create(convert('after the rollback'));
    await settled();
    stop();
    expect(seen).toEqual(['conversion.recorded']);
    expect(await sql(laurel, 'select from $schema.event')).toHaveLength(before.length + 1);
  });

  it('do not wait behind a handler that never ends, which gets its event again', async () => {
    const quiet = await testLaurel({ logger, background: false });
    await seed(quiet.api, ['ada', 'bob']);
    await refer(quiet.api, 'ada', 'bob');
    for (let index = 0; index < 3; index++) await quiet.api.conversions.create(convert(`hung-${index}`));
    const failures: unknown[] = [];
    const storage = await openTestStorage();
    const outbox = createOutbox(storage, quiet.schema, (error) => void failures.push(error), { patience: 20 });
    const heard: string[] = [];
    outbox.on('conversion.recorded', ({ id }) => {
      heard.push(id);
      return heard.length === 1 ? new Promise(() => {}) : Promise.resolve();
    });
    await outbox.run();
    expect(new Set(heard).size).toBe(3);
    expect(failures).toEqual([new Error('No answer within 0.02 seconds.')]);
    await sql(quiet, `update $schema.event set leased_until = '-infinity' where delivered_at is null`);
    await outbox.run();
    expect(heard).toHaveLength(4);
    expect(heard[3]).toBe(heard[0]);
    await storage.close();
  });

  it('that there was no time for are given back untried, so that no other node delivers what was', async () => {
    const quiet = await testLaurel({ logger, background: false });
    await seed(quiet.api, ['ada', 'bob']);
    await refer(quiet.api, 'ada', 'bob');
    for (let index = 0; index < 5; index++) await quiet.api.conversions.create(convert(`slow-${index}`));
    const storage = await openTestStorage();
    const outbox = createOutbox(storage, quiet.schema, () => {}, { batchTime: 0 });
    const heard: string[] = [];
    const leases: unknown[] = [];
    outbox.on('conversion.recorded', async ({ id }) => {
      heard.push(id);
      // Of the batch that was taken with this one, every other was given back before the next was taken.
      leases.push(
        (await sql(quiet, `select from $schema.event where name = 'conversion.recorded' and attempts > 1`)).length,
      );
      await new Promise((resolve) => setTimeout(resolve, 2));
    });
    await outbox.run();
    expect(new Set(heard).size).toBe(5);
    expect(heard).toHaveLength(5);
    expect(leases).toEqual([0, 0, 0, 0, 0]);
    await storage.close();
  });

  it('of one schema are shared out between two nodes: each is handled by one', async () => {
    const nodes = [laurel, await testLaurel({ schema: laurel.schema, logger })];
    const seen: string[][] = [[], []];
    const stops = nodes.map((node, index) =>
      node.on('conversion.recorded', async ({ id }) => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        seen[index]?.push(id);
      }),
    );
    for (let round = 0; round < 20; round++) {
      await Promise.all(
        Array.from({ length: 5 }, (_, index) =>
          nodes[index % 2]?.api.conversions.create(convert(`shared-${round}-${index}`)),
        ),
      );
    }
    await eventually(
      () => seen.flat().length,
      (count) => count >= 100,
    );
    await settled();
    for (const stop of stops) stop();
    expect(seen.flat()).toHaveLength(100);
    expect(new Set(seen.flat()).size).toBe(100);
  });
});
