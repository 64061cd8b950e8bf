import type { missingRequirements } from '@laurelkit/sdk/contract';
import type { ContestSettings } from '../db/contest-tables.ts';
import type { FieldError } from '../problem.ts';

type Eligibility = ContestSettings['eligibility'];
type Missing = (typeof missingRequirements)[number];

/** What a participant said when they joined. */
export interface Said {
  country: string | null;
  ageConfirmed: boolean;
}

/** Of somebody who joined: what they said, the rules they accepted. */
export interface Joined extends Said {
  rulesVersion: number;
}

const countryFits = ({ countries }: Eligibility, { country }: Said) =>
  countries === null || (country !== null && countries.includes(country));

const ageFits = ({ minimumAge }: Eligibility, { ageConfirmed }: Said) => minimumAge === null || ageConfirmed;

/** What is asked of those who join and was not said, or not as asked; nothing when all is well. */
export function joinFaults(eligibility: Eligibility, said: Said): FieldError[] {
  const { countries, minimumAge } = eligibility;
  return [
    ...(countryFits(eligibility, said)
      ? []
      : [{ pointer: '#/country', detail: `must be one of: ${(countries ?? []).join(', ')}` }]),
    ...(ageFits(eligibility, said)
      ? []
      : [{ pointer: '#/ageConfirmed', detail: `must be true: the participant is at least ${minimumAge} years old` }]),
  ];
}

/** What keeps somebody from winning, as `mayWin` in `eligibility.ts` has it in SQL, and rules they have not seen yet. */
export function missingOf(
  { eligibility, rulesVersion }: { eligibility: Eligibility; rulesVersion: number },
  joined: Joined | null,
  hasVerifiedEmail: boolean,
): Missing[] {
  const { countries, minimumAge, verifiedEmail } = eligibility;
  const isAsked = countries !== null || minimumAge !== null || verifiedEmail;
  const missing: [Missing, boolean][] = [
    ['joining', isAsked && joined === null],
    ['country', joined !== null && !countryFits(eligibility, joined)],
    ['age', joined !== null && !ageFits(eligibility, joined)],
    ['email', verifiedEmail && !hasVerifiedEmail],
    ['rules', joined !== null && joined.rulesVersion < rulesVersion],
  ];
  return missing.flatMap(([requirement, isMissing]) => (isMissing ? [requirement] : []));
}
