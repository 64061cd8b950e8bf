import type { Language } from '../i18n/index.ts';
import { type Message, speaker } from '../i18n/speak.ts';

/** What a view says with: words, numbers, dates, durations of one language. */
export interface Speech<Key extends string> {
  locale: string;
  say(key: Key, values?: Readonly<Record<string, string | number>>): string;
  number(value: number): string;
  /** A day of the visitor's own zone, with the time unless that is midnight. */
  date(instant: string): string;
  time(instant: string | number): string;
  percent(whole: number): string;
  /** `25 min`, `1 hr 30 min`, `24 hr`. */
  duration(minutes: number): string;
}

/** Catalogues by the first two letters of their language. */
export type Words<Key extends string> = Readonly<Record<'en' | 'es' | 'pt', Readonly<Record<Key, Message>>>>;

function durationIn(locale: string, minutes: number): string {
  const unit = (value: number, name: string) =>
    value.toLocaleString(locale, { style: 'unit', unit: name, unitDisplay: 'short' });
  const hours = Math.floor(minutes / 60);
  // Beyond a working day nobody counts minutes.
  if (hours >= 8) return unit(Math.round(minutes / 60), 'hour');
  return [hours > 0 && unit(hours, 'hour'), (minutes % 60 > 0 || hours === 0) && unit(minutes % 60, 'minute')]
    .filter(Boolean)
    .join(' ');
}

function dateIn(locale: string, instant: string): string {
  const date = new Date(instant);
  const midnight = date.getHours() === 0 && date.getMinutes() === 0;
  const year = date.getFullYear() === new Date().getFullYear() ? undefined : 'numeric';
  const day = { weekday: 'short', day: 'numeric', month: 'short', year } as const;
  return date.toLocaleString(locale, midnight ? day : { ...day, hour: 'numeric', minute: '2-digit' });
}

/** Makes what answers the speech of a language; English where there is no catalogue. */
export function speechOf<Key extends string>(words: Words<Key>): (language: Language) => Speech<Key> {
  const known = new WeakMap<Language, Speech<Key>>();
  return (language) => {
    const { locale } = language;
    const name = locale.slice(0, 2).toLowerCase() as keyof Words<Key>;
    const made = known.get(language) ?? {
      locale,
      ...speaker<Key>(locale, words[name] ?? words.en),
      date: (instant: string) => dateIn(locale, instant),
      time: (instant: string | number) => language.date(instant, 'time'),
      percent: (whole: number) => (whole / 100).toLocaleString(locale, { style: 'percent' }),
      duration: (minutes: number) => durationIn(locale, minutes),
    };
    known.set(language, made);
    return made;
  };
}
