import { wallTime } from '../forms/zoned-time.ts';
import { instantOf } from './course-form.ts';
import type { Cohort } from './node.ts';
import type { AuthorKey } from './words.ts';

const times = ['startsAt', 'endsAt', 'opensAt', 'closesAt'] as const;

/** A cohort as it is typed; times are of the course's zone. */
export interface CohortForm extends Record<(typeof times)[number], string> {
  slug: string;
  name: string;
  seats: string;
}

/** A cohort as a form; empty without one. */
export function cohortForm(cohort: Cohort | null, zone: string): CohortForm {
  const wall = (instant: string | null | undefined) =>
    instant ? wallTime(Date.parse(instant), zone).replace(/:00$/, '') : '';
  return {
    slug: cohort?.slug ?? '',
    name: cohort?.name ?? '',
    startsAt: wall(cohort?.startsAt),
    endsAt: wall(cohort?.endsAt),
    opensAt: wall(cohort?.opensAt),
    closesAt: wall(cohort?.closesAt),
    seats: cohort?.seats ? `${cohort.seats}` : '',
  };
}

/** What is typed, as the API takes it; `''` and `NaN` where it makes no sense. */
export const cohortGiven = (form: CohortForm, zone: string) => ({
  name: form.name.trim(),
  startsAt: instantOf(form.startsAt, zone),
  endsAt: instantOf(form.endsAt, zone),
  opensAt: instantOf(form.opensAt, zone),
  closesAt: instantOf(form.closesAt, zone),
  seats: form.seats.trim() ? (/^\s*\d+\s*$/.test(form.seats) ? Number(form.seats) : Number.NaN) : null,
});

/** What can be seen to be wrong before it is sent. */
export function cohortFaults(
  form: CohortForm,
  given: ReturnType<typeof cohortGiven>,
  say: (key: AuthorKey) => string,
): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const name of ['name', 'slug'] as const) if (!form[name].trim()) faults[`#/${name}`] = say('needed');
  for (const name of times) if (given[name] === '') faults[`#/${name}`] = say('needTime');
  const pairs = [
    ['startsAt', 'endsAt'],
    ['opensAt', 'closesAt'],
  ] as const;
  for (const [from, to] of pairs) {
    if (given[from] && given[to] && given[from] >= given[to]) faults[`#/${to}`] = say('endFirst');
  }
  if (Number.isNaN(given.seats)) faults['#/seats'] = say('needNumber');
  return faults;
}
