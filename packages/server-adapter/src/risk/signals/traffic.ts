import type { Facts, Found } from '../facts.ts';
import type { SignalCode } from '../weights.ts';

/** Parameters that advertising networks put on what was paid for, and on nothing else. */
const paid = [
  'gclid',
  'gbraid',
  'wbraid',
  'dclid',
  'msclkid',
  'ttclid',
  'twclid',
  'li_fat_id',
  'rdt_cid',
  'sccid',
  'yclid',
];

/** Facebook puts its parameter on links of friends as well. */
const possiblyPaid = 'fbclid';

const paidMedium = /^(cpc|ppc|cpm|cpv|display|paid.*)$/i;

/** Visitors from paid advertisements, where the programme does not allow them. */
export function traffic({ landingUrl, paidAdsAllowed }: Facts): Found<SignalCode>[] {
  if (paidAdsAllowed || landingUrl === null || !URL.canParse(landingUrl)) return [];
  const given = new Map([...new URL(landingUrl).searchParams].map(([name, value]) => [name.toLowerCase(), value]));
  const name = paid.find((each) => given.has(each)) ?? (paidMedium.test(given.get('utm_medium') ?? '') && 'utm_medium');
  if (name) {
    const reason = `The click came from a paid advertisement (${name}), which the programme does not allow.`;
    return [{ code: 'paid_ads', reason }];
  }
  if (!given.has(possiblyPaid)) return [];
  const reason = 'The click came from Facebook (fbclid): perhaps an advertisement, perhaps a friend’s post.';
  return [{ code: 'paid_ads_possible', reason }];
}
