import { describe, expect, it } from 'vitest';
import { createOrigins } from './origins.ts';
import { requestArrival } from './request-arrival.ts';

const request = (origin: string | null, { url = 'https://shop.example/api/clicks', method = 'POST', site = '' } = {}) =>
  requestArrival(
    new Request(url, {
      method,
      headers: { ...(origin !== null && { origin }), ...(site && { 'sec-fetch-site': site }) },
    }),
  );

const tricks = [
  ...[
    'null',
    'NULL',
    '*',
    'undefined',
    'https://',
    'https:',
    'https',
    '//shop.example',
    'shop.example',
    'file://',
    'about:blank',
  ],
  ...[
    'http://shop.example',
    'ftp://shop.example',
    'ws://shop.example',
    'HTTPS://shop.example',
    'https://SHOP.example',
    'https:shop.example',
  ],
  ...[
    'https://shop.example/',
    'https://shop.example/api',
    'https://shop.example?',
    'https://shop.example#',
    'https://shop.example:443',
  ],
  ...[
    'https://shop.example.',
    'https://shop.example.evil.example',
    'https://evilshop.example',
    'https://sub.shop.example',
    'https://example',
  ],
  ...[
    'https://shop.example:8443',
    'https://shop.example:80',
    'https://shop.example@evil.example',
    'https://user@shop.example',
    'https://:@shop.example',
  ],
  ...[
    'https://shop.example%00.evil.example',
    'https://shop.example%2eevil.example',
    'https://shop-example',
    'https://shopxexample',
    'https://ѕhop.example',
  ],
  ...[
    'https://shop.example,https://evil.example',
    'https://shop.example https://evil.example',
    'https://evil.example',
    'https://evil.example/https://shop.example',
  ],
  ...[
    'https://xn--hop-9za.example',
    'chrome-extension://shop.example',
    'moz-extension://shop.example',
    'https://[::1]',
    'https://0x7f000001',
    'blob:https://shop.example',
  ],
].filter((origin) => /^[\x20-\x7e]*$/.test(origin));

describe('origins', () => {
  const origins = createOrigins(undefined, ['https://app.example']);

  it(`know the API’s own among ${tricks.length} that only look like it`, () => {
    expect(tricks.length).toBeGreaterThanOrEqual(40);
    expect(origins.isOwn(request('https://shop.example'))).toBe(true);
    expect(tricks.filter((origin) => origins.isOwn(request(origin)))).toEqual([]);
    expect(tricks.filter((origin) => origins.mayUseSession(request(origin)))).toEqual([]);
    expect(tricks.filter((origin) => origins.isSessionOrigin(origin))).toEqual([]);
  });

  it('take a request from no page at all for their own', () => {
    expect(origins.isOwn(request(null))).toBe(true);
  });

  it('know the public address where a proxy hides it, and HTTPS pages of an API that sees plain HTTP', () => {
    const behind = createOrigins('https://shop.example/api', []);
    const inside = { url: 'http://10.0.0.7:3000/api/clicks' };
    expect(behind.isOwn(request('https://shop.example', inside))).toBe(true);
    expect(behind.isOwn(request('http://shop.example', inside))).toBe(false);
    expect(behind.isOwn(request('https://evil.example', inside))).toBe(false);
    expect(origins.isOwn(request('https://shop.example', { url: 'http://shop.example/api/clicks' }))).toBe(true);
  });

  it('let the host’s session be used by its own pages, and by others only where the host says so', () => {
    expect(origins.mayUseSession(request('https://shop.example'))).toBe(true);
    expect(origins.mayUseSession(request('https://app.example'))).toBe(true);
    for (const origin of [
      'https://app.example/',
      'http://app.example',
      'https://app.example.evil.example',
      'https://evil.example',
    ]) {
      expect(origins.mayUseSession(request(origin)), origin).toBe(false);
    }
  });

  it('believe the browser about where a request without an origin comes from', () => {
    for (const site of ['same-origin', 'none']) expect(origins.mayUseSession(request(null, { site }))).toBe(true);
    for (const site of ['cross-site', 'same-site', 'garbage']) {
      expect(origins.mayUseSession(request(null, { site })), site).toBe(false);
      // Reading changes nothing, and a foreign page cannot see the answer.
      expect(origins.mayUseSession(request(null, { site, method: 'GET' }))).toBe(true);
    }
  });
});
