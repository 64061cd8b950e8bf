/** Controls, bidirectional overrides and other invisible format characters. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Joiners hold emoji families and Persian words together. */
const joiners = new Set(['\u200c', '\u200d']);

/**
 * A name as everyone may see it: NFC (Unicode TR 15), nothing invisible or able to turn the text around, single spaces.
 *
 * Answers `null` when nothing is left.
 */
export function publicName(name: string): string | null {
  const clean = name
    .normalize('NFC')
    .replace(invisible, (sign) => (joiners.has(sign) ? sign : ''))
    .replace(/\s+/gu, ' ')
    .trim();
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(clean) ? clean : null;
}
