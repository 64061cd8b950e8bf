import type { Facts } from '../src/risk/facts.ts';

/** What is known of an ordinary referral, but for what is given. */
export const ordinary = (given: Partial<Facts> = {}): Facts => ({
  referrer: { email: 'ada.lovelace@gmail.com', names: ['Ada Lovelace'], domains: ['gmail.com'] },
  referee: { email: 'grace@navy.example', names: ['Grace Hopper'], domains: ['navy.example'] },
  listed: [],
  sameMailbox: false,
  repeatedMailbox: false,
  domainSizes: {},
  disposable: false,
  sameIp: false,
  sameDevice: false,
  samePayment: false,
  datacentre: false,
  ipSignups: 1,
  devicePeers: 1,
  clickToSignup: 90_000,
  signupToConversion: 86_400_000,
  typical: { clickToSignup: 60_000, signupToConversion: 3_600_000 },
  valueRatio: 1,
  signups: { hour: 1, day: 1, month: 1, year: 1 },
  landingUrl: 'https://shop.example/?ref=ada',
  paidAdsAllowed: true,
  reciprocal: false,
  cycle: null,
  ...given,
});
