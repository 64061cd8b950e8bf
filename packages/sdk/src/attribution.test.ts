// @vitest-environment happy-dom
// @vitest-environment-options { "settings": { "fetch": { "disableSameOriginPolicy": true } } }
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { clickId, day, otherId, page, startApi, visit } from '../test/attribution.ts';
import { json, startServer } from '../test/server.ts';
import type { AttributionOptions } from './attribution.ts';

beforeEach(() => {
  localStorage.clear();
  vi.useRealTimers();
});

describe('reading the address', () => {
  test('the click is sent with the publishable key, without the query of the page', async () => {
    const { baseUrl, received } = await startApi();
    const attribution = await visit(baseUrl, `${page}?ref=ANA&email=a@b.c#top`, { channel: 'whatsapp' });
    expect(received[0]).toMatchObject({ method: 'POST', url: '/api/clicks' });
    expect(received[0]?.headers).toMatchObject({ authorization: 'Bearer pk_1', 'idempotency-key': expect.any(String) });
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({
      referralCode: 'ANA',
      landingUrl: page,
      channel: 'whatsapp',
      consent: false,
    });
    expect(attribution.get()).toEqual({ referralCode: 'ANA', clickId, at: expect.stringMatching(/Z$/) });
  });

  test.each([
    ['?ref=ANA&channel=whatsapp', undefined, 'whatsapp'],
    ['?ref=ANA&channel=whatsapp', 'letter', 'letter'],
    ['?ref=ANA&channel=', undefined, undefined],
    ['?ref=ANA&channel=a+b', undefined, undefined],
    [`?ref=ANA&channel=${'x'.repeat(41)}`, undefined, undefined],
  ])('the channel of %s, told %s, is %s', async (query, channel, expected) => {
    const { baseUrl, received } = await startApi();
    await visit(baseUrl, page + query, channel === undefined ? {} : { channel });
    expect(JSON.parse(received[0]?.body ?? '').channel).toBe(expected);
  });

  test('of the query only ids of paid clicks are told', async () => {
    const { baseUrl, received } = await startApi();
    const query = '?gclid=a&fbclid=b&msclkid=c&wbraid=d&email=a@b.c&rid=7&clidx=8&ref=ANA';
    await visit(baseUrl, page + query);
    expect(JSON.parse(received[0]?.body ?? '').landingUrl).toBe(`${page}?gclid=a&fbclid=b&msclkid=c&wbraid=d`);
  });

  test.each(['via', 'fpr', 'fp_ref', 'grsf', 'refcode', '_saasquatch', 'ucc', 'referralCode'])('?%s=', async (name) => {
    const { baseUrl, received } = await startApi();
    expect((await visit(baseUrl, `${page}?${name}=ANA`)).get()).toMatchObject({ referralCode: 'ANA' });
    expect(received).toHaveLength(1);
  });

  test('parameters of the host’s own, the first possible one winning', async () => {
    const { baseUrl } = await startApi();
    const options = { parameters: ['friend', 'ref'] };
    expect((await visit(baseUrl, `${page}?ref=BOB&friend=ANA`, options)).get()?.referralCode).toBe('ANA');
    expect((await visit(baseUrl, `${page}?ref=BOB&friend=a+b`, options)).get()?.referralCode).toBe('BOB');
    expect((await visit(baseUrl, `${page}?via=BOB`, options)).get()).toBeUndefined();
  });

  test('a click the server recorded while redirecting is not sent again', async () => {
    const { baseUrl, received } = await startApi();
    const both = await visit(baseUrl, `${page}?ref=ANA&rid=${otherId}`);
    expect(both.get()).toMatchObject({ referralCode: 'ANA', clickId: otherId });
    const alone = (await visit(baseUrl, `${page}?rid=${otherId}`)).get();
    expect(alone).toEqual({ clickId: otherId, at: expect.any(String) });
    expect(received).toHaveLength(0);
  });

  test.each(['', '?ref=', '?ref=ab', '?ref=<script>', '?rid=7', `?ref=${'x'.repeat(41)}`])(
    'nothing in %j',
    async (query) => {
      const { baseUrl, received } = await startApi();
      expect((await visit(baseUrl, page + query)).get()).toBeUndefined();
      expect(received).toHaveLength(0);
    },
  );
});

describe('consent', () => {
  test.each<[string, AttributionOptions['consent']]>([
    ['by default', undefined],
    ['refused', false],
    ['refused when asked', async () => false],
    ['not to be found out', () => Promise.reject(new Error('no CMP'))],
  ])('%s: nothing is stored, the touch lives as long as the page', async (_, consent) => {
    const { baseUrl } = await startApi();
    const attribution = await visit(baseUrl, `${page}?ref=ANA`, consent === undefined ? {} : { consent });
    expect(attribution.get()).toMatchObject({ referralCode: 'ANA' });
    expect(localStorage.length).toBe(0);
    expect(document.cookie).toBe('');
    expect((await visit(baseUrl, page)).get()).toBeUndefined();
  });

  test.each<[string, AttributionOptions['consent']]>([
    ['given', true],
    ['given when asked', async () => true],
  ])('%s: the touch is there on the next page, and the server may set its cookie', async (_, consent = false) => {
    const { baseUrl, received } = await startApi();
    await visit(baseUrl, `${page}?ref=ANA`, { consent });
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ consent: true });
    expect((await visit(baseUrl, page, { consent })).get()).toMatchObject({ referralCode: 'ANA', clickId });
    expect((await visit(baseUrl, page)).get()).toBeUndefined();
    expect(received).toHaveLength(1);
  });

  test('given or withdrawn later', async () => {
    const { baseUrl } = await startApi();
    const attribution = await visit(baseUrl, `${page}?ref=ANA`);
    attribution.setConsent(true);
    expect((await visit(baseUrl, page, { consent: true })).get()).toMatchObject({ clickId });
    attribution.setConsent(false);
    expect(localStorage.length).toBe(0);
    expect(attribution.get()).toMatchObject({ clickId });
  });
});

