import type { Interval } from '@laurelkit/sdk/progress';
import type { FoldedLesson, KeptEvent } from '../curriculum/fold.ts';
import { writeMultirange } from '../curriculum/multirange.ts';
import { createRecent } from '../recent.ts';

/** A column of a table: its name, its type as a parameter, its value, and SQL that makes of the parameter what is kept. */
export type Column<Of> = readonly [
  name: string,
  type: string,
  of: (from: Of) => string | number | boolean | null,
  kept?: (parameter: string) => string,
];

/** An instant goes as its number of milliseconds: neither side reads dates for each of them. Exact until 2106. */
const instant = <Of>(name: string, of: (from: Of) => number | null): Column<Of> => [
  name,
  'float8',
  of,
  (parameter) => `to_timestamp(${parameter} / 1000)`,
];

/** Of an event, but for the enrolment and the instant of its arrival. */
export const eventColumns: readonly Column<KeptEvent>[] = [
  ['id', 'uuid', ({ id }) => id],
  ['lesson', 'text', ({ lesson }) => lesson],
  ['kind', 'text', ({ kind }) => kind],
  instant('occurred_at', ({ occurredAt }) => occurredAt),
  ['time_zone', 'text', ({ timeZone }) => timeZone],
  ['day', 'date', ({ day }) => day],
  ['device', 'text', ({ device }) => device],
  ['spent', 'tstzrange', ({ spent }) => spent && timeRange(spent)],
  ['watched', 'int4multirange', ({ watched }) => (watched.length > 0 ? writeMultirange(watched) : null)],
  ['rate', 'integer', ({ rate }) => rate],
  ['position_ms', 'integer', ({ positionMs }) => positionMs],
  ['score', 'integer', ({ score }) => score],
  ['name', 'text', ({ name }) => name],
  ['suspect', 'boolean', ({ suspect }) => suspect],
  ['actor', 'text', ({ actor }) => actor],
];

/** Of the state of a lesson. Names of what happened come as one text: there are no arrays of arrays of several lengths. */
export const stateColumns: readonly Column<FoldedLesson>[] = [
  instant('viewed_at', ({ viewedAt }) => viewedAt),
  ['spent', 'tstzmultirange', ({ spent }) => `{${spent.map(timeRange).join(',')}}`],
  ['watched', 'int4multirange', ({ watched }) => writeMultirange(watched)],
  ['position_ms', 'integer', ({ position }) => position?.ms ?? null],
  instant('position_at', ({ position }) => position?.at ?? null),
  ['position_id', 'uuid', ({ position }) => position?.id ?? null],
  ['score', 'integer', ({ score }) => score],
  instant('submitted_at', ({ submittedAt }) => submittedAt),
  instant('checked_at', ({ checkedAt }) => checkedAt),
  instant('signed_off_at', ({ signedOffAt }) => signedOffAt),
  instant('credited_at', ({ creditedAt }) => creditedAt),
  [
    'happened',
    'text',
    ({ happened }) => (happened.length > 0 ? happened.join(' ') : null),
    (parameter) => `coalesce(string_to_array(${parameter}, ' '), '{}')`,
  ],
  instant('first_at', ({ firstAt }) => firstAt),
  instant('last_at', ({ lastAt }) => lastAt),
  ['suspect', 'boolean', ({ suspect }) => suspect],
];

const minuteMilliseconds = 60_000;
/** A digit before those of seconds and milliseconds, so that there are always as many. */
const padding = 100_000;
const minutes = createRecent<string, number>(1_000);

/** The beginning of an instant's text, up to its seconds: what arrives at once is mostly of a few minutes. */
function minuteText(minute: number): string {
  const known = minutes.get(minute);
  if (known !== undefined) return known;
  const made = new Date(minute * minuteMilliseconds).toISOString().slice(0, -'00.000Z'.length);
  minutes.set(minute, made);
  return made;
}

/** An instant as text, whole milliseconds. */
export function iso(instant: number): string;
export function iso(instant: number | null): string | null;
export function iso(instant: number | null) {
  if (instant === null) return null;
  const minute = Math.floor(instant / minuteMilliseconds);
  const rest = String(padding + instant - minute * minuteMilliseconds);
  return `${minuteText(minute)}${rest.slice(1, 3)}.${rest.slice(3)}Z`;
}
const timeRange = ([from, to]: Interval) => `[${iso(from)},${iso(to)})`;

/** SQL: the names of columns. */
export const names = (columns: readonly Column<never>[]) => columns.map(([name]) => name).join(', ');
/** SQL: what is kept of the parameters of columns, in the same order. */
export const keptOf = (columns: readonly Column<never>[]) =>
  columns.map(([name, , , kept]) => (kept ? kept(name) : name)).join(', ');
/** The arrays of columns as `unnest` takes them: in subqueries, so that no plan rests on how many came once. */
export const arrays = (types: readonly string[], first: number) =>
  types.map((type, index) => `(select $${first + index}::${type}[])`).join(', ');
