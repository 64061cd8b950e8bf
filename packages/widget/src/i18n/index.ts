import type { Message, MessageKey, Messages } from './en.ts';

/** What a view needs to speak: words, numbers and dates of one language. */
export interface Language {
  /** BCP 47 tag used for `Intl` and the `lang` attribute. */
  readonly locale: string;
  /** A message with its placeholders filled in; `n` chooses the plural form; numbers are formatted. */
  say(key: MessageKey, values?: Readonly<Record<string, string | number>>): string;
  number(value: number): string;
  date(instant: string | number, style: 'time' | 'full', timeZone?: string): string;
}

/** The language of a locale, with the host's own words over the catalogue's. */
export function speak(locale: string, catalogue: Messages, own: Partial<Messages> = {}): Language {
  const numbers = new Intl.NumberFormat(locale);
  const plurals = new Intl.PluralRules(locale);
  const choose = (message: Message, n: unknown) =>
    typeof message === 'string' ? message : (typeof n === 'number' && message[plurals.select(n)]) || message.other;
  const number = (value: number) => numbers.format(value);
  return {
    locale,
    number,
    say: (key, values = {}) =>
      choose(own[key] ?? catalogue[key], values.n).replace(/\{(\w+)\}/g, (_, name: string) => {
        const value = values[name] ?? '';
        return typeof value === 'number' ? number(value) : value;
      }),
    date: (instant, style, timeZone) =>
      new Intl.DateTimeFormat(locale, {
        ...(style === 'full' && { dateStyle: 'medium' }),
        timeStyle: 'short',
        ...(timeZone && { timeZone }),
      }).format(new Date(instant)),
  };
}
