import { randomUUID } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bus, type BusMessage, createBus } from '../src/bus.ts';
import { conversionStatements, writeTogether } from '../src/conversions/write.ts';
import type { Storage } from '../src/db/storage.ts';
import { hasRedis, ownRedis } from './redis.ts';
import { eventually, refer, seed, storageName, testLaurel } from './support.ts';
import { openTestStorage } from './test-storage.ts';

const found = hasRedis('nodes that meet over Redis');
const failed = (error: unknown) => {
  throw error;
};

describe.skipIf(!found)(`the bus over Redis (${storageName})`, () => {
  let redis: Awaited<ReturnType<typeof ownRedis>>;
  let storage: Storage;
  const ends: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    redis = await ownRedis();
    storage = await openTestStorage();
  });
  afterAll(async () => {
    for (const end of ends) await end();
    await storage.close();
    await redis.end();
  });

  interface Node {
    bus: Bus;
    heard: BusMessage[];
  }
  const node = async (schema: string, client?: Awaited<ReturnType<typeof redis.client>>): Promise<Node> => {
    const bus = createBus(storage, schema, { redis: client, onFailure: failed });
    const heard: BusMessage[] = [];
    bus.subscribe((message) => void heard.push(message));
    await bus.start();
    ends.push(bus.close);
    return { bus, heard };
  };
  const isDirect = async (wanted: boolean, ...nodes: Node[]) => {
    const read = () => nodes.every(({ bus }) => bus.direct === wanted);
    // The fall-back to NOTIFY lasts five seconds longer than the reason for it.
    for (let second = 0; second < 3 && !read(); second++) await eventually(read, (all) => all);
    expect(read()).toBe(true);
  };
  const tell = async (from: Node, to: Node[], name: string) => {
    const told = { boards: { [name]: 1 } };
    await from.bus.publish(told);
    for (const { heard } of to) {
      await eventually(
        () => heard,
        () => heard.some((message) => message.boards?.[name]),
      );
      expect(heard.filter((message) => message.boards?.[name])).toEqual([told]);
    }
  };

  it('goes round PostgreSQL, falls back to NOTIFY while Redis is dead, and says what may have been missed', async () => {
    const schema = `laurel_test_${randomUUID().slice(0, 8)}`;
    const a = await node(schema, await redis.client());
    const b = await node(schema, await redis.client());
    const onlyPostgres = await node(schema);
    await isDirect(true, a, b);
    expect(onlyPostgres.bus.direct).toBe(false);
    await tell(a, [a, b], 'over-redis');
    await tell(onlyPostgres, [a, b, onlyPostgres], 'from-sql');
    expect(onlyPostgres.heard.some((message) => message.boards?.['over-redis'])).toBe(false);

    await redis.kill();
    await isDirect(false, a, b);
    await tell(a, [a, b, onlyPostgres], 'by-notify');
    for (const { heard } of [a, b]) heard.length = 0;
    redis.start();
    await isDirect(true, a, b);
    for (const { heard } of [a, b]) expect(heard).toContainEqual({ missed: true });
    await tell(b, [a, b], 'over-redis-again');
  });

  it('is left by all as soon as one node cannot reach Redis', async () => {
    const schema = `laurel_test_${randomUUID().slice(0, 8)}`;
    const way = await redis.detour();
    const a = await node(schema, await redis.client());
    const b = await node(schema, await redis.client(way.at));
    await isDirect(true, a, b);
    b.heard.length = 0;
    way.cut();
    await isDirect(false, a, b);
    await tell(a, [a, b], 'to-the-deaf');
    // What was told before the others knew is caught up with.
    await eventually(
      () => b.heard,
      (heard) => heard.some(({ missed }) => missed),
    );
    expect(b.heard).toContainEqual({ missed: true });
    await way.mend();
    await isDirect(true, a, b);
    await tell(a, [a, b], 'over-redis');
  });

  it('waits for no Redis that takes connections and answers nothing', async () => {
    const schema = `laurel_test_${randomUUID().slice(0, 8)}`;
    const a = await node(schema, await redis.client());
    await isDirect(true, a);
    redis.freeze();
    try {
      const began = performance.now();
      for (const name of ['first', 'second', 'third']) await a.bus.publish({ boards: { [name]: 1 } });
      expect(performance.now() - began).toBeLessThan(1_400);
      expect(a.bus.direct).toBe(false);
      const named = () => ['first', 'second', 'third'].filter((name) => a.heard.some(({ boards }) => boards?.[name]));
      expect(await eventually(named, ({ length }) => length === 3)).toHaveLength(3);
    } finally {
      redis.thaw();
    }
    await isDirect(true, a);
  });

  it('carries too much for a notification as “missed”', async () => {
    const schema = `laurel_test_${randomUUID().slice(0, 8)}`;
    const a = await node(schema);
    await a.bus.publish({ boards: Object.fromEntries(Array.from({ length: 500 }, () => [randomUUID(), 1])) });
    await eventually(
      () => a.heard.length,
      (count) => count > 0,
    );
    expect(a.heard).toEqual([{ missed: true }]);
  });

  it('keeps two nodes’ events and boards going while Redis dies and comes back', async () => {
    const first = await testLaurel({ redis: await redis.client() });
    const second = await testLaurel({ redis: await redis.client(), schema: first.schema });
    await seed(first.api);
    await refer(first.api, 'ada', 'bob');
    const events: string[] = [];
    second.on('program.updated', ({ id }) => void events.push(id));
    const aborted = new AbortController();
    const stream = await second.fetch(
      new Request('https://shop.example/api/live?topics=contest:spring', {
        headers: { authorization: `Bearer ${second.publishableKey}` },
        signal: aborted.signal,
      }),
    );
    let frames = '';
    const reading = (async () => {
      const decoder = new TextDecoder();
      for await (const piece of stream.body ?? []) frames += decoder.decode(piece, { stream: true });
    })().catch(() => {});
    const lastSeq = () => Number([...frames.matchAll(/"seq":(\d+)/g)].at(-1)?.[1] ?? 0);

    let orders = 0;
    /** Something happens on the first node, and the second comes to know. */
    const happens = async () => {
      orders += 1;
      await first.api.programs.update({ program: 'friends', name: `Friends ${orders}` });
      await first.api.conversions.create({
        program: 'friends',
        participant: 'bob',
        event: 'purchase',
        idempotencyKey: `order-${orders}`,
      });
      await eventually(
        () => events.length >= orders && lastSeq() >= orders,
        (all) => all,
      );
      expect([events.length, lastSeq()]).toEqual([orders, orders]);
    };
    for (let turn = 0; turn < 3; turn++) await happens();
    await redis.kill();
    for (let turn = 0; turn < 3; turn++) await happens();
    redis.start();
    for (let turn = 0; turn < 10; turn++) await happens();

    // As when a node is killed after its commit, before it tells of it.
    orders += 1;
    const untold = {
      id: uuidv7(),
      now: null,
      program: 'friends',
      participant: 'bob',
      event: 'purchase',
      idempotencyKey: 'untold',
    };
    await eventually(lastSeq, (seq) => seq === orders - 1);
    await writeTogether(storage, conversionStatements(first.schema), [untold], 'nobody_listens_here');
    await eventually(lastSeq, (seq) => seq === orders);
    expect(lastSeq()).toBe(orders);
    aborted.abort();
    await Promise.all([first.close(), second.close()]);
    await reading;
  });
});
