import { publicName } from '../public-name.ts';

/**
 * By what names of teams are told apart: the same for names that differ in case, spaces, width (NFKC, Unicode TR 15) or signs
 * that cannot be seen.
 */
export const nameKey = (name: string): string =>
  name
    .normalize('NFKC')
    // There and back, so that ß and SS, or ς and σ, are one.
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[\s\p{Default_Ignorable_Code_Point}]/gu, '');

/** A team's name as everybody may see it, and by what it is told apart; `null` when nothing to see is left. */
export function teamName(given: string): { name: string; key: string } | null {
  const name = publicName(given);
  const key = name === null ? '' : nameKey(name);
  return name === null || key === '' ? null : { name, key };
}
