/** A time in a video as people write it, such as `12:34` or `1:02:03`, in milliseconds; `NaN` for anything else. */
export function readLength(typed: string): number {
  const match = /^\s*(?:(\d{1,2}):)?(\d{1,3}):([0-5]?\d)(?:[.,](\d{1,3}))?\s*$/.exec(typed);
  if (!match) return /^\s*\d{1,5}\s*$/.test(typed) ? Number(typed) * 1000 : Number.NaN;
  const [, hours = '0', minutes = '0', seconds = '0', rest = ''] = match;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(rest.padEnd(3, '0') || 0);
}

/** Milliseconds as `12:34`, with hours and thousandths where there are any; empty for what is no time. */
export function lengthText(milliseconds: number | null | undefined): string {
  if (!Number.isFinite(milliseconds)) return '';
  const whole = milliseconds as number;
  const [hours, minutes] = [Math.floor(whole / 3_600_000), Math.floor(whole / 60_000) % 60];
  const seconds = `${Math.floor(whole / 1000) % 60}`.padStart(2, '0');
  const rest = whole % 1000 ? `.${`${whole % 1000}`.padStart(3, '0')}` : '';
  return `${hours ? `${hours}:${`${minutes}`.padStart(2, '0')}` : minutes}:${seconds}${rest}`;
}
