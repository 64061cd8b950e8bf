const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-u-ca-iso8601', {
      timeZone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    });
  formats.set(timeZone, format);
  return format;
}

const dayMilliseconds = 86_400_000;

/** Whether the runtime knows an IANA time zone. */
export function knowsZone(timeZone: string): boolean {
  try {
    return /^[a-z]/i.test(timeZone) && !!formatOf(timeZone);
  } catch {
    return false;
  }
}

/** What clocks of a zone show at an instant: `2026-03-29T01:30:00`, as `datetime-local` has it (ISO 8601 without offset). */
export function wallTime(instant: number, timeZone: string): string {
  const parts: Record<string, string> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(instant)) parts[type] = value;
  const { year = '', month, day, hour, minute, second } = parts;
  return `${year.padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}`;
}

const asUtc = (wall: string) => Date.parse(`${wall}Z`);

/** With seconds, which a field leaves out where they are zero. `null`: no date and time. */
export function fullWall(wall: string): string | null {
  const full = wall.length === 16 ? `${wall}:00` : wall.slice(0, 19);
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(full) && !Number.isNaN(asUtc(full)) ? full : null;
}

/** The instants, in milliseconds, at which the clocks of a zone show a time. */
export interface Instants {
  /** `once` as a rule; `never` where clocks skip it, `twice` where they go back over it. */
  happens: 'once' | 'never' | 'twice';
  /** The first of them; of a skipped time, as long after the change as it would have been. */
  first: number;
  /** The last of them. */
  last: number;
}

/** When the clocks of a zone show a time; `null` for what is no time. Goes by the time zone data of the runtime. */
export function instantsOf(wall: string, timeZone: string): Instants | null {
  const full = fullWall(wall);
  if (!full || !knowsZone(timeZone)) return null;
  const utc = asUtc(full);
  // Whatever the offset, these two are on either side of the time, and no zone changes twice within two days.
  const [before, after] = [-dayMilliseconds, dayMilliseconds].map((shift) => {
    const near = utc + shift;
    return utc - (asUtc(wallTime(near, timeZone)) - near);
  }) as [number, number];
  const hits = [...new Set([before, after])].filter((instant) => wallTime(instant, timeZone) === full);
  if (hits.length === 0) return { happens: 'never', first: before, last: before };
  const [first, last] = [Math.min(...hits), Math.max(...hits)];
  return { happens: hits.length > 1 ? 'twice' : 'once', first, last };
}
