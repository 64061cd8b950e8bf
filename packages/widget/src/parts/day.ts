/** The day of an instant, with the year where that is not the current one. */
export function day(locale: string, instant: string): string {
  const date = new Date(instant);
  const year = date.getFullYear() === new Date().getFullYear() ? undefined : 'numeric';
  return date.toLocaleDateString(locale, { day: 'numeric', month: 'short', year });
}
