/**
 * An amount of minor units as its language writes it: 1050 EUR is `€10.50`, 1050 JPY `¥1,050`. The decimals are those
 * that `Intl` knows of the currency (ISO 4217). Exact, however large; a currency `Intl` refuses stands behind the number.
 */
export function money(locale: string, minor: number, currency: string): string {
  try {
    const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
    const { maximumFractionDigits = 0 } = format.resolvedOptions();
    // As text, which is not rounded to a double on the way.
    return format.format(`${minor}e-${maximumFractionDigits}` as `${number}`);
  } catch {
    return `${new Intl.NumberFormat(locale).format(minor)} ${currency}`;
  }
}

/** Hundredths of a percent as its language writes them: 1250 is `12.5%`. */
export const percent = (locale: string, basisPoints: number): string =>
  (basisPoints / 10_000).toLocaleString(locale, { style: 'percent', maximumFractionDigits: 2 });
