/** Amounts of these are sent in hundredths, although ISO 4217 knows no smaller unit of them (Stripe: Special cases). */
const sentInHundredths = new Set(['ISK', 'UGX']);

/** An amount of Stripe’s in minor units of ISO 4217; `null` for what is no currency of it. */
export function moneyOf(amount: number, currency: string): { minor: number; currency: string } | null {
  const code = currency.toUpperCase();
  if (!/^[A-Z]{3}$/.test(code)) return null;
  return { minor: sentInHundredths.has(code) ? Math.round(amount / 100) : amount, currency: code };
}

/** An amount of ISO 4217 as Stripe wants it: in its smallest units, and the currency in small letters. */
export const amountFor = ({ minor, currency }: { minor: number; currency: string }) => ({
  unit_amount: sentInHundredths.has(currency) ? minor * 100 : minor,
  currency: currency.toLowerCase(),
});
