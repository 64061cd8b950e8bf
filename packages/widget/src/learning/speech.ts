import type { words as catalogue } from '../catalogue/words.ts';
import type { words as course } from '../course/words.ts';
import { enrolWords } from '../enrolling/words.ts';
import type { Language } from '../i18n/index.ts';
import { type Message, speaker } from '../i18n/speak.ts';
import type { Kit } from '../kit.ts';
import type { words as progress } from '../progress/words.ts';
import { learningWords } from './words.ts';

type Said<Words> = Readonly<Record<keyof Words, Message>>;

/** What the faces of a course say in a language, by their folders. */
export interface CourseWords {
  learning: Said<typeof learningWords>;
  enrolling: Said<typeof enrolWords>;
  progress: Said<typeof progress>;
  course: Said<typeof course>;
  catalogue: Said<typeof catalogue>;
}

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

type Own = 'progress' | 'course' | 'catalogue';
const known = new WeakMap<Language, Map<Own, Speech<never>>>();

/**
 * The speech of one face in the reader's language; `undefined` until its words have been read, English where they cannot be.
 */
export function speechOf<Key extends string>(
  { chunk }: Kit,
  language: Language,
  face: Own,
  english: Readonly<Record<string, Message>>,
): Speech<Key> | undefined {
  const { locale } = language;
  const name = locale.slice(0, 2).toLowerCase();
  const read = name === 'es' || name === 'pt' ? chunk(`${name}course`) : null;
  if (read === undefined) return;
  const faces = known.get(language) ?? new Map<Own, Speech<never>>();
  known.set(language, faces);
  const words: Partial<CourseWords> = read?.words ?? {};
  const tag = read || name === 'en' ? locale : 'en';
  const made = (faces.get(face) as Speech<Key> | undefined) ?? {
    locale: tag,
    ...speaker<string>(tag, {
      ...(words.learning ?? learningWords),
      ...(words.enrolling ?? enrolWords),
      ...(words[face] ?? english),
    }),
    date: (instant: string) => dateIn(tag, instant),
    time: (instant: string | number) => language.date(instant, 'time'),
    percent: (whole: number) => (whole / 100).toLocaleString(tag, { style: 'percent' }),
    duration: (minutes: number) => durationIn(tag, minutes),
  };
  faces.set(face, made);
  return made;
}