describe('which touch counts', () => {
  const consent = true;

  test('the last, or the first', async () => {
    const { baseUrl, received } = await startApi();
    await visit(baseUrl, `${page}?ref=ANA`, { consent });
    expect((await visit(baseUrl, `${page}?ref=BOB`, { consent, model: 'first' })).get()?.referralCode).toBe('ANA');
    expect((await visit(baseUrl, `${page}?ref=BOB`, { consent })).get()?.referralCode).toBe('BOB');
    expect((await visit(baseUrl, page, { consent })).get()?.referralCode).toBe('BOB');
    expect(received.map(({ body }) => JSON.parse(body).referralCode)).toEqual(['ANA', 'BOB', 'BOB']);
  });

  test('a reload is the same touch, a visit an hour later a new one', async () => {
    const { baseUrl, received } = await startApi();
    const first = (await visit(baseUrl, `${page}?ref=ANA`, { consent })).get();
    expect((await visit(baseUrl, `${page}?ref=ANA`, { consent })).get()).toEqual(first);
    expect(received).toHaveLength(1);
    vi.useFakeTimers({ now: Date.now() + 3_600_000, toFake: ['Date'] });
    expect((await visit(baseUrl, `${page}?ref=ANA`, { consent })).get()?.at).not.toBe(first?.at);
    expect(received).toHaveLength(2);
  });

  test('until it expires: when the server says so, or after windowDays', async () => {
    const { baseUrl } = await startApi();
    await visit(baseUrl, `${page}?ref=ANA`, { consent });
    await visit(baseUrl, page, { consent });
    vi.useFakeTimers({ now: Date.now() + 6.9 * day, toFake: ['Date'] });
    const later = await visit(baseUrl, page, { consent });
    expect(later.get()).toBeDefined();
    vi.setSystemTime(Date.now() + 0.2 * day);
    expect(later.get()).toBeUndefined();
    expect((await visit(baseUrl, page, { consent })).get()).toBeUndefined();
    const unknown = await visit(baseUrl, `${page}?rid=${clickId}`, { windowDays: 2 });
    vi.setSystemTime(Date.now() + 2 * day - 1);
    expect(unknown.get()).toBeDefined();
    vi.setSystemTime(Date.now() + 1);
    expect(unknown.get()).toBeUndefined();
  });

  test('each programme by itself, named to the server', async () => {
    const { baseUrl, received } = await startApi();
    await visit(baseUrl, `${page}?ref=ANA`, { consent, program: 'friends' });
    await visit(baseUrl, `${page}?partner=BOB`, { consent, program: 'partners', parameters: ['partner'] });
    expect((await visit(baseUrl, page, { consent, program: 'friends' })).get()?.referralCode).toBe('ANA');
    expect((await visit(baseUrl, page, { consent, program: 'partners' })).get()?.referralCode).toBe('BOB');
    expect((await visit(baseUrl, page, { consent })).get()).toBeUndefined();
    expect(received.map(({ body }) => JSON.parse(body).program)).toEqual(['friends', 'partners']);
    (await visit(baseUrl, page, { consent, program: 'partners' })).setConsent(false);
    expect(Object.keys(localStorage)).toEqual(['laurel_attribution_friends']);
  });
});

describe('nothing reaches the page', () => {
  test('no server: the code is known, and the click sent on the next page under the same key', async () => {
    const { baseUrl, received } = await startServer((_, response, count) =>
      count < 3
        ? response.writeHead(502).end('<html>')
        : json(response, { clickId, expiresAt: '2999-01-01T00:00:00Z' }),
    );
    const consent = true;
    const attribution = await visit(baseUrl, `${page}?ref=ANA`, { consent });
    expect(attribution.get()).toEqual({ referralCode: 'ANA', at: expect.any(String) });
    await visit(baseUrl, page, { consent });
    expect((await visit(baseUrl, page, { consent })).get()).toMatchObject({ clickId });
    expect(new Set(received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  });

  test('storage that is closed or holds nonsense', async () => {
    const { baseUrl } = await startApi();
    for (const nonsense of ['{', 'null', '7', '{"at":1}', '{"at":"x","expiresAt":"y"}']) {
      localStorage.setItem('laurel_attribution', nonsense);
      expect((await visit(baseUrl, page, { consent: true })).get()).toBeUndefined();
    }
    const closed = () => {
      throw new DOMException('no', 'SecurityError');
    };
    vi.stubGlobal('localStorage', { getItem: closed, setItem: closed, removeItem: closed });
    const attribution = await visit(baseUrl, `${page}?ref=ANA`, { consent: true });
    attribution.setConsent(false);
    expect(attribution.get()).toMatchObject({ clickId });
    vi.unstubAllGlobals();
  });

  test('addresses that are none', async () => {
    const attribution = await visit('http://127.0.0.1:1', 'about:blank');
    expect(attribution.get()).toBeUndefined();
    expect((await visit('http://127.0.0.1:1', '')).carry('/a')).toBe('/a');
    expect((await visit('http://127.0.0.1:1', `${page}?ref=ANA`)).carry('http://[')).toBe('http://[');
  });
});
