const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

const unit = (locale: string, name: string, value: number, unitDisplay: 'long' | 'narrow' | 'short') =>
  new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay }).format(value);

/** A duration's two largest units, such as `[['day', 2], ['hour', 4]]`; whole minutes, rounded up. */
export function largestUnits(milliseconds: number): [name: 'day' | 'hour' | 'minute', value: number][] {
  const seconds = Math.max(minute, Math.ceil(milliseconds / 1000 / minute) * minute);
  const all: [name: 'day' | 'hour' | 'minute', value: number][] = [
    ['day', Math.floor(seconds / day)],
    ['hour', Math.floor((seconds % day) / hour)],
    ['minute', Math.floor((seconds % hour) / minute)],
  ];
  const first = all.findIndex(([, value]) => value > 0);
  return all.slice(first, first + 2).filter(([, value]) => value > 0);
}

/** A duration in words for people who listen: `2 days 4 hours`. Changes at most once a minute. */
export function countdownWords(milliseconds: number, locale: string): string {
  return largestUnits(milliseconds)
    .map(([name, value]) => unit(locale, name, value, 'long'))
    .join(' ');
}

/** A duration for the eye: `2 days 4 hr`, and `mm:ss` in the last hour. */
export function countdownFigures(milliseconds: number, locale: string): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  if (seconds < hour) {
    const two = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2 });
    return `${two.format(Math.floor(seconds / minute))}:${two.format(seconds % minute)}`;
  }
  return largestUnits(milliseconds)
    .map(([name, value]) => unit(locale, name, value, 'short'))
    .join(' ');
}

/** Milliseconds until the figures change next: each second in the last hour, else each minute. */
export const countdownStep = (milliseconds: number): number =>
  milliseconds <= hour * 1000 ? milliseconds % 1000 || 1000 : milliseconds % (minute * 1000) || minute * 1000;
