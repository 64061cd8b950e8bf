// @vitest-environment happy-dom
// @vitest-environment-options { "settings": { "fetch": { "disableSameOriginPolicy": true } } }
import { describe, expect, test } from 'vitest';
import { otherId, page, startApi, visit } from '../test/attribution.ts';

describe('carry', () => {
  const arrive = async () => visit((await startApi()).baseUrl, `${page}?via=ANA&rid=${otherId}`);

  test('into addresses on the same origin alone', async () => {
    const attribution = await arrive();
    expect(attribution.carry('/signup?plan=pro#a')).toBe(
      `https://shop.example/signup?plan=pro&ref=ANA&rid=${otherId}#a`,
    );
    expect(attribution.carry(new URL('https://shop.example/?ref=BOB'))).toContain('?ref=ANA&');
    expect(attribution.carry('https://pay.example/x')).toBe('https://pay.example/x');
    expect(attribution.carry('mailto:a@b.c')).toBe('mailto:a@b.c');
    const link = Object.assign(document.createElement('a'), { href: 'https://shop.example/signup' });
    attribution.carry(link);
    expect(link.href).toBe(`https://shop.example/signup?ref=ANA&rid=${otherId}`);
    const away = Object.assign(document.createElement('a'), { href: 'https://pay.example/x' });
    attribution.carry(away);
    expect(away.href).toBe('https://pay.example/x');
  });

  test('into addresses on other origins of the same owner, as listed, and nowhere else', async () => {
    const origins = ['https://app.other.example', 'https://pay.example:8443'];
    const attribution = await visit((await startApi()).baseUrl, `${page}?via=ANA&rid=${otherId}`, { origins });
    expect(attribution.carry('https://app.other.example/start?a=1')).toBe(
      `https://app.other.example/start?a=1&ref=ANA&rid=${otherId}`,
    );
    expect(attribution.carry('https://pay.example:8443/')).toContain('?ref=ANA&');
    for (const address of [
      'https://pay.example/',
      'http://app.other.example/',
      'https://other.example/',
      'https://app.other.example.evil.example/',
      'https://app.other.example@evil.example/',
      'mailto:a@b.c',
      'data:text/html,x',
    ]) {
      expect(attribution.carry(address)).toBe(address);
    }
    const link = Object.assign(document.createElement('a'), { href: 'https://app.other.example/' });
    attribution.carry(link);
    expect(link.href).toBe(`https://app.other.example/?ref=ANA&rid=${otherId}`);
  });

  test('and there it is how the visitor came', async () => {
    const from = await visit((await startApi()).baseUrl, `${page}?ref=ANA`, { origins: ['https://app.example'] });
    const next = await visit((await startApi()).baseUrl, from.carry('https://app.example/start'));
    expect(next.get()).toMatchObject({ referralCode: 'ANA', clickId: expect.any(String) });
  });

  test('and from there to the next page, without a second click', async () => {
    const attribution = await arrive();
    const { baseUrl, received } = await startApi();
    const next = await visit(baseUrl, attribution.carry('/signup'));
    expect(next.get()).toMatchObject({ referralCode: 'ANA', clickId: otherId });
    expect(received).toHaveLength(0);
  });

  test('into a form, as hidden fields, once', async () => {
    const attribution = await arrive();
    const form = document.createElement('form');
    form.append(Object.assign(document.createElement('input'), { name: 'ref', value: 'typed' }));
    attribution.carry(form);
    attribution.carry(form);
    expect([...new FormData(form)]).toEqual([
      ['ref', 'ANA'],
      ['rid', otherId],
    ]);
    expect([...form.querySelectorAll('input')].map(({ type }) => type)).toEqual(['hidden', 'hidden']);
  });

  test('nothing when nobody referred', async () => {
    const attribution = await visit((await startApi()).baseUrl, page);
    const form = document.createElement('form');
    attribution.carry(form);
    expect(form.childElementCount).toBe(0);
    expect(attribution.carry('/signup')).toBe('/signup');
  });
});
