/** What a spreadsheet would take for the beginning of a formula. */
const formula = /^[=+\-@\t\r]/;

const cell = (value: string | number): string => {
  const text = String(value);
  const safe = typeof value === 'string' && formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== text ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/**
 * Rows as CSV (RFC 4180): CRLF after each, cells in quotes where they need them. Text that a spreadsheet would run as a
 * formula is quoted and begins with an apostrophe.
 */
export const csv = (rows: readonly (readonly (string | number)[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

/** An amount in whole units with the decimals of its currency (ISO 4217), such as `12.50`; exact at any size. */
export function decimalAmount(minor: number, currency: string): string {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  const digits = String(minor).padStart(maximumFractionDigits + 1, '0');
  const whole = digits.slice(0, digits.length - maximumFractionDigits);
  return maximumFractionDigits === 0 ? whole : `${whole}.${digits.slice(-maximumFractionDigits)}`;
}
