import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ordinary } from '../../test/facts.ts';
import type { Facts, Found } from './facts.ts';
import { findSignals, weigh } from './judge.ts';
import { thresholds } from './modes.ts';
import { type SignalCode, weighings } from './weights.ts';

const codesOf = (given: Partial<Facts>) => findSignals(ordinary(given)).map(({ code }) => code);
const judge = (given: Partial<Facts>, mode: 'off' | 'loose' | 'normal' | 'strict' = 'normal') =>
  weigh(findSignals(ordinary(given)), mode);

const person = (email: string, name: string | null, ...domains: string[]) => ({
  email,
  names: name === null ? [] : [name],
  domains: domains.length > 0 ? domains : [email.split('@')[1] ?? ''],
});
const signups = (counts: Partial<Facts['signups']>) => ({ hour: 1, day: 1, month: 1, year: 1, ...counts });

/** For each signal: facts in which it is found, and facts that are nearly so in which it is not. */
const table: Record<SignalCode, [found: Partial<Facts>, not: Partial<Facts>]> = {
  listed_participant: [{ listed: [{ kind: 'participant', side: 'referee' }] }, { listed: [] }],
  listed_email: [{ listed: [{ kind: 'email', side: 'referrer' }] }, { listed: [] }],
  listed_domain: [{ listed: [{ kind: 'email_domain', side: 'referee' }] }, { listed: [] }],
  listed_ip: [{ listed: [{ kind: 'ip', side: 'referee' }] }, { listed: [] }],
  same_email: [{ sameMailbox: true }, {}],
  repeated_email: [{ repeatedMailbox: true }, { repeatedMailbox: true, sameMailbox: true }],
  similar_email: [
    { referrer: person('ada1@own.example', null), referee: person('ada2@own.example', null) },
    { referrer: person('ada@own.example', null), referee: person('bob@own.example', null) },
  ],
  same_name: [
    { referrer: person('a@x.example', 'Ada Lovelace'), referee: person('b@y.example', 'LOVELACE, Áda') },
    { referrer: person('a@x.example', 'Ada'), referee: person('b@y.example', 'Ada') },
  ],
  similar_name: [
    { referrer: person('a@x.example', 'Ada Lovelace'), referee: person('b@y.example', 'Ada Lovelase') },
    { referrer: person('a@x.example', 'Ada Lovelace'), referee: person('b@y.example', 'Byron Lovelace') },
  ],
  same_domain: [
    { referrer: person('a@own.example', null), referee: person('b@own.example', null) },
    { referrer: person('a@gmail.com', null), referee: person('b@gmail.com', null) },
  ],
  same_payment: [{ samePayment: true }, { sameDevice: true, sameIp: true }],
  same_device: [{ sameDevice: true, sameIp: true }, { sameIp: true }],
  same_ip: [{ sameIp: true }, {}],
  disposable_email: [{ disposable: true }, {}],
  fast_signup: [{ clickToSignup: 1_500 }, { clickToSignup: 2_500 }],
  fast_conversion: [{ signupToConversion: 4_000 }, { signupToConversion: 6_000 }],
  value_20x: [{ valueRatio: 20 }, { valueRatio: 19.9 }],
  value_10x: [{ valueRatio: 10 }, { valueRatio: 9.9 }],
  value_5x: [{ valueRatio: 5 }, { valueRatio: 4.9 }],
  velocity_day_high: [{ signups: signups({ day: 101 }) }, { signups: signups({ day: 100 }) }],
  velocity_day: [{ signups: signups({ day: 41 }) }, { signups: signups({ day: 40 }) }],
  velocity_month_high: [{ signups: signups({ month: 301 }) }, { signups: signups({ month: 300 }) }],
  velocity_month: [{ signups: signups({ month: 101 }) }, { signups: signups({ month: 100 }) }],
  velocity_year: [{ signups: signups({ year: 501 }) }, { signups: signups({ year: 500 }) }],
  velocity_ip: [{ ipSignups: 16 }, { ipSignups: 15 }],
  datacentre_ip: [{ datacentre: true }, {}],
  paid_ads: [
    { paidAdsAllowed: false, landingUrl: 'https://shop.example/?ref=ada&GCLID=1' },
    { paidAdsAllowed: true, landingUrl: 'https://shop.example/?ref=ada&gclid=1' },
  ],
  paid_ads_possible: [
    { paidAdsAllowed: false, landingUrl: 'https://shop.example/?fbclid=1' },
    { paidAdsAllowed: false, landingUrl: 'https://shop.example/?ref=fbclid' },
  ],
  reciprocal: [{ reciprocal: true }, {}],
  cycle: [{ cycle: 3 }, { cycle: null }],
  star_burst: [{ signups: signups({ hour: 31 }) }, { signups: signups({ hour: 30 }) }],
  shared_devices_many: [{ devicePeers: 25 }, { devicePeers: 24 }],
  shared_devices: [{ devicePeers: 5 }, { devicePeers: 4 }],
};

