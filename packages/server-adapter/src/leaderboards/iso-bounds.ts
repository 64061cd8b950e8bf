import { type IsoInterval, type IsoMoment, isoInterval } from '@laurelkit/sdk/contract';
import type { Database } from '../db/database.ts';
import type { ContestRow } from '../db/references.ts';
import { LaurelProblem } from '../problem.ts';
import { firstInstant } from './window.ts';

const zone = 'contest.time_zone';

/** SQL for the instant at which clocks of the contest’s zone show `local` for the first time. */
const shown = (local: string) => firstInstant(`'microseconds'`, local, zone);

/** SQL for the instant of a parameter: one with an offset is an instant already. */
const instantOf = (parameter: string, moment: IsoMoment) =>
  moment.hasOffset ? `${parameter}::timestamptz` : shown(`${parameter}::timestamp`);

/** SQL: calendar units by the clocks of the zone, hours and below by what passes. `null` leaves an instant as it is. */
const withCalendar = (at: string, sign: '+' | '-') =>
  `case when $3::interval is null then ${at} else ${shown(`((${at}) at time zone ${zone} ${sign} $3::interval)`)} end`;

/** Parameters: contest, the end that is given, calendar units and clock units that it lasts, each or null. */
const after = (schema: string, start: IsoMoment) => `
select given.at as starts_at, counted.at + coalesce($4::interval, interval '0') as ends_at from ${schema}.contest
cross join lateral (select ${instantOf('$2', start)} as at) given
cross join lateral (select ${withCalendar('given.at', '+')} as at) counted where id = $1`;

const before = (schema: string, end: IsoMoment) => `
select counted.at - coalesce($4::interval, interval '0') as starts_at, given.at as ends_at from ${schema}.contest
cross join lateral (select ${instantOf('$2', end)} as at) given
cross join lateral (select ${withCalendar('given.at', '-')} as at) counted where id = $1`;

/** Parameters: contest, start, end. */
const between = (schema: string, start: IsoMoment, end: IsoMoment) => `
select ${instantOf('$2', start)} as starts_at, ${instantOf('$3', end)} as ends_at from ${schema}.contest where id = $1`;

function queryOf(schema: string, id: string, { start, end, lasts }: IsoInterval): [text: string, values: unknown[]] {
  const units = [lasts?.calendar ?? null, lasts?.clock ?? null];
  if (start && end) return [between(schema, start, end), [id, start.text, end.text]];
  if (start) return [after(schema, start), [id, start.text, ...units]];
  if (end) return [before(schema, end), [id, end.text, ...units]];
  throw new TypeError('An interval has at least one end.');
}

const refused = (detail: string) =>
  new LaurelProblem('validation_failed', `The interval ${detail}.`, {
    errors: [{ pointer: '#/interval', detail }],
  });

/**
 * From when to when an ISO 8601 interval goes, half-open; what it says without an offset by the clocks of the contest’s zone.
 * @throws LaurelProblem validation_failed
 */
export async function isoBounds(
  text: string,
  { id }: Pick<ContestRow, 'id'>,
  { query, schema }: Database,
): Promise<readonly [Date, Date]> {
  const interval = isoInterval(text);
  if (!interval) throw refused('must be one of ISO 8601');
  const [statement, values] = queryOf(schema, id, interval);
  const [bounds] = await query<{ starts_at: Date; ends_at: Date }>(statement, values);
  if (!bounds) throw new Error(`Contest ${id} vanished.`);
  const { starts_at: from, ends_at: to } = bounds;
  if (from >= to) throw refused('must end after its start');
  // A year before Christ may be read as no date at all.
  if (!(from.getUTCFullYear() >= 1970 && to.getUTCFullYear() <= 9999))
    throw refused('must lie between the years 1970 and 9999');
  return [from, to];
}
