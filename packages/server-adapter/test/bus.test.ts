import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Bus, type BusMessage, channelOf, createBus } from '../src/bus.ts';
import type { Storage } from '../src/db/storage.ts';
import type { RedisClient } from '../src/redis-channel.ts';
import { eventually, storageName } from './support.ts';
import { openTestStorage } from './test-storage.ts';

/** A Redis of one channel, and what tells on it. */
function standInRedis() {
  let tell: (message: string) => void = () => {};
  const subscriber = {
    isReady: true,
    on: () => {},
    connect: async () => {},
    subscribe: async (_: string, listener: (message: string) => void) => {
      tell = listener;
    },
    destroy: () => {},
  };
  const client: RedisClient = { isReady: true, publish: async () => {}, duplicate: () => subscriber };
  return { client, tell: (message: string) => tell(message) };
}

describe(`the bus (${storageName})`, () => {
  const schema = `laurel_test_${randomUUID().slice(0, 8)}`;
  const redis = standInRedis();
  const failures: unknown[] = [];
  const heard: BusMessage[] = [];
  let storage: Storage;
  let bus: Bus;
  const hears = (wanted: BusMessage) =>
    eventually(
      () => heard,
      () => heard.some((message) => JSON.stringify(message) === JSON.stringify(wanted)),
    );
  const notify = (payload: string) => storage.query('select pg_notify($1, $2)', [channelOf(schema), payload]);

  beforeAll(async () => {
    storage = await openTestStorage();
    bus = createBus(storage, schema, { redis: redis.client, onFailure: (error) => failures.push(error) });
    bus.subscribe(({ boards }) => {
      if (boards?.bad) throw new Error('a subscriber failed');
    });
    bus.subscribe((message) => void heard.push(message));
    await bus.start();
    await hears({ missed: true });
  });
  afterAll(async () => {
    await bus.close();
    await storage.close();
  });
  beforeEach(() => {
    heard.length = 0;
    failures.length = 0;
  });

  it.each(['', 'vacuum, please', 'null', '7', '[]', '{"boards":'])(
    'takes "%s" from a stranger as anything that may have been missed',
    async (payload) => {
      await notify(payload);
      await hears({ missed: true });
      expect(heard).toEqual([{ missed: true }]);
      redis.tell(payload);
      expect(heard).toEqual([{ missed: true }, { missed: true }]);
      expect(failures).toEqual([]);
    },
  );

  it('tells everybody, whoever of them fails', async () => {
    const told = { boards: { bad: 1 } };
    await notify(JSON.stringify(told));
    await hears(told);
    expect(heard).toEqual([told]);
    expect(failures).toEqual([new Error('a subscriber failed')]);
  });
});