/** Facts of any kind. */
const facts: fc.Arbitrary<Facts> = fc
  .array(fc.constantFrom(...Object.values(table).map(([found]) => found)), { maxLength: 8 })
  .map((some) => ordinary(Object.assign({}, ...some)));

const all = Object.keys(weighings) as SignalCode[];
const found = (codes: readonly SignalCode[]): Found[] => codes.map((code) => ({ code, reason: '' }));
const sum = (codes: readonly SignalCode[]) => weigh(found(codes), 'normal').score;

describe('signals', () => {
  it('find nothing in an ordinary referral', () => {
    expect(judge({})).toEqual({ score: 0, decision: 'pass', signals: [] });
  });

  it.each(Object.entries(table))('%s is found where it is, and only there', (code, [given, nearly]) => {
    expect(codesOf(given)).toContain(code);
    expect(codesOf(nearly)).not.toContain(code);
  });

  it.each(['msclkid', 'ttclid', 'wbraid', 'twclid'])('of paid traffic know %s', (name) => {
    expect(codesOf({ paidAdsAllowed: false, landingUrl: `https://shop.example/?${name}=x` })).toEqual(['paid_ads']);
  });

  it('of paid traffic do not take a friend’s post on Facebook for an advertisement', () => {
    expect(judge({ paidAdsAllowed: false, landingUrl: 'https://shop.example/?fbclid=1' }, 'strict').decision).toBe(
      'pass',
    );
    const bought = 'https://shop.example/?fbclid=1&utm_medium=paid_social';
    expect(codesOf({ paidAdsAllowed: false, landingUrl: bought })).toEqual(['paid_ads']);
  });

  it('of timing say nothing where the programme binds people at the till', () => {
    const typical = { clickToSignup: 500, signupToConversion: 100 };
    expect(codesOf({ clickToSignup: 100, signupToConversion: 50, typical })).toEqual([]);
    const unknown = { clickToSignup: null, signupToConversion: null };
    expect(codesOf({ clickToSignup: 100, signupToConversion: 50, typical: unknown })).toEqual(['fast_signup']);
  });

  it('know a former employer, and a provider by how many are there', () => {
    const referrer = person('ada@new.example', null, 'new.example', 'old.example');
    const referee = person('bob@old.example', null);
    expect(codesOf({ referrer, referee })).toEqual(['same_domain']);
    expect(codesOf({ referrer, referee, domainSizes: { 'old.example': 51 } })).toEqual([]);
  });

  it('of likeness leave families and colleagues alone', () => {
    const pairs = [
      ['info@one.example', 'info@two.example'],
      ['contact@one.example', 'contact@two.example'],
      ['anna.schmidt@web.de', 'peter.schmidt@web.de'],
      ['j.smith@own.example', 'k.smith@own.example'],
    ];
    for (const [one = '', other = ''] of pairs) {
      const given = { referrer: person(one, null, 'x.example'), referee: person(other, null, 'y.example') };
      expect(judge(given).decision, one).toBe('pass');
    }
    expect(
      codesOf({ referrer: person('a@x', 'Anna Schmidt', 'x'), referee: person('b@y', 'Peter Schmidt', 'y') }),
    ).toEqual([]);
  });

  it('speak in sentences that hold nothing personal, whatever is known', () => {
    const canaries = ['canary-one', 'canary-two', 'canarydomain', 'canarylanding'];
    fc.assert(
      fc.property(facts, (some) => {
        const text = findSignals({
          ...some,
          referrer: person('canary-one@canarydomain.example', 'Canary-One Smith'),
          referee: person('canary-one2@canarydomain.example', 'Canary-One Smith'),
          landingUrl: 'https://canarylanding.example/?gclid=canary-two&fbclid=canary-two',
        });
        for (const { reason } of text) {
          expect(reason).toMatch(/^[A-Z].*\.$/);
          for (const canary of canaries) expect(reason.toLowerCase()).not.toContain(canary);
          expect(reason).not.toMatch(/@|\d+\.\d+\.\d+/);
        }
      }),
    );
  });
});

