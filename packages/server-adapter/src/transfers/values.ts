/** A cell that cannot be understood; its message says what it should be. */
export class CellError extends Error {
  override readonly name = 'CellError';
}

const isoLike = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)\s?(Z|UTC|[+-]\d\d:?\d\d)?)?$/i;

/**
 * An instant from ISO 8601 (also with a space; without a zone it is UTC), or from seconds or milliseconds since 1970.
 * @throws CellError for anything else: day and month in other orders cannot be told apart
 */
export function instantIn(text: string, name: string): string {
  const match = isoLike.exec(text);
  const zone = match?.[3]?.toUpperCase() === 'UTC' ? 'Z' : (match?.[3] ?? 'Z');
  const date = /^\d{9,14}$/.test(text)
    ? new Date(Number(text) * (text.length > 11 ? 1 : 1000))
    : new Date(match ? `${match[1]}T${match[2] ?? '00:00'}${zone}` : Number.NaN);
  // JavaScript takes the 30th of February for the 1st of March.
  if (match?.[1] && new Date(match[1]).getUTCDate() !== Number(match[1].slice(8))) date.setTime(Number.NaN);
  const year = date.getUTCFullYear();
  if (Number.isNaN(year) || year < 1970 || year > 9999) {
    throw new CellError(`${name} "${shorten(text)}" is no instant such as 2026-01-31T12:00:00Z`);
  }
  return date.toISOString();
}

/** How many digits the minor unit of a currency has (ISO 4217, as the runtime knows it). */
const digitsOf = (currency: string) =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** An ISO 4217 code, in any case. @throws CellError */
export function currencyIn(text: string): string {
  const code = text.trim().toUpperCase();
  if (!/^[A-Z]{3}$/.test(code)) throw new CellError(`currency "${shorten(text)}" is no ISO 4217 code`);
  return code;
}

const most = 9_000_000_000_000;

/** Whole minor units. @throws CellError */
export function minorIn(text: string, name: string): number {
  const plain = text.replace(/\.0+$/, '');
  const minor = Number(plain);
  if (!/^\d{1,13}$/.test(plain) || minor > most) {
    throw new CellError(`${name} "${shorten(text)}" is no whole number of minor units`);
  }
  return minor;
}

/** Minor units of an amount such as `12.34`, exactly. Signs of thousands are not guessed. @throws CellError */
export function amountIn(text: string, currency: string, name: string): number {
  const match = /^(?:[$€£¥]\s?)?(\d{1,12})(?:\.(\d+))?$/.exec(text.trim());
  const digits = digitsOf(currency);
  const fraction = (match?.[2] ?? '').replace(/0+$/, '');
  if (!match || fraction.length > digits) {
    throw new CellError(`${name} "${shorten(text)}" is no amount of ${currency} such as ${(12.34).toFixed(digits)}`);
  }
  return minorIn(`${match[1]}${fraction.padEnd(digits, '0')}`, name);
}

/** Parameters of links that carry a code, of all products known. */
const codeParameters = ['grsf', 'via', 'fpr', 'fp_ref', 'ref', 'refcode', '_saasquatch', 'ucc', 'referralCode', 'mwr'];

/** The code that a link carries: in a parameter, or as the end of its path. */
export function codeInLink(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { searchParams, pathname } = new URL(text);
  for (const name of codeParameters) if (searchParams.get(name)) return searchParams.get(name);
  return pathname.split('/').filter(Boolean).at(-1) ?? null;
}

/** Text of a cell as a message may repeat it. */
export const shorten = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
