import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { ask, dump, seed, storageName, testLaurel } from './support.ts';

const shop = 'https://shop.example';

describe(`the host’s session (${storageName})`, () => {
  let laurel: TestLaurel;

  beforeAll(async () => {
    laurel = await testLaurel({
      background: false,
      sessionOrigins: ['https://account.example'],
      identify: (request) => /session=(\w+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? null,
    });
    await seed(laurel.api, ['ada', 'bob', 'cleo']);
  });

  const bind = async (cookie: string, headers: Record<string, string>) => {
    const { referralCode } = await laurel.api.programs.me({ program: 'friends', participant: 'ada' });
    return ask(laurel, 'POST', '/referrals', {
      body: { program: 'friends', referralCode },
      headers: { cookie, ...headers },
    });
  };
  const me = (headers: Record<string, string>) => ask(laurel, 'GET', '/programs/friends/me', { headers });

  it('signs its participant in on the API’s own pages and the origins named', async () => {
    expect((await me({ cookie: 'session=ada' })).json.program).toBe('friends');
    expect((await me({ cookie: 'session=ada', origin: shop })).status).toBe(200);
    expect((await bind('session=bob', { origin: 'https://account.example' })).status).toBe(201);
    expect((await me({ cookie: 'session=nobody' })).status).toBe(401);
    expect((await me({})).status).toBe(401);
  });

  it('is nothing to a page of a foreign site (CSRF), however it asks', async () => {
    const before = await dump(laurel);
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'https://shop.example.evil.example' },
      { origin: 'http://shop.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) {
      for (const type of [
        'application/json',
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
      ]) {
        expect(await bind('session=cleo', { ...headers, 'content-type': type })).toMatchObject({ status: 401 });
      }
    }
    expect(await dump(laurel)).toEqual(before);
  });

  it('does nothing by a form even on the API’s own pages', async () => {
    const before = await dump(laurel);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      expect((await bind('session=cleo', { origin: shop, 'content-type': type })).status).toBe(415);
    }
    expect(await dump(laurel)).toEqual(before);
  });

  it('is stronger than a publishable key beside it, and never stronger than its participant', async () => {
    const headers = { cookie: 'session=ada', origin: shop };
    const answer = await ask(laurel, 'GET', '/programs/friends/me', { credential: laurel.publishableKey, headers });
    expect(answer.status).toBe(200);
    expect((await ask(laurel, 'GET', '/programs', { headers })).status).toBe(403);
    expect((await ask(laurel, 'GET', '/participants/bob', { headers })).status).toBe(404);
  });
});
