import * as z from 'zod/mini';

/** A date or a time by the clocks of the board’s zone, or an instant, which has an offset. */
export interface IsoMoment {
  /** As PostgreSQL and RFC 3339 write it. */
  text: string;
  hasOffset: boolean;
}

/** A duration in ISO 8601: calendar units count by the clocks of a zone, hours and below by what has passed. */
export interface IsoDuration {
  calendar: string | null;
  clock: string | null;
}

/** What an ISO 8601 interval says: two ends, or one and how long it lasts. */
export interface IsoInterval {
  start?: IsoMoment;
  end?: IsoMoment;
  lasts?: IsoDuration;
}

const moment = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:\d{2})?)?$/;
const duration =
  /^P(?=[\dT])((?:\d{1,3}Y)?(?:\d{1,4}M)?(?:\d{1,4}W)?(?:\d{1,5}D)?)(?:T(?=\d)((?:\d{1,6}H)?(?:\d{1,7}M)?(?:\d{1,8}S)?))?$/;

function momentOf(text: string): IsoMoment | null {
  const [, day = '', time = '00:00', offset = ''] = moment.exec(text) ?? [];
  const known = Date.parse(`${day}T${time}${offset || 'Z'}`);
  // A day that no month has would be taken for one of the next month.
  const isReal = Number.isFinite(known) && new Date(`${day}T00:00Z`).toISOString().startsWith(day);
  const year = Number(day.slice(0, 4));
  return isReal && year >= 1970 ? { text: `${day}T${time}${offset}`, hasOffset: offset !== '' } : null;
}

function durationOf(text: string): IsoDuration | null {
  const [all, calendar, clock] = duration.exec(text) ?? [];
  return all ? { calendar: calendar ? `P${calendar}` : null, clock: clock ? `PT${clock}` : null } : null;
}

/**
 * Reads an interval of ISO 8601: `2026-05-01/2026-05-08`, `2026-05-01T18:00/PT3H`, `P7D/2026-05-08T00:00Z`. Dates and times
 * without an offset are those of the board’s zone. `null` where it is none.
 */
export function isoInterval(text: string): IsoInterval | null {
  const [first = '', second, ...more] = text.split('/');
  if (second === undefined || more.length > 0) return null;
  const [start, end] = [momentOf(first), momentOf(second)];
  if (start && end) return { start, end };
  const lasts = durationOf(start ? second : first);
  if (!lasts) return null;
  return start ? { start, lasts } : end ? { lasts, end } : null;
}

/** The same from a caller, as text. */
export const isoIntervalInput = z.string().check(
  z.maxLength(100),
  z.refine(
    (text) => isoInterval(text) !== null,
    'must be an ISO 8601 interval such as 2026-05-01/P7D, 2026-05-01/2026-05-08 or P7D/2026-05-08',
  ),
);
