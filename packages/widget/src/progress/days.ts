import type { Progress } from '../learning/state.ts';

type Kind = Progress['streak']['days'][number]['kind'];

/** A day of the last five weeks. */
export interface Day {
  /** `2026-03-01` */
  day: string;
  kind: Kind | 'none' | 'later';
}

const two = (value: number) => `${value}`.padStart(2, '0');
const nameOf = (date: Date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

interface WithWeek extends Intl.Locale {
  getWeekInfo?(): { firstDay: number };
  weekInfo?: { firstDay: number };
}

/** The day a week begins with in a language, 0 for Sunday; Monday where the browser does not know. */
export function firstDayOf(locale: string): number {
  const known: WithWeek = new Intl.Locale(locale);
  return ((known.getWeekInfo?.() ?? known.weekInfo)?.firstDay ?? 1) % 7;
}

/**
 * Five whole weeks that end with the one today is in. Days are counted in the calendar, not in hours: a day of 23 hours is one.
 */
export function fiveWeeks(known: Progress['streak']['days'], locale: string, today = new Date()): Day[] {
  const kinds = new Map(known.map(({ day, kind }) => [day, kind]));
  const back = ((today.getDay() - firstDayOf(locale) + 7) % 7) + 28;
  const end = nameOf(today);
  return Array.from({ length: 35 }, (_, index) => {
    const day = nameOf(new Date(today.getFullYear(), today.getMonth(), today.getDate() - back + index, 12));
    return { day, kind: day > end ? 'later' : (kinds.get(day) ?? 'none') };
  });
}
