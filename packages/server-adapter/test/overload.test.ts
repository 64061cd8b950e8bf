import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { ask, seed, storageName, testLaurel } from './support.ts';

describe(`more than a node can do at once (${storageName})`, () => {
  let laurel: TestLaurel;

  beforeAll(async () => {
    laurel = await testLaurel({ concurrency: 4 });
    await seed(laurel.api);
  });

  const convert = (turn: number, headers = {}) =>
    ask(laurel, 'POST', '/conversions', {
      credential: laurel.secretKey,
      body: { program: 'friends', participant: 'bob', event: 'purchase', idempotencyKey: `o${turn}` },
      headers,
    });

  it('is refused politely, and can be sent again', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, (_, turn) => convert(turn)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(4);
    for (const [turn, answer] of answers.entries()) {
      if (answer.status === 201) continue;
      expect(answer).toMatchObject({ status: 503, json: { code: 'overloaded', status: 503 } });
      expect(answer.headers.get('retry-after')).toBe('1');
      expect(answer.headers.get('x-request-id')).toBe(answer.json.requestId);
      expect((await convert(turn)).status).toBe(201);
    }
    const { text } = await ask(laurel, 'GET', '/metrics', { credential: laurel.secretKey });
    expect(text).toContain('laurel_refused_requests_total 56');
  });

  it('can be read by a page of another origin', async () => {
    const headers = { origin: 'https://elsewhere.example' };
    const answers = await Promise.all(Array.from({ length: 12 }, (_, turn) => convert(100 + turn, headers)));
    const refused = answers.find(({ status }) => status === 503);
    expect(refused?.headers.get('access-control-allow-origin')).toBe('*');
    expect(refused?.headers.get('access-control-expose-headers')).toContain('Retry-After');
  });

  it('does not keep health from being told', async () => {
    const crowd = Array.from({ length: 20 }, (_, turn) => convert(200 + turn));
    expect((await ask(laurel, 'GET', '/livez')).status).toBe(200);
    await Promise.all(crowd);
  });
});
