import type { Updateable } from 'kysely';
import type { Tables } from '../db/tables.ts';
import { type FieldError, LaurelProblem } from '../problem.ts';

type Settings = Pick<Updateable<Tables['course']>, 'starts_at' | 'ends_at' | 'price_minor' | 'currency'>;

const currencies = new Set(Intl.supportedValuesOf('currency'));

/** What keeps the settings of a course from working; `[]`: they do. */
export function settingsFaults({ starts_at, ends_at, price_minor, currency }: Settings): FieldError[] {
  const faults: FieldError[] = [];
  if (starts_at && ends_at && new Date(starts_at) >= new Date(ends_at)) {
    faults.push({ pointer: '#/endsAt', detail: 'must be after startsAt' });
  }
  if (price_minor != null && Number(price_minor) === 0) {
    faults.push({ pointer: '#/price', detail: 'must be null where a seat costs nothing' });
  }
  if (currency != null && !currencies.has(currency)) {
    faults.push({ pointer: '#/price/currency', detail: 'must be a currency of ISO 4217 such as EUR' });
  }
  return faults;
}

/**
 * Refuses settings that cannot work.
 * @throws LaurelProblem course_invalid
 */
export const assertWorks = (settings: Settings): void => refuse(settingsFaults(settings));

/** The most faults that a refusal names; `draft` has them all. */
const mostNamed = 100;

/**
 * Refuses what has faults.
 * @throws LaurelProblem course_invalid
 */
export function refuse(faults: readonly FieldError[]): void {
  const [first] = faults;
  if (!first) return;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  throw new LaurelProblem('course_invalid', `"${first.pointer.slice(2)}" ${first.detail}${more}.`, {
    errors: faults.slice(0, mostNamed),
  });
}
