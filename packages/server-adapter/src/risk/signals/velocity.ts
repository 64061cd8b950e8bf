import type { Facts, Found } from '../facts.ts';
import type { SignalCode } from '../weights.ts';

const steps = [
  ['day', 100, 'velocity_day_high', '24 hours'],
  ['day', 40, 'velocity_day', '24 hours'],
  ['month', 300, 'velocity_month_high', '30 days'],
  ['month', 100, 'velocity_month', '30 days'],
  ['year', 500, 'velocity_year', '365 days'],
] as const satisfies readonly (readonly [keyof Facts['signups'], number, SignalCode, string])[];

/** How far sign-ups of one referrer are counted: beyond it nothing more is concluded. */
export const mostCounted = 501;

/** More sign-ups from one network address within a day than this are odd. */
const mostFromAddress = 15;

/** More sign-ups through one person, or from one network address, than people usually bring. */
export function velocity({ signups, ipSignups }: Facts): Found<SignalCode>[] {
  const found: Found<SignalCode>[] = steps
    .filter(([span, most]) => signups[span] > most)
    .map(([, most, code, words]) => ({
      code,
      reason: `More than ${most} people signed up through one person in ${words}.`,
    }));
  if (ipSignups > mostFromAddress) {
    const reason = `More than ${mostFromAddress} people signed up from one network address in 24 hours.`;
    found.push({ code: 'velocity_ip', reason });
  }
  return found;
}