describe('the sum', () => {
  it('"any score > 0 flags" (dub#2688) does not hold: a weak signal holds nothing, nor do two', () => {
    const low = all.filter((code) => weighings[code].severity === 'low');
    for (const one of low) {
      for (const other of low) {
        expect(sum([one, other])).toBeLessThan(thresholds.strict.hold);
        expect(sum([one, other])).toBeLessThan(thresholds.normal.hold);
      }
    }
    expect(low.length).toBeGreaterThan(5);
  });

  it('"unique-IP rules kill offices" does not hold: one address, one browser and one employer pass, however many they are', () => {
    const office = {
      ...{ sameIp: true, sameDevice: true, ipSignups: 60, devicePeers: 40 },
      ...{ referrer: person('ada@own.example', 'Ada'), referee: person('bob@own.example', 'Bob') },
    };
    expect(
      judge(office)
        .signals.map(({ code }) => code)
        .sort(),
    ).toEqual(['same_device', 'same_domain', 'shared_devices_many', 'velocity_ip']);
    expect(judge(office).decision).toBe('pass');
    expect(judge(office, 'loose').decision).toBe('pass');
  });

  it('"self-referral paid" (dub#3956) does not hold: one mailbox under two spellings is held in every mode', () => {
    expect(judge({ sameMailbox: true }, 'loose').decision).toBe('hold');
    expect(judge({ sameMailbox: true }, 'normal').decision).toBe('hold');
    expect(judge({ sameMailbox: true }, 'strict').decision).toBe('reject');
    expect(judge({ sameMailbox: true }, 'off').decision).toBe('pass');
    const twin = { referrer: person('a@x', 'Ada Lovelace'), referee: person('b@y', 'Ada Lovelace') };
    expect(judge({ ...twin, sameDevice: true, sameIp: true }).decision).toBe('hold');
  });

  it('has a severity that goes with its weight', () => {
    for (const [code, { severity, weight }] of Object.entries(weighings)) {
      expect([code, severity]).toEqual([code, weight >= 40 ? 'high' : weight >= 20 ? 'medium' : 'low']);
    }
  });

  it('grows with what is found, is never more than all of it, and is of the signals it shows', () => {
    fc.assert(
      fc.property(fc.subarray(all), fc.subarray(all), (some, more) => {
        const [less, both] = [weigh(found(some), 'normal'), weigh(found([...some, ...more]), 'normal')];
        expect(both.score).toBeGreaterThanOrEqual(less.score);
        expect(less.score).toBe(less.signals.reduce((total, { weight }) => total + weight, 0));
        expect(new Set(less.signals.map(({ code }) => weighings[code as SignalCode].family)).size).toBe(
          less.signals.length,
        );
      }),
    );
  });

  it('does not depend on the order in which things are found', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(all),
        fc.constantFrom('loose' as const, 'normal' as const, 'strict' as const),
        (some, mode) => {
          expect(weigh(found(some), mode)).toEqual(weigh(found([...some].sort()), mode));
        },
      ),
    );
  });

  it('is stricter in a stricter mode, and nothing in the mode `off`', () => {
    const rank = { pass: 0, hold: 1, reject: 2 };
    fc.assert(
      fc.property(facts, (some) => {
        const [loose, normal, strict] = (['loose', 'normal', 'strict'] as const).map(
          (mode) => rank[weigh(findSignals(some), mode).decision],
        ) as [number, number, number];
        expect(loose <= normal && normal <= strict).toBe(true);
        expect(weigh(findSignals(some), 'off')).toEqual({ score: 0, decision: 'pass', signals: [] });
      }),
    );
  });

  it('leaves out what weighs 0, and goes by other weights where they are given', () => {
    expect(weigh(found(['same_email']), 'normal', { same_email: 0 }).signals).toEqual([]);
    expect(weigh(found(['same_email', 'similar_email']), 'normal', { same_email: 0 })).toMatchObject({ score: 25 });
    expect(weigh(found(['same_ip']), 'normal', { same_ip: 50 }).decision).toBe('hold');
  });
});
