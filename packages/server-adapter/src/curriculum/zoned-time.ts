/** Instants and local times of IANA zones, by the runtime's own tables (`Intl`). */

import { createRecent } from '../recent.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(zone, made);
  return made;
}

/** The wall clock of a zone as if it were UTC: milliseconds since 1970. */
function wallClock(instant: number, zone: string): number {
  const parts: Record<string, string> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant)) parts[type] = value;
  const { year = '', month, day, hour, minute, second } = parts;
  return Date.parse(`${year.padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

const offsets = createRecent<number>(1_000);

/**
 * The least that the clock of a zone is ahead of UTC at an instant and two days later, in minutes: all that it may be until the
 * end of the next day.
 * @param instant - milliseconds since 1970
 */
export function leastOffset(instant: number, zone: string): number {
  const minute = Math.floor(instant / 60_000) * 60_000;
  const key = `${minute} ${zone}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const [now, then] = [minute, minute + 172_800_000].map((at) => (wallClock(at, zone) - at) / 60_000) as [
    number,
    number,
  ];
  const least = Math.floor(Math.min(now, then));
  offsets.set(key, least);
  return least;
}

/** Since then every zone is whole minutes off UTC (Liberia was the last): a minute has one day. */
const wholeMinutesSince = Date.UTC(1972, 0, 8);
const days = createRecent<string>(1_000);

const dayAt = (instant: number, zone: string) => new Date(wallClock(instant, zone)).toISOString().slice(0, 10);

/** The local day of an instant in a zone, such as `2026-03-29`. */
export function localDay(instant: Date, zone: string): string {
  const at = instant.getTime();
  if (at < wholeMinutesSince) return dayAt(at, zone);
  const minute = `${Math.floor(at / 60_000)} ${zone}`;
  const known = days.get(minute);
  if (known !== undefined) return known;
  const day = dayAt(at, zone);
  days.set(minute, day);
  return day;
}

/** A day moved by so many days. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/**
 * The instant at which a zone's clock shows `local` (such as `2026-03-01T09:00`). Of a time that comes twice, the first; of
 * one that is left out when clocks go forward, as much later as was left out.
 */
export function instantAt(local: string, zone: string): Date {
  const wanted = Date.parse(`${local}Z`);
  const shiftAt = (instant: number) => wallClock(instant, zone) - instant;
  // The offsets a day before and after: one of them holds.
  const before = shiftAt(wanted - 86_400_000);
  const after = shiftAt(wanted + 86_400_000);
  const candidates = [wanted - before, wanted - after];
  const right = candidates.filter((instant) => wallClock(instant, zone) === wanted);
  return new Date(right.length > 0 ? Math.min(...right) : wanted - before);
}
