import { instantsOf, knowsZone, wallTime } from '../forms/zoned-time.ts';
import { isUrl } from './check.ts';
import type { Course } from './node.ts';
import type { AuthorKey } from './words.ts';

/** The settings of a course as they are typed. */
export interface CourseForm {
  slug: string;
  name: string;
  description: string;
  language: string;
  /** With commas between. */
  tags: string;
  imageUrl: string;
  timeZone: string;
  dripZone: string;
  sequential: boolean;
  startsAt: string;
  endsAt: string;
  access: string;
  /** In whole units of the currency, such as `49.90`; empty: nothing. */
  price: string;
  currency: string;
  seats: string;
  waitingList: boolean;
  listed: boolean;
  program: string;
}

/** What can be said of a course, as the API takes it. */
export type CourseGiven = { [Name in keyof Omit<CourseForm, 'currency'>]: Course[Name] };

/** Digits after the point of a currency (ISO 4217). */
function digitsOf(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** Minor units as they are typed: `49.90`. */
export const priceText = ({ minor, currency }: NonNullable<Course['price']>): string =>
  (minor / 10 ** digitsOf(currency)).toFixed(digitsOf(currency));

/** Minor units of what is typed; `NaN` for what is no amount. */
export function minorOf(typed: string, currency: string): number {
  const digits = digitsOf(currency);
  const [, whole = '', rest = ''] = /^\s*(\d{1,10})(?:[.,](\d+))?\s*$/.exec(typed) ?? [];
  return whole && rest.length <= digits ? Number(whole + rest.padEnd(digits, '0')) : Number.NaN;
}

/** A wall time of a zone without its seconds, where they are zero. */
const wall = (instant: string | null, zone: string) =>
  instant ? wallTime(Date.parse(instant), zone).replace(/:00$/, '') : '';

/** The first instant of a wall time; `''` for what is no time, `null` for nothing. */
export function instantOf(typed: string, zone: string): string | null {
  if (!typed) return null;
  const found = instantsOf(typed, zone);
  return found ? new Date(found.first).toISOString() : '';
}

/** The settings of a course as a form. */
export const courseForm = (course: Course): CourseForm => ({
  slug: course.slug,
  name: course.name,
  description: course.description ?? '',
  language: course.language,
  tags: course.tags.join(', '),
  imageUrl: course.imageUrl ?? '',
  timeZone: course.timeZone,
  dripZone: course.dripZone,
  sequential: course.sequential,
  startsAt: wall(course.startsAt, course.timeZone),
  endsAt: wall(course.endsAt, course.timeZone),
  access: course.access,
  price: course.price ? priceText(course.price) : '',
  currency: course.price?.currency ?? 'EUR',
  seats: course.seats === null ? '' : `${course.seats}`,
  waitingList: course.waitingList,
  listed: course.listed,
  program: course.program ?? '',
});

/** A form with nothing typed. */
export const emptyCourse = (timeZone: string, language: string): CourseForm => ({
  ...{ slug: '', name: '', description: '', language, tags: '', imageUrl: '', timeZone, dripZone: 'course' },
  ...{ sequential: false, startsAt: '', endsAt: '', access: 'open', price: '', currency: 'EUR', seats: '' },
  ...{ waitingList: true, listed: true, program: '' },
});

/** What is typed, as the API takes it; `''` and `NaN` stand where it makes no sense. */
export function courseGiven(form: CourseForm): CourseGiven {
  const zone = knowsZone(form.timeZone) ? form.timeZone : 'UTC';
  const currency = form.currency.trim().toUpperCase();
  return {
    slug: form.slug,
    name: form.name.trim(),
    description: form.description.trim() || null,
    language: form.language.trim(),
    tags: [...new Set(form.tags.split(',').map((tag) => tag.trim()))].filter(Boolean),
    imageUrl: form.imageUrl.trim() || null,
    timeZone: form.timeZone,
    dripZone: form.dripZone as Course['dripZone'],
    sequential: form.sequential,
    startsAt: instantOf(form.startsAt, zone),
    endsAt: instantOf(form.endsAt, zone),
    access: form.access as Course['access'],
    price: form.price.trim() ? { minor: minorOf(form.price, currency), currency } : null,
    seats: form.seats.trim() ? (/^\s*\d+\s*$/.test(form.seats) ? Number(form.seats) : Number.NaN) : null,
    waitingList: form.waitingList,
    listed: form.listed,
    program: form.program.trim() || null,
  };
}

/** What of the settings is another than the course has. */
export function courseChanges(course: Course, form: CourseForm): Partial<Omit<CourseGiven, 'slug'>> {
  const { slug: _, ...given } = courseGiven(form);
  const { slug: __, ...before } = courseGiven(courseForm(course));
  const changed = Object.entries(given).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof typeof before]),
  );
  return Object.fromEntries(changed);
}

/** What can be seen to be wrong before anything is sent; the API says the rest. */
export function courseFaults(given: CourseGiven, say: (key: AuthorKey) => string): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const name of ['name', 'slug', 'language'] as const) if (!given[name]) faults[`#/${name}`] = say('needed');
  if (!knowsZone(given.timeZone)) faults['#/timeZone'] = say('needZone');
  for (const name of ['startsAt', 'endsAt'] as const) if (given[name] === '') faults[`#/${name}`] = say('needTime');
  if (given.startsAt && given.endsAt && given.startsAt >= given.endsAt) faults['#/endsAt'] = say('endFirst');
  if (given.imageUrl && !isUrl(given.imageUrl)) faults['#/imageUrl'] = say('needUrl');
  if (given.price && Number.isNaN(given.price.minor)) faults['#/price'] = say('needAmount');
  if (given.price && !/^[A-Z]{3}$/.test(given.price.currency)) faults['#/currency'] = say('needCurrency');
  if (Number.isNaN(given.seats)) faults['#/seats'] = say('needNumber');
  return faults;
}
