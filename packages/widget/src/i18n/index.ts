import { chunk } from '../chunks.ts';
import { en, type MessageKey, type Messages } from './en.ts';
import { speaker } from './speak.ts';

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
export function speak(locale: string, catalogue: Partial<Messages>, own: Partial<Messages> = {}): Language {
  return {
    locale,
    ...speaker<MessageKey>(locale, catalogue, own),
    date: (instant, style, timeZone) =>
      new Date(instant).toLocaleString(locale, {
        ...(style === 'full' && { dateStyle: 'medium' }),
        timeStyle: 'short',
        ...(timeZone && { timeZone }),
      }),
  };
}

/** The first of the wished tags that has a catalogue, else English. */
export function pickLocale(wished: readonly (string | null | undefined)[]): string {
  return wished.find((tag) => tag && /^(en|es|pt)(-[a-z0-9]+)*$/i.test(tag)) ?? 'en';
}

let last: [Language, ...unknown[]] | undefined;

/** The language of a locale; `undefined` until its catalogue has been read, English where that fails. */
export function languageOf(locale: string, own?: Partial<Messages>): Language | undefined {
  const name = locale.slice(0, 2).toLowerCase();
  const catalogue = name === 'es' || name === 'pt' ? chunk(name) : { words: en };
  if (catalogue === undefined) return;
  const asked = [locale, catalogue?.words, own];
  if (!last || asked.some((each, index) => each !== last?.[index + 1])) {
    last = [catalogue ? speak(locale, catalogue.words, own) : speak('en', en, own), ...asked];
  }
  return last[0];
}
