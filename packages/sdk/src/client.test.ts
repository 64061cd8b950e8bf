import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { json, problem, rejection, startServer } from '../test/server.ts';
import { createFetchClient, LaurelError, routeCall } from './client.ts';

describe('what is sent', () => {
  test('path parameters are taken out, the rest of a GET is its query, undefined is left out', async () => {
    const { baseUrl, received } = await startServer((_, response) => json(response, {}));
    const client = createFetchClient({ baseUrl: `${baseUrl}/`, key: 'pk_1' });
    const input = { contest: 'a/b c?#', limit: 5, cursor: undefined } as unknown as { contest: string };
    await client.leaderboards.list(input);
    await client.contests.list();
    expect(received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /api/contests/a%2Fb%20c%3F%23/leaderboard?limit=5',
      'GET /api/contests',
    ]);
    expect(received[0]?.headers).toMatchObject({ authorization: 'Bearer pk_1' });
    expect(received[0]?.headers['content-type']).toBeUndefined();
  });

  test('one call by its route sends what the client sends', async () => {
    const { baseUrl, received } = await startServer((_, response) => json(response, {}));
    await routeCall({ baseUrl, key: 'pk_1' }, 'GET /contests/{contest}/standing')({ contest: 'spring', around: 5 });
    expect(received[0]).toMatchObject({ method: 'GET', url: '/api/contests/spring/standing?around=5' });
    expect(received[0]?.headers).toMatchObject({ authorization: 'Bearer pk_1' });
  });

  test('the rest of a write is its JSON body, and the idempotency key a header', async () => {
    const { baseUrl, received } = await startServer((_, response) => json(response, {}));
    const client = createFetchClient({ baseUrl });
    const conversion = '0197b1c8-7e0c-7cc5-a1bd-07f6a8d5a111';
    await client.conversions.reverse({ conversion, reason: 'refund' }, { idempotencyKey: 'k1' });
    expect(received[0]).toMatchObject({ method: 'POST', url: `/api/conversions/${conversion}/reverse` });
    expect(received[0]?.headers).toMatchObject({ 'content-type': 'application/json', 'idempotency-key': 'k1' });
    expect(received[0]?.headers.authorization).toBeUndefined();
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({ reason: 'refund' });
  });

  test.each(['', '.', '..'])('a path parameter of %j is refused: it would name another endpoint', async (contest) => {
    const client = createFetchClient({ baseUrl: 'http://127.0.0.1:1' });
    expect(await rejection(client.contests.get({ contest }))).toMatchObject({ code: 'validation_failed', status: 422 });
  });

  test('any path parameter arrives as it was', async () => {
    const { baseUrl, received } = await startServer((_, response) => json(response, {}));
    const client = createFetchClient({ baseUrl });
    const names = fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => !/^\.{1,2}$/.test(name));
    await fc.assert(
      fc.asyncProperty(names, async (contest) => {
        await client.contests.get({ contest });
        const [path = ''] = received.at(-1)?.url.split('?') ?? [];
        expect(decodeURIComponent(path.slice('/api/contests/'.length))).toBe(contest);
      }),
      { numRuns: 60 },
    );
  });
});

describe('tokens', () => {
  test('a token wins over the key; a function is asked at each request and falls back to the key', async () => {
    const { baseUrl, received } = await startServer((_, response) => json(response, {}));
    const tokens = ['t1', undefined];
    const client = createFetchClient({ baseUrl, key: 'pk_1', token: async () => tokens.shift() });
    await client.contests.list();
    await client.contests.list();
    await createFetchClient({ baseUrl, key: 'pk_1', token: 'fixed' }).contests.list();
    expect(received.map(({ headers }) => headers.authorization)).toEqual(['Bearer t1', 'Bearer pk_1', 'Bearer fixed']);
  });

  test('a refused token is asked for once more', async () => {
    const { baseUrl, received } = await startServer(({ headers }, response) =>
      headers.authorization === 'Bearer fresh' ? json(response, {}) : problem(response, 401, 'token_invalid'),
    );
    const token = (refused?: string) => (refused === 'stale' ? 'fresh' : 'stale');
    await createFetchClient({ baseUrl, token }).referrals.create({ program: 'p' }, { idempotencyKey: 'same' });
    expect(received.map(({ headers }) => headers['idempotency-key'])).toEqual(['same', 'same']);
    const hopeless = createFetchClient({ baseUrl, token: () => 'stale' });
    expect(await rejection(hopeless.contests.list())).toMatchObject({ code: 'token_invalid', status: 401 });
    expect(received).toHaveLength(4);
    expect(await rejection(createFetchClient({ baseUrl, token: 'stale' }).contests.list())).toBeInstanceOf(LaurelError);
    expect(received).toHaveLength(5);
  });
});

describe('errors', () => {
  test('a problem document', async () => {
    const errors = [{ pointer: '#/event', detail: 'must be an event name' }];
    const { baseUrl } = await startServer((_, response) =>
      json(response, { code: 'validation_failed', title: 'No', detail: 'Fix it.', errors }, 422, {
        'retry-after': '7',
        'x-request-id': 'r-1',
      }),
    );
    const error = await rejection(createFetchClient({ baseUrl }).contests.list());
    expect(error).toBeInstanceOf(LaurelError);
    expect(error).toMatchObject({ code: 'validation_failed', status: 422, detail: 'Fix it.', message: 'Fix it.' });
    expect(error).toMatchObject({ name: 'LaurelError', errors, retryAfter: 7, requestId: 'r-1' });
  });

  test.each(['<h1>Bad gateway</h1>', '', 'null', '{"error":"no"}', '[]'])(
    '%j is not a problem document',
    async (body) => {
      const { baseUrl } = await startServer((_, response) => response.writeHead(502).end(body));
      const error = await rejection(createFetchClient({ baseUrl }).contests.list());
      expect(error).toMatchObject({ code: 'unexpected_response', status: 502 });
    },
  );

  test('a success that is not JSON', async () => {
    const { baseUrl } = await startServer((_, response) => response.end('<!doctype html>'));
    const error = await rejection(createFetchClient({ baseUrl }).contests.list());
    expect(error).toMatchObject({ code: 'unexpected_response', status: 200, cause: expect.any(SyntaxError) });
  });

  test('nobody there, and an answer cut off', async () => {
    const { baseUrl, close } = await startServer((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{');
      setTimeout(() => response.destroy(), 5);
    });
    const client = createFetchClient({ baseUrl });
    const expected = { code: 'network_error', status: 0, cause: expect.any(Error) };
    expect(await rejection(client.contests.list())).toMatchObject(expected);
    await close();
    expect(await rejection(client.contests.list())).toMatchObject(expected);
  });

  test('an abort rejects with its reason, a time-out with code timeout', async () => {
    const { baseUrl } = await startServer(() => {});
    const client = createFetchClient({ baseUrl });
    const controller = new AbortController();
    const call = rejection(client.contests.list({}, { signal: controller.signal }));
    controller.abort('enough');
    expect(await call).toBe('enough');
    const late = await rejection(client.contests.list({}, { signal: AbortSignal.timeout(20) }));
    expect(late).toMatchObject({ code: 'timeout', status: 0 });
  });
});
