/** What is known of clicks and the sign-ups they led to, by consent to cookies. */
export interface ConsentCounts {
  clicksWithConsent: number;
  clicksWithoutConsent: number;
  referralsWithConsent: number;
  referralsWithoutConsent: number;
}

const fewestClicks = 100;
const fewestReferrals = 10;

/**
 * How many more sign-ups there would be if clicks without consent led to as many as clicks with it.
 *
 * An estimate: the rate of sign-ups among clicks with consent, times the clicks without, less the sign-ups these led to all the
 * same. It takes both kinds of visitors for equally willing, which nobody can know. Never below 0; `null` with fewer than
 * 100 clicks or 10 sign-ups with consent, where the rate would be a guess.
 */
export function lostToConsent(counts: ConsentCounts): number | null {
  const { clicksWithConsent, clicksWithoutConsent, referralsWithConsent, referralsWithoutConsent } = counts;
  if (clicksWithConsent < fewestClicks || referralsWithConsent < fewestReferrals) return null;
  const expected = (referralsWithConsent / clicksWithConsent) * clicksWithoutConsent;
  return Math.max(0, Math.round(expected - referralsWithoutConsent));
}
