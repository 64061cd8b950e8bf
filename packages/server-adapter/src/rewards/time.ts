const day = 86_400_000;

/** The instant so many days of 24 hours later. */
export const addDays = (at: Date, days: number): Date => new Date(at.getTime() + days * day);

/** The same time of day so many calendar months later (UTC); the last day of a shorter month. */
export function addMonths(at: Date, months: number): Date {
  const later = new Date(at);
  later.setUTCDate(1);
  later.setUTCMonth(later.getUTCMonth() + months);
  const days = new Date(Date.UTC(later.getUTCFullYear(), later.getUTCMonth() + 1, 0)).getUTCDate();
  later.setUTCDate(Math.min(at.getUTCDate(), days));
  return later;
}

/** The earliest of these instants after `now`; `null` when there is none. */
export function nextAfter(now: Date, instants: readonly (Date | null)[]): Date | null {
  const ahead = instants.filter((at) => at !== null).filter((at) => at > now);
  return ahead.reduce<Date | null>((first, at) => (first && first <= at ? first : at), null);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The calendar day of an instant in a zone as `2026-03-29`: its first 4 characters are the year, its first 7 the month.
 * Days of 23 or 25 hours are one day all the same.
 */
export function localDay(at: Date, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(timeZone, format);
  }
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.get('year')?.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`;
}
