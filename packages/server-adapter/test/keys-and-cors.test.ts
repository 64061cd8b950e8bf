import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { ask, dump, seed, storageName, testLaurel } from './support.ts';

const shop = 'https://shop.example';

describe(`keys (${storageName})`, () => {
  let laurel: TestLaurel;

  beforeAll(async () => {
    laurel = await testLaurel({ background: false });
    await seed(laurel.api);
  });

  it('are shown once and never kept: the whole schema holds their hash alone', async () => {
    const secret = await laurel.keys.create('secret', { name: 'backend' });
    const publishable = await laurel.keys.create('publishable', { origins: ['https://app.example'] });
    expect(secret).toMatchObject({ kind: 'secret', name: 'backend', origins: [], revokedAt: null });
    expect(secret.key).toMatch(/^sk_[A-Za-z0-9_-]{32}$/);
    expect(publishable.key).toMatch(/^pk_[A-Za-z0-9_-]{32}$/);
    expect(secret.hint).toBe(secret.key.slice(0, 7));
    const everything = JSON.stringify(await dump(laurel));
    for (const { key } of [secret, publishable]) {
      expect(everything).not.toContain(key.slice(8));
      expect(everything).not.toContain(Buffer.from(key).toString('hex'));
      expect(everything).not.toContain(Buffer.from(key).toString('base64url'));
    }
    const listed = JSON.stringify(await laurel.keys.list());
    expect(listed).toContain(secret.id);
    expect(listed).not.toContain(secret.key.slice(8));
  });

  it('work from the moment they are made, and not at all once revoked', async () => {
    const { key, id } = await laurel.keys.create('secret');
    expect((await ask(laurel, 'GET', '/programs', { credential: key })).status).toBe(200);
    expect(await laurel.keys.revoke(id)).toBe(true);
    expect(await laurel.keys.revoke(id)).toBe(false);
    expect(await laurel.keys.revoke('nothing')).toBe(false);
    const node = await testLaurel({ schema: laurel.schema, background: false });
    expect(await ask(node, 'GET', '/programs', { credential: key })).toMatchObject({ status: 401 });
    expect((await laurel.keys.list()).find((each) => each.id === id)?.revokedAt).toBeTruthy();
  });

  it('are taken from nowhere but the Authorization header', async () => {
    for (const path of [`/programs?key=${laurel.secretKey}`, `/programs?access_token=${laurel.secretKey}`]) {
      expect((await ask(laurel, 'GET', path)).status).toBe(401);
    }
    for (const name of ['cookie', 'x-api-key', 'x-laurel-key']) {
      expect((await ask(laurel, 'GET', '/programs', { headers: { [name]: laurel.secretKey } })).status).toBe(401);
    }
    for (const authorization of [
      `bearer ${laurel.secretKey}`,
      `Bearer  ${laurel.secretKey}`,
      `Bearer ${laurel.secretKey}, x`,
      laurel.secretKey,
    ]) {
      const { status } = await ask(laurel, 'GET', '/programs', { headers: { authorization } });
      expect(status, authorization).toBe(authorization.startsWith('bearer') ? 200 : 401);
    }
  });
});

describe(`CORS (${storageName})`, () => {
  let laurel: TestLaurel;
  const get = (origin: string, path = '/contests', credential = laurel.publishableKey) =>
    ask(laurel, 'GET', path, { credential, headers: { origin } });

  beforeAll(async () => {
    laurel = await testLaurel({
      background: false,
      keys: [{ key: 'pk_0123456789abcdef', origins: ['https://app.example', 'https://blog.example:8443'] }],
      sessionOrigins: ['https://account.example'],
    });
    await seed(laurel.api);
  });

  it('answers a preflight with what the API takes, without asking who is there', async () => {
    const headers = { origin: 'https://app.example', 'access-control-request-method': 'PATCH' };
    const answer = await ask(laurel, 'OPTIONS', '/contests/spring', { headers });
    expect(answer).toMatchObject({ status: 204, text: '' });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': 'https://app.example',
      'access-control-allow-methods': 'GET, POST, PATCH, DELETE',
      'access-control-allow-headers': 'Authorization, Content-Type, Idempotency-Key, Last-Event-ID',
      vary: 'Origin',
    });
    expect((await ask(laurel, 'OPTIONS', '/nothing', { headers })).status).toBe(404);
    const foreign = await ask(laurel, 'OPTIONS', '/contests', { headers: { origin: 'https://evil.example' } });
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('echoes exactly the origin asked from, never a list, a pattern or a star', async () => {
    const key = 'pk_0123456789abcdef';
    for (const origin of ['https://app.example', 'https://blog.example:8443']) {
      const { status, headers } = await get(origin, '/contests', key);
      expect([status, headers.get('access-control-allow-origin'), headers.get('vary')]).toEqual([
        200,
        origin,
        'Origin',
      ]);
      expect(headers.get('access-control-allow-credentials')).toBeNull();
      expect(headers.get('access-control-expose-headers')).toContain('Retry-After');
    }
    const tricks = [
      'null',
      'https://app.example/',
      'http://app.example',
      'https://app.example.evil.example',
      'https://xapp.example',
      'https://app.example:444',
      'https://blog.example',
      'https://APP.example',
      '*',
      'https://app.example, https://evil.example',
    ];
    for (const origin of tricks) {
      const { status, headers, json } = await get(origin, '/contests', key);
      expect([status, json.code], origin).toEqual([403, 'origin_not_allowed']);
      expect(headers.get('access-control-allow-origin'), origin).toBeNull();
      expect(headers.get('vary')).toBe('Origin');
    }
  });

  it('keeps the origins of one key from another', async () => {
    expect((await get('https://app.example')).status).toBe(403);
    expect((await get(shop)).status).toBe(200);
  });

  it('lets a refused page read why, where it may read at all', async () => {
    const answer = await get('https://app.example', '/contests/nothing', 'pk_0123456789abcdef');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.example');
  });

  it('allows cookies to the host’s own session origins alone', async () => {
    const { headers } = await ask(laurel, 'GET', '/livez', { headers: { origin: 'https://account.example' } });
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(headers.get('access-control-allow-origin')).toBe('https://account.example');
  });
});
