import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeHandler } from '../src/node.ts';
import type { TestLaurel } from '../src/testing.ts';
import { seed, storageName, testLaurel } from './support.ts';

describe(`more than a node can do at once (${storageName})`, () => {
  let laurel: TestLaurel;
  let address: string;
  const server = createServer((request, response) => nodeHandler(laurel)(request, response));

  beforeAll(async () => {
    laurel = await testLaurel({ concurrency: 4 });
    await seed(laurel.api);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const convert = (turn: number) =>
    fetch(`${address}/conversions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${laurel.secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ program: 'friends', participant: 'bob', event: 'purchase', idempotencyKey: `o${turn}` }),
    });

  it('is refused politely, and what was accepted is there', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, (_, turn) => convert(turn)));
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(60);
    for (const answer of refused) {
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('1');
      expect(await answer.json()).toMatchObject({ code: 'overloaded' });
    }
    const again = await Promise.all(answers.map(async (answer, turn) => (answer.status === 201 ? null : turn)));
    for (const turn of again) if (turn !== null) expect((await convert(turn)).status).toBe(201);
  });

  it('does not keep health from being told', async () => {
    const [, health] = await Promise.all([
      Promise.all(Array.from({ length: 20 }, (_, turn) => convert(100 + turn))),
      fetch(`${address}/livez`),
    ]);
    expect(health.status).toBe(200);
  });
});
