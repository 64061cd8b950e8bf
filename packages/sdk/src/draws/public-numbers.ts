/** Public numbers: whole numbers, or texts of decimal digits for those a number cannot hold. */
export type PublicNumbers = readonly (number | bigint | string)[];

function wholeNumber(value: number | bigint | string): bigint {
  const text = typeof value === 'string' ? value.trim() : String(value);
  if (!/^\d+$/.test(text)) throw new TypeError(`Expected a whole number of decimal digits, not "${value}".`);
  return BigInt(text);
}

/**
 * Sources in the canonical form of RFC 3797, 4.1: the numbers of each sorted, without leading zeros, each ended by `.`, each
 * source ended by `/`. A source of one number may be given without a list.
 * @throws TypeError for what is no whole number
 */
export const canonicalSources = (sources: readonly (PublicNumbers | number | bigint | string)[]): string =>
  sources
    .map((source) => {
      const numbers = typeof source === 'object' ? source : [source];
      const sorted = numbers.map(wholeNumber).sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
      return `${sorted.map((each) => `${each}.`).join('')}/`;
    })
    .join('');
