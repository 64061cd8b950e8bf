import { describe, expect, test } from 'vitest';
import { json, problem, rejection, startServer } from '../test/server.ts';
import { contract } from './contract/index.ts';
import { createClient, createFetchClient, paginate } from './index.ts';

const click = { referralCode: 'ANA' };
const answer = {
  clickId: '0197b1c8-7e0c-7cc5-a1bd-07f6a8d5a111',
  program: 'friends',
  referralCode: 'ANA',
  expiresAt: '2026-12-01T00:00:00.000Z',
};

describe('retries', () => {
  test.each([408, 429, 500, 502, 503, 504])('%i is tried again, a write under the same key', async (status) => {
    const { baseUrl, received } = await startServer((_, response, count) =>
      count < 2 ? problem(response, status, 'unavailable') : json(response, answer, 201),
    );
    expect(await createClient({ baseUrl }).clicks.record(click)).toEqual(answer);
    const keys = received.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toMatch(/^[\da-f-]{36}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(received[1]?.body).toBe(JSON.stringify(click));
  });

  test('each write has a key of its own, or the one given; reads have none', async () => {
    const { baseUrl, received } = await startServer((_, response) => json(response, answer));
    const client = createClient({ baseUrl });
    await client.clicks.record(click);
    await client.clicks.record(click);
    await client.clicks.record(click, { idempotencyKey: 'mine' });
    await client.contests.list({}, { idempotencyKey: 'unused' });
    const keys = received.map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys.slice(0, 2)).size).toBe(2);
    expect(keys.slice(2)).toEqual(['mine', undefined]);
  });

  test.each([400, 401, 403, 404, 409, 422])('%i is not tried again', async (status) => {
    const { baseUrl, received } = await startServer((_, response) => problem(response, status, 'slug_taken'));
    const error = await rejection(createClient({ baseUrl }).clicks.record(click));
    expect(error).toMatchObject({ code: 'slug_taken', status, detail: 'It is slug_taken.' });
    expect(received).toHaveLength(1);
  });

  test('a twin in flight is waited for', async () => {
    const { baseUrl, received } = await startServer((_, response, count) =>
      count < 2 ? problem(response, 409, 'idempotency_in_flight') : json(response, answer, 201),
    );
    await createClient({ baseUrl }).clicks.record(click);
    expect(received).toHaveLength(2);
  });

  test('the last refusal is told as it was', async () => {
    const { baseUrl, received } = await startServer((_, response) => problem(response, 503, 'overloaded'));
    const error = await rejection(createClient({ baseUrl, retry: 1 }).contests.list());
    expect(error).toMatchObject({ code: 'overloaded', status: 503, detail: 'It is overloaded.' });
    expect(received).toHaveLength(2);
  });

  test('Retry-After is obeyed, or given up on at once when it is longer than the call may take', async () => {
    const { baseUrl, received } = await startServer(({ url }, response, count) =>
      count === 2
        ? json(response, {})
        : problem(response, 429, 'too_many_requests', { 'retry-after': url.at(-1) ?? '' }),
    );
    const client = createClient({ baseUrl, timeout: 3000 });
    const begin = performance.now();
    await client.contests.get({ contest: '1' });
    expect(performance.now() - begin).toBeGreaterThan(980);
    expect(await rejection(client.contests.get({ contest: '9' }))).toMatchObject({ retryAfter: 9, status: 429 });
    expect(received).toHaveLength(3);
  });

  test('a lost connection is tried again; nobody there is a network error', async () => {
    const { baseUrl, received, close } = await startServer((_, response, count) =>
      count < 2 ? response.destroy() : json(response, answer, 201),
    );
    await createClient({ baseUrl }).clicks.record(click);
    expect(received[1]?.headers['idempotency-key']).toBe(received[0]?.headers['idempotency-key']);
    await close();
    const error = await rejection(createClient({ baseUrl, retry: 0 }).contests.list());
    expect(error).toMatchObject({ code: 'network_error', status: 0 });
  });

  test('the whole call ends after its timeout, and at once when aborted', async () => {
    const { baseUrl } = await startServer((_, response) => problem(response, 503, 'unavailable'));
    const client = createClient({ baseUrl, retry: 50, timeout: 500 });
    expect(await rejection(client.contests.list())).toMatchObject({ code: 'timeout', status: 0 });
    const controller = new AbortController();
    const call = rejection(client.contests.list({}, { signal: controller.signal }));
    setTimeout(() => controller.abort('left'), 30);
    expect(await call).toBe('left');
    const hanging = await startServer((_, response) => response.writeHead(200).write('{'));
    const slow = createClient({ baseUrl: hanging.baseUrl, timeout: 100 });
    expect(await rejection(slow.contests.list())).toMatchObject({ code: 'timeout' });
  });
});

