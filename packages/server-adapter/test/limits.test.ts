import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { dump, refer, seed, storageName, testLaurel } from './support.ts';

const body = JSON.stringify({ externalId: 'ada' });

describe(`limits (${storageName})`, () => {
  let laurel: TestLaurel;
  let token: string;
  let code: string;

  beforeAll(async () => {
    laurel = await testLaurel({
      background: false,
      trustedProxies: 1,
      limits: { read: 5, write: 3, track: 4, token: 2 },
    });
    await seed(laurel.api, ['ada', 'bob']);
    await refer(laurel.api, 'ada', 'bob');
    code = (await laurel.api.programs.me({ program: 'friends', participant: 'ada' })).referralCode;
    token = (await laurel.api.participants.createToken({ participant: 'ada' })).token;
  });

  /** Asks `times` times from an address; answers what came last. */
  const from = async (
    remoteAddress: string,
    {
      times = 1,
      method = 'GET',
      path = '/contests',
      credential = laurel.publishableKey,
      forwarded = '',
      json = '',
    } = {},
  ) => {
    let last: Response | undefined;
    for (let turn = 0; turn < times; turn++) {
      const headers = {
        ...(credential && { authorization: `Bearer ${credential}` }),
        ...(forwarded && { 'x-forwarded-for': forwarded }),
        ...(json && { 'content-type': 'application/json' }),
      };
      const request = new Request(`https://shop.example/api${path}`, { method, headers, ...(json && { body: json }) });
      last = await laurel.fetch(request, { remoteAddress });
    }
    return last as Response;
  };

  it('say what is left, and refuse what is over with the time to wait', async () => {
    const first = await from('192.0.2.1');
    expect(first.headers.get('ratelimit-policy')).toBe('"read";q=5;w=60');
    expect(first.headers.get('ratelimit')).toMatch(/^"read";r=4;t=(60|59)$/);
    expect((await from('192.0.2.1', { times: 4 })).headers.get('ratelimit')).toMatch(/^"read";r=0;/);
    const over = await from('192.0.2.1');
    expect(over.status).toBe(429);
    expect(await over.json()).toMatchObject({ code: 'too_many_requests', status: 429 });
    expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(over.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  });

  it('count each address and each class by itself', async () => {
    await from('192.0.2.2', { times: 6 });
    expect((await from('192.0.2.2')).status).toBe(429);
    expect((await from('192.0.2.3')).status).toBe(200);
    expect((await from('192.0.2.2', { path: `/r/${code}`, credential: '' })).status).toBe(302);
    expect((await from('192.0.2.2', { path: '/livez', credential: '' })).status).toBe(200);
  });

  it('count a whole /64 as one caller', async () => {
    for (let last = 1; last <= 5; last++) expect((await from(`2001:db8:7:7::${last}`)).status).toBe(200);
    expect((await from('2001:db8:7:7:ffff::1')).status).toBe(429);
    expect((await from('2001:db8:7:8::1')).status).toBe(200);
  });

  it('cannot be dodged with X-Forwarded-For', async () => {
    for (let turn = 0; turn < 5; turn++) {
      expect((await from('10.0.0.1', { forwarded: `203.0.113.${turn}, 192.0.2.4` })).status).toBe(200);
    }
    expect((await from('10.0.0.1', { forwarded: '203.0.113.99, 192.0.2.4' })).status).toBe(429);
  });

  it('cannot be dodged by another credential from the same address', async () => {
    await from('192.0.2.5', { times: 5 });
    expect((await from('192.0.2.5', { credential: token })).status).toBe(429);
  });

  it('write nothing of what they refuse', async () => {
    const click = { method: 'POST', path: '/clicks', json: JSON.stringify({ referralCode: code }) };
    expect((await from('192.0.2.6', { ...click, times: 4 })).status).toBe(201);
    const before = await dump(laurel);
    expect((await from('192.0.2.6', { ...click, times: 3 })).status).toBe(429);
    expect((await from('192.0.2.6', { path: `/r/${code}`, credential: '' })).status).toBe(429);
    expect(await dump(laurel)).toEqual(before);
  });

  it('do not hold for the host’s own backend', async () => {
    const write = { method: 'POST', path: '/participants', credential: laurel.secretKey, json: body };
    const answer = await from('192.0.2.7', { ...write, times: 12 });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('ratelimit')).toBeNull();
  });

  it('stop an address that guesses keys, wherever it tries, and nobody else', async () => {
    const guess = (path: string, times: number) =>
      from('192.0.2.8', { times, path, credential: `sk_${'x'.repeat(30)}${times}` });
    expect((await guess('/programs', 30)).status).toBe(401);
    expect((await guess('/livez', 30)).status).toBe(401);
    const over = await guess('/programs', 1);
    expect(over.status).toBe(429);
    expect(over.headers.get('retry-after')).toBeTruthy();
    expect((await from('192.0.2.9', { credential: `sk_${'y'.repeat(30)}` })).status).toBe(401);
  });
});
