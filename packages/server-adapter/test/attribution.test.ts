import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { browser } from './browser.ts';
import { newcomers, seed, sql, storageName, testLaurel } from './support.ts';

const landingUrl = 'https://shop.example/';

describe(`attribution (${storageName})`, () => {
  let laurel: TestLaurel;

  const newPerson = newcomers(() => laurel);
  const codeOf = async (participant: string, program: string) =>
    (await laurel.api.programs.me({ program, participant })).referralCode;
  const bind = async (program: string, more: object) => {
    const participant = await newPerson();
    const { id } = await laurel.api.referrals.create({ program, participant, ...more });
    const { referrer, channel } = await laurel.api.referrals.get({ referral: id });
    return { referrer: (await laurel.api.participants.get({ participant: referrer })).externalId, channel, id };
  };

  beforeAll(async () => {
    laurel = await testLaurel({ background: false });
    await seed(laurel.api, ['ada', 'bea']);
    await laurel.api.programs.create({ slug: 'early', name: 'Early', landingUrl, attribution: { model: 'first' } });
    await laurel.api.programs.create({ slug: 'partners', name: 'Partners', landingUrl, legalClass: 'affiliate' });
  });

  it.each([
    ['friends', 'bea'],
    ['early', 'ada'],
  ])(
    'chooses between a named click and those of the cookie by the model of the programme: %s',
    async (program, expected) => {
      const [ada, bea] = [await codeOf('ada', program), await codeOf('bea', program)];
      const first = await browser(laurel).follow(`${ada}?channel=one`);
      const other = browser(laurel);
      const second = await other.follow(`${bea}?channel=two`);
      const channel = expected === 'ada' ? 'one' : 'two';
      const [older, newer] = [first, second].map(({ location }) => location?.searchParams.get('rid') ?? '');
      expect(await bind(program, { clickId: older, cookie: other.cookie })).toMatchObject({
        referrer: expected,
        channel,
      });
      const both = [first, second].map(({ cookies }) => cookies[0]?.split(';')[0]);
      for (const cookie of [both.join('; '), both.reverse().join('; ')]) {
        expect(await bind(program, { cookie })).toMatchObject({ referrer: expected, channel });
        expect(await bind(program, { cookie, clickId: newer })).toMatchObject({ referrer: expected, channel });
      }
    },
  );

  it('credits a click that counts where another is out of its window', async () => {
    const [ada, bea] = [await codeOf('ada', 'early'), await codeOf('bea', 'early')];
    laurel.travelTo(new Date(Date.now() - 40 * 86_400_000));
    const { clickId } = await laurel.api.clicks.record({ referralCode: ada });
    laurel.travelTo(null);
    const visitor = browser(laurel);
    await visitor.follow(bea);
    expect(await bind('early', { clickId, cookie: visitor.cookie })).toMatchObject({ referrer: 'bea' });
  });

  it('keeps the click window and the credit window apart', async () => {
    const at = new Date('2033-01-01T00:00:00Z');
    const day = 86_400_000;
    await laurel.api.programs.create({
      ...{ slug: 'windows', name: 'Windows', landingUrl, attribution: { windowDays: 7, creditWindowDays: 2 } },
    });
    laurel.travelTo(at);
    const { clickId } = await laurel.api.clicks.record({ referralCode: await codeOf('ada', 'windows') });
    laurel.travelTo(new Date(at.getTime() + 6 * day));
    const participant = await newPerson();
    await laurel.api.referrals.create({ program: 'windows', participant, clickId });
    const buy = (idempotencyKey: string) =>
      laurel.api.conversions.create({ program: 'windows', participant, event: 'purchase', idempotencyKey });
    laurel.travelTo(new Date(at.getTime() + 8 * day - 1));
    expect((await buy('in')).attributed).toBe(true);
    laurel.travelTo(new Date(at.getTime() + 8 * day));
    expect((await buy('out')).attributed).toBe(false);
    laurel.travelTo(null);
  });

  it('takes consent for given in a reward programme and for missing in an affiliate one, unless the link says', async () => {
    const cookiesOf = async (path: string) => (await browser(laurel).follow(path)).cookies.length;
    const [reward, affiliate] = [await codeOf('ada', 'friends'), await codeOf('ada', 'partners')];
    const links = [reward, `${reward}?consent=0`, affiliate, `${affiliate}?consent=1`];
    expect(await Promise.all(links.map(cookiesOf))).toEqual([1, 0, 0, 1]);
    const { location } = await browser(laurel).follow(affiliate);
    const { id } = await bind('partners', { clickId: location?.searchParams.get('rid') });
    const [row] = await sql(laurel, 'select click_consent from $schema.referral where id = $1', [id]);
    expect(row).toEqual({ click_consent: false });
  });

  it('carries the code of a link made with another product', async () => {
    await laurel.api.joining.chooseCode({ program: 'friends', participant: 'bea', code: 'old-bea', kind: 'imported' });
    expect((await laurel.api.programs.get({ program: 'friends' })).urlParameters).toEqual([
      ...['ref', 'via', 'fpr', 'fp_ref', 'grsf', 'refcode', '_saasquatch', 'ucc', 'referralCode'],
    ]);
    expect(await bind('friends', { referralCode: 'OLD-BEA' })).toMatchObject({ referrer: 'bea', channel: null });
  });
});