test('a base address must be one', () => {
  expect(() => createClient({ baseUrl: '/api' })).toThrow('must be absolute outside a browser');
});

test('a fetch of the host is used, with a Request', async () => {
  const seen: string[] = [];
  const client = createClient({
    baseUrl: 'https://in.process/api',
    key: 'sk_1',
    fetch: async (input) => {
      const request = input as Request;
      seen.push(`${request.method} ${request.url} ${request.headers.get('authorization')} ${await request.text()}`);
      return Response.json(answer);
    },
  });
  await client.clicks.record(click);
  expect(seen).toEqual(['POST https://in.process/api/clicks Bearer sk_1 {"referralCode":"ANA"}']);
});

describe('validate', () => {
  test('a wrong input is refused before it is sent, with the place of each fault', async () => {
    const { baseUrl, received } = await startServer((_, response) => json(response, answer));
    const client = createClient({ baseUrl, validate: contract });
    const wrong = {
      program: '',
      participant: 'u',
      event: 'Purchase',
      idempotencyKey: 'k',
      metadata: { 'a/b': 'x'.repeat(501) },
    };
    expect(await rejection(client.conversions.create(wrong))).toMatchObject({
      code: 'validation_failed',
      status: 422,
      errors: [{ pointer: '#/program' }, { pointer: '#/event' }, { pointer: '#/metadata/a~1b' }],
    });
    expect(await rejection(client.contests.get({ contest: 'x'.repeat(201) }))).toMatchObject({
      code: 'validation_failed',
    });
    expect(await rejection(client.contests.list({ limit: 101 }))).toMatchObject({ errors: [{ pointer: '#/limit' }] });
    expect(received).toHaveLength(0);
    expect(await client.clicks.record(click)).toEqual(answer);
    expect(received[0]?.body).toBe(JSON.stringify(click));
  });

  test('a wrong answer is an unexpected one; fields added by a newer server stay', async () => {
    const { baseUrl } = await startServer((_, response, count) =>
      json(response, count === 1 ? { ...answer, clickId: 7 } : { ...answer, colour: 'red' }),
    );
    const client = createClient({ baseUrl, validate: contract });
    expect(await rejection(client.clicks.record(click))).toMatchObject({
      code: 'unexpected_response',
      errors: [{ pointer: '#/clickId' }],
    });
    expect(await client.clicks.record(click)).toEqual({ ...answer, colour: 'red' });
  });
});

describe('paginate', () => {
  const pages: Record<string, unknown> = {
    first: { items: [1, 2], nextCursor: 'second' },
    second: { items: [], nextCursor: 'third' },
    third: { items: [3], nextCursor: null },
  };

  test('gives every item of every page and keeps the input', async () => {
    const { baseUrl, received } = await startServer(({ url }, response) =>
      json(response, pages[new URL(url, 'http://x').searchParams.get('cursor') ?? 'first']),
    );
    const client = createFetchClient({ baseUrl });
    const items: unknown[] = [];
    for await (const row of paginate(client.leaderboards.list, { contest: 'spring', limit: 2 })) items.push(row);
    expect(items).toEqual([1, 2, 3]);
    expect(received.map(({ url }) => url)).toEqual([
      '/api/contests/spring/leaderboard?limit=2',
      '/api/contests/spring/leaderboard?limit=2&cursor=second',
      '/api/contests/spring/leaderboard?limit=2&cursor=third',
    ]);
  });

  test('asks for a page only when the loop gets there', async () => {
    const { baseUrl, received } = await startServer((_, response) => json(response, pages.first));
    for await (const _ of paginate(createFetchClient({ baseUrl }).programs.list)) break;
    expect(received).toHaveLength(1);
  });
});
