import { pino } from 'pino';
import { beforeAll, describe, expect, it } from 'vitest';
import { migrations, titleOf } from '../src/db/migrations/index.ts';
import type { TestLaurel } from '../src/testing.ts';
import { ask, plainLaurel, refer, seed, sql, storageName, testLaurel } from './support.ts';

const logger = pino({ level: 'silent' });
const key = 'sk_0123456789abcdef0123';

describe(`health (${storageName})`, () => {
  let laurel: TestLaurel;

  beforeAll(async () => {
    laurel = await testLaurel({ background: false, logger });
    await seed(laurel.api, ['ada@example.com', 'bob@example.com']);
    await refer(laurel.api, 'ada@example.com', 'bob@example.com');
    const purchase = {
      program: 'friends',
      participant: 'bob@example.com',
      event: 'purchase',
      idempotencyKey: 'order-1',
    };
    for (let turn = 0; turn < 3; turn++) await laurel.api.conversions.create(purchase);
  });

  it('is live and ready once it runs', async () => {
    for (const path of ['/livez', '/readyz']) {
      expect(await ask(laurel, 'GET', path)).toMatchObject({ status: 200, json: { status: 'ok' } });
      expect(await ask(laurel, 'HEAD', path)).toMatchObject({ status: 200, text: '' });
    }
  });

  it('is live but not ready while migrations are pending, and says so to a page as well', async () => {
    const waiting = await plainLaurel({ migrations: 'manual', background: false, logger, keys: [{ key }] });
    const get = async (path: string, headers: Record<string, string> = {}) => {
      const response = await waiting.fetch(new Request(`https://shop.example/api${path}`, { headers }));
      return { status: response.status, ...((await response.json()) as object) };
    };
    const foreign = { origin: 'https://app.example' };
    for (const headers of [{}, foreign]) {
      expect(await get('/livez', headers)).toMatchObject({ status: 'ok' });
      expect(await get('/readyz', headers)).toMatchObject({
        status: 503,
        code: 'unavailable',
        detail: expect.stringContaining('laurel migrate'),
      });
      expect(await get('/programs', { ...headers, authorization: `Bearer ${key}` })).toMatchObject({
        status: 503,
        code: 'unavailable',
      });
    }
    await expect(waiting.start()).rejects.toThrow(/laurel migrate/);
    expect(await waiting.migrate()).toEqual(migrations.map(titleOf));
    expect(await waiting.migrate()).toEqual([]);
    await expect.poll(() => get('/readyz')).toMatchObject({ status: 'ok' });
    expect(await get('/programs', { authorization: `Bearer ${key}` })).toMatchObject({ items: [] });
  });

  it('becomes ready when nobody but the probe asks', async () => {
    const probed = await plainLaurel({ jobs: false, background: false, logger });
    const ready = () => probed.fetch(new Request('https://shop.example/api/readyz'));
    await expect.poll(async () => (await ready()).status, { timeout: 10_000 }).toBe(200);
  });

  it('is not ready while it shuts down, so that nobody sends it more', async () => {
    const leaving = await plainLaurel({ jobs: false, logger });
    await leaving.start();
    const closed = leaving.close();
    const response = await leaving.fetch(new Request('https://shop.example/api/readyz'));
    expect(response.status).toBe(503);
    await closed;
  });

  it('shows its metrics to a secret key, in numbers about routes and outcomes, never about people', async () => {
    await ask(laurel, 'GET', '/contests/spring?limit=1', { credential: laurel.publishableKey });
    await ask(laurel, 'GET', '/participants/ada@example.com', { credential: laurel.secretKey });
    await ask(laurel, 'GET', '/wp-admin/ada@example.com');
    const { status, text, headers } = await ask(laurel, 'GET', '/metrics', { credential: laurel.secretKey });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(text).toContain('laurel_conversions_total{outcome="recorded"} 1');
    expect(text).toContain('laurel_conversions_total{outcome="duplicate"} 2');
    expect(text).toContain('http_route="/participants/{participant}"');
    for (const name of ['laurel_sse_connections', 'laurel_outbox_oldest_age_seconds', 'laurel_ledger_intake_rows'])
      expect(text).toContain(name);
    const people = await sql<{ id: string }>(laurel, 'select id::text from $schema.participant');
    for (const word of [
      'example.com',
      'spring',
      'friends',
      'wp-admin',
      laurel.secretKey,
      ...people.map(({ id }) => id),
    ]) {
      expect(text).not.toContain(word);
    }
  });

  it('keeps as many series however many paths and methods are asked for', async () => {
    const series = async () => {
      const { text } = await ask(laurel, 'GET', '/metrics', { credential: laurel.secretKey });
      return text.split('\n').filter((line) => line.startsWith('http_server_request_duration_seconds_count')).length;
    };
    for (const method of ['GET', 'PROPFIND', 'MADE-UP']) await ask(laurel, method, '/nothing');
    await series();
    const before = await series();
    for (let turn = 0; turn < 50; turn++) {
      await ask(laurel, `M${turn}`, `/nothing/${turn}`);
      await ask(laurel, 'GET', `/participants/person-${turn}`, { credential: laurel.secretKey });
    }
    expect(await series()).toBeLessThanOrEqual(before + 1);
  });

  it('puts an id of its own and the security headers on every answer', async () => {
    const asked: [string, string, object?][] = [
      ['GET', '/livez'],
      ['HEAD', '/livez'],
      ['OPTIONS', '/contests'],
      ['GET', '/contests', { credential: laurel.publishableKey }],
      ['GET', '/contests'],
      ['GET', '/nothing'],
      ['DELETE', '/contests'],
      ['GET', '/openapi.json'],
      ['GET', '/metrics', { credential: laurel.secretKey }],
      ['POST', '/participants', { credential: laurel.secretKey, body: '{' }],
      [
        'POST',
        '/participants',
        { credential: laurel.secretKey, body: { externalId: 'x' }, headers: { 'idempotency-key': 'y' } },
      ],
      [
        'GET',
        `/r/${(await laurel.api.programs.me({ program: 'friends', participant: 'ada@example.com' })).referralCode}`,
      ],
    ];
    const ids = new Set<string>();
    for (const [method, path, more] of asked) {
      const { headers, json } = await ask(laurel, method, path, more);
      expect(Object.fromEntries(headers), `${method} ${path}`).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      });
      const id = headers.get('x-request-id') ?? '';
      expect(id).toMatch(/^[0-9a-f-]{36}$/);
      if (json?.requestId) expect(json.requestId).toBe(id);
      ids.add(id);
    }
    expect(ids.size).toBe(asked.length);
  });

  it('does not take a request id from the caller', async () => {
    const { headers } = await ask(laurel, 'GET', '/livez', { headers: { 'x-request-id': 'mine\u00e9' } });
    expect(headers.get('x-request-id')).not.toContain('mine');
  });
});
