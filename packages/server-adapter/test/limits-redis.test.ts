import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLimits } from '../src/http/limits.ts';
import type { TestLaurel } from '../src/testing.ts';
import { hasRedis, ownRedis } from './redis.ts';
import { eventually, seed, testLaurel } from './support.ts';

const found = hasRedis('limits shared over Redis');
const limits = { read: 6, token: 5, refused: 4 };

describe.skipIf(!found)('limits of two nodes on one Redis', () => {
  let redis: Awaited<ReturnType<typeof ownRedis>>;
  let client: Awaited<ReturnType<typeof redis.client>>;
  let nodes: TestLaurel[];

  beforeAll(async () => {
    redis = await ownRedis();
    client = await redis.client();
    const first = await testLaurel({ background: false, redis: client, limits });
    await seed(first.api);
    nodes = [first, await testLaurel({ background: false, redis: client, limits, schema: first.schema })];
  });
  afterAll(() => redis.end());

  const ask = async (node: TestLaurel | undefined, remoteAddress: string, credential = node?.publishableKey) => {
    const headers = { authorization: `Bearer ${credential}` };
    const response = await node?.fetch(new Request('https://shop.example/api/contests', { headers }), {
      remoteAddress,
    });
    return response?.status;
  };
  const times = async (count: number, one: (turn: number) => Promise<unknown>) => {
    const answers: unknown[] = [];
    for (let turn = 0; turn < count; turn++) answers.push(await one(turn));
    return answers;
  };
  const okThenRefused = (ok: number, count: number, status = 200) => [
    ...Array(ok).fill(status),
    ...Array(count - ok).fill(429),
  ];
  /** Sends from ever new addresses until told to stop, and answers what came back. */
  const load = () => {
    const statuses = new Set<number | undefined>();
    let on = true;
    const callers = [0, 1, 2, 3].map(async (caller) => {
      for (let n = 0; on; n++) {
        statuses.add(await ask(nodes[caller % 2], `198.51.${caller}.${n % 250}`));
        // Embedded storage answers without ever letting a timer or a socket have its turn.
        await new Promise((resolve) => setImmediate(resolve));
      }
    });
    return async () => {
      on = false;
      await Promise.all(callers);
      return [...statuses].filter((status) => status !== 200 && status !== 429);
    };
  };

  it('are one count', async () => {
    expect(await times(8, (turn) => ask(nodes[turn % 2], '192.0.2.1'))).toEqual(okThenRefused(6, 8));
    expect(await ask(nodes[0], '192.0.2.2')).toBe(200);
  });

  it('go on counting alone while Redis is dead: no request fails, and none is let through for it', async () => {
    const stop = load();
    await redis.kill();
    await eventually(
      () => client.isReady,
      (ready) => !ready,
    );
    expect(await times(7, () => ask(nodes[0], '192.0.2.3'))).toEqual(okThenRefused(6, 7));
    // Credentials cannot be guessed at speed meanwhile.
    expect(await times(6, () => ask(nodes[0], '192.0.2.4', 'sk_guessed_0123456789abcdef'))).toEqual(
      okThenRefused(4, 6, 401),
    );
    const counted = createLimits(limits, client);
    const token = async () => {
      const refusal = await counted.take('token', { kind: 'public' }, '192.0.2.5', {})?.catch((problem) => problem);
      return refusal?.status ?? 200;
    };
    expect(await times(7, token)).toEqual(okThenRefused(5, 7));
    expect(await stop()).toEqual([]);
  });

  it('are one count again when it is back', async () => {
    redis.start();
    await eventually(
      () => client.isReady,
      (ready) => ready,
    );
    expect(await times(8, (turn) => ask(nodes[turn % 2], '192.0.2.6'))).toEqual(okThenRefused(6, 8));
  });

  it('hold up no request when Redis takes connections and answers nothing', async () => {
    redis.freeze();
    try {
      const began = performance.now();
      expect(await times(7, () => ask(nodes[0], '192.0.2.7'))).toEqual(okThenRefused(6, 7));
      expect(performance.now() - began).toBeLessThan(1_500);
      expect(await times(6, () => ask(nodes[1], '192.0.2.8', 'sk_guessed_0123456789abcdef'))).toEqual(
        okThenRefused(4, 6, 401),
      );
    } finally {
      redis.thaw();
    }
  });
});