describe(`cookies across subdomains (${storageName})`, () => {
  const domainOf = async (laurel: TestLaurel, origin: string) => {
    const { referralCode } = await laurel.api.programs.me({ program: 'friends', participant: 'ada' });
    const response = await laurel.fetch(new Request(`${origin}/api/r/${referralCode}`));
    return /; Domain=([^;]+)/.exec(response.headers.getSetCookie()[0] ?? '')?.[1] ?? null;
  };

  it('are set for the domain above the API, and for the API’s own host where it is not below the domain', async () => {
    const laurel = await testLaurel({ background: false });
    await seed(laurel.api);
    expect(await domainOf(laurel, 'https://api.shop.example')).toBeNull();
    await laurel.api.programs.update({ program: 'friends', cookieDomain: 'shop.example' });
    expect(await domainOf(laurel, 'https://api.shop.example')).toBe('shop.example');
    expect(await domainOf(laurel, 'https://shop.example')).toBe('shop.example');
    expect(await domainOf(laurel, 'https://notshop.example')).toBeNull();
  });

  it('are refused for a domain that the configured address of the API is not in', async () => {
    const laurel = await testLaurel({ background: false, publicUrl: 'https://api.shop.example/v1' });
    await seed(laurel.api);
    const set = (cookieDomain: string) => laurel.api.programs.update({ program: 'friends', cookieDomain });
    await expect(set('other.example')).rejects.toMatchObject({
      code: 'validation_failed',
      errors: [{ pointer: '#/cookieDomain', detail: 'must be api.shop.example or a domain above it' }],
    });
    expect((await set('shop.example')).cookieDomain).toBe('shop.example');
    expect(await domainOf(laurel, 'http://10.0.0.7:3000')).toBe('shop.example');
  });
});

describe(`numbers of a programme (${storageName})`, () => {
  it('count clicks, sign-ups and conversions by what is known of them', async () => {
    const laurel = await testLaurel({ background: false });
    await seed(laurel.api, ['ada']);
    const { referralCode } = await laurel.api.programs.me({ program: 'friends', participant: 'ada' });
    const click = (consent: boolean, channel?: string) =>
      laurel.api.clicks.record({ referralCode, consent, ...(channel && { channel }) });
    const signUp = async (name: string, more: object) => {
      await laurel.api.participants.upsert({ externalId: name });
      await laurel.api.referrals.create({ program: 'friends', participant: name, ...more });
    };
    const withConsent = await Promise.all(Array.from({ length: 100 }, () => click(true, 'mail')));
    const without = await Promise.all(Array.from({ length: 50 }, () => click(false, 'chat')));
    for (const [index, { clickId }] of withConsent.slice(0, 20).entries()) await signUp(`with-${index}`, { clickId });
    for (const [index, { clickId }] of without.slice(0, 3).entries()) await signUp(`without-${index}`, { clickId });
    await signUp('typed', { referralCode });
    await laurel.api.participants.upsert({ externalId: 'stranger' });
    const conversion = await laurel.api.conversions.create({
      ...{ program: 'friends', participant: 'stranger', event: 'purchase', idempotencyKey: '1' },
    });
    await laurel.api.conversions.create({
      ...{ program: 'friends', participant: 'without-0', event: 'purchase', idempotencyKey: '2' },
    });
    await laurel.api.conversions.reverse({ conversion: conversion.id });
    const numbers = await laurel.api.programs.numbers({ program: 'friends' });
    expect(numbers).toEqual({
      program: 'friends',
      clicks: 150,
      clicksWithoutConsent: 50,
      referrals: { pending: 23, qualified: 1, approved: 0, rejected: 0, expired: 0, reversed: 0 },
      attributedBy: { code: 1, click: 23, coupon: 0, import: 0 },
      referralsWithoutConsent: 3,
      referralsLostToConsent: 7,
      conversions: 1,
      conversionsReversed: 1,
      rewards: [],
      reviewsWaiting: 0,
      channels: [
        { channel: 'mail', clicks: 100, referrals: 20 },
        { channel: 'chat', clicks: 50, referrals: 3 },
        { channel: null, clicks: 0, referrals: 1 },
      ],
    });
    const { channels } = await laurel.api.joining.channels({ program: 'friends', participant: 'ada' });
    expect(channels).toEqual([
      { channel: 'mail', clicks: 100, referrals: 20, conversions: 0 },
      { channel: 'chat', clicks: 50, referrals: 3, conversions: 1 },
      { channel: null, clicks: 0, referrals: 1, conversions: 0 },
    ]);
    // The month of the clicks is let go: they are still counted, and what was lost can no longer be told.
    await sql(laurel, 'delete from $schema.click');
    expect(await laurel.api.programs.numbers({ program: 'friends' })).toMatchObject({
      ...{ clicks: 150, clicksWithoutConsent: 0, referralsWithoutConsent: 3, referralsLostToConsent: null },
    });
    const since = new Date(Date.now() + 60_000).toISOString();
    expect(await laurel.api.programs.numbers({ program: 'friends', since })).toMatchObject({
      ...{ clicks: 0, conversions: 0, referralsWithoutConsent: 0, channels: [] },
    });
  });
});
