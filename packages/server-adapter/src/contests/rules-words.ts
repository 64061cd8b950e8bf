/** Numbers and lists as sentences of the official rules say them. */

/** `3 points`, `1 point`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${new Intl.NumberFormat('en').format(count)} ${count === 1 ? one : many}`;

/** `a, b and c`. */
export const list = (parts: readonly string[], word: 'and' | 'or' = 'and'): string =>
  new Intl.ListFormat('en-GB', { type: word === 'and' ? 'conjunction' : 'disjunction' }).format(parts);

/** `2 March 2026 at 09:00`, in a time zone; with seconds where there are any. */
export function whenIn(instant: Date, timeZone: string): string {
  const day = new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'long', year: 'numeric' });
  const whole = instant.getTime() % 60_000 === 0;
  const time = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    ...(!whole && { second: '2-digit' }),
  });
  return `${day.format(instant)} at ${time.format(instant)}`;
}

/** `1st`, `2nd`, `11th`. */
export function ordinal(count: number): string {
  const endings = { one: 'st', two: 'nd', few: 'rd' } as Record<string, string>;
  return `${count}${endings[new Intl.PluralRules('en', { type: 'ordinal' }).select(count)] ?? 'th'}`;
}
