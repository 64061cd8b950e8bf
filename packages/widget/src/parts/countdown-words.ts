const minute = 60;
const hour = 60 * minute;
const units = [
  ['day', 24 * hour],
  ['hour', hour],
  ['minute', minute],
] as const;

/** A duration's two largest units, such as `[['day', 2], ['hour', 4]]`; whole minutes, rounded up. */
export function largestUnits(milliseconds: number): [name: 'day' | 'hour' | 'minute', value: number][] {
  let seconds = Math.max(1, Math.ceil(milliseconds / 60_000)) * minute;
  const all = units.map(([name, size]): [typeof name, number] => {
    const value = Math.floor(seconds / size);
    seconds %= size;
    return [name, value];
  });
  const first = all.findIndex(([, value]) => value > 0);
  return all.slice(first, first + 2).filter(([, value]) => value > 0);
}

const inUnits = (milliseconds: number, locale: string, unitDisplay: 'long' | 'short') =>
  largestUnits(milliseconds)
    .map(([unit, value]) => value.toLocaleString(locale, { style: 'unit', unit, unitDisplay }))
    .join(' ');

/** A duration in words for people who listen: `2 days 4 hours`. Changes at most once a minute. */
export const countdownWords = (milliseconds: number, locale: string): string => inUnits(milliseconds, locale, 'long');

/** A duration for the eye: `2 days 4 hr`, and `mm:ss` in the last hour. */
export function countdownFigures(milliseconds: number, locale: string): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  if (seconds >= hour) return inUnits(milliseconds, locale, 'short');
  const two = (value: number) => value.toLocaleString(locale, { minimumIntegerDigits: 2 });
  return `${two(Math.floor(seconds / minute))}:${two(seconds % minute)}`;
}

/** Milliseconds until the figures change next: each second in the last hour, else each minute. */
export const countdownStep = (milliseconds: number): number => {
  const step = milliseconds <= hour * 1000 ? 1000 : 60_000;
  return milliseconds % step || step;
};
