import type { Interval } from '@laurelkit/sdk/progress';
import type { FoldedLesson, KeptEvent } from '../curriculum/fold.ts';
import { writeMultirange } from '../curriculum/multirange.ts';

/** A column of a table: its name, its type as a parameter, and its value. */
export type Column<Of> = readonly [name: string, type: string, of: (from: Of) => string | number | boolean | null];

/** Of an event, but for the enrolment and the instant of its arrival. */
export const eventColumns: readonly Column<KeptEvent>[] = [
  ['id', 'uuid', ({ id }) => id],
  ['lesson', 'text', ({ lesson }) => lesson],
  ['kind', 'text', ({ kind }) => kind],
  ['occurred_at', 'timestamptz', ({ occurredAt }) => iso(occurredAt)],
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
  ['viewed_at', 'timestamptz', ({ viewedAt }) => iso(viewedAt)],
  ['spent', 'tstzmultirange', ({ spent }) => `{${spent.map(timeRange).join(',')}}`],
  ['watched', 'int4multirange', ({ watched }) => writeMultirange(watched)],
  ['position_ms', 'integer', ({ position }) => position?.ms ?? null],
  ['position_at', 'timestamptz', ({ position }) => iso(position?.at ?? null)],
  ['position_id', 'uuid', ({ position }) => position?.id ?? null],
  ['score', 'integer', ({ score }) => score],
  ['submitted_at', 'timestamptz', ({ submittedAt }) => iso(submittedAt)],
  ['checked_at', 'timestamptz', ({ checkedAt }) => iso(checkedAt)],
  ['signed_off_at', 'timestamptz', ({ signedOffAt }) => iso(signedOffAt)],
  ['credited_at', 'timestamptz', ({ creditedAt }) => iso(creditedAt)],
  ['happened', 'text', ({ happened }) => (happened.length > 0 ? happened.join(' ') : null)],
  ['first_at', 'timestamptz', ({ firstAt }) => iso(firstAt)],
  ['last_at', 'timestamptz', ({ lastAt }) => iso(lastAt)],
  ['suspect', 'boolean', ({ suspect }) => suspect],
];

/** An instant as text. */
export function iso(instant: number): string;
export function iso(instant: number | null): string | null;
export function iso(instant: number | null) {
  return instant === null ? null : new Date(instant).toISOString();
}
const timeRange = ([from, to]: Interval) => `[${iso(from)},${iso(to)})`;

/** SQL: the names of columns. */
export const names = (columns: readonly Column<never>[]) => columns.map(([name]) => name).join(', ');
/** The arrays of columns as `unnest` takes them: in subqueries, so that no plan rests on how many came once. */
export const arrays = (types: readonly string[], first: number) =>
  types.map((type, index) => `(select $${first + index}::${type}[])`).join(', ');
