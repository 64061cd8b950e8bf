/** Controls, bidirectional overrides, fillers and other signs that cannot be seen; joiners are judged by themselves. */
const invisible = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]/gu;

/** Joiners hold emoji families and Persian words together; among Latin letters they only make two names look like one. */
const looseJoiner =
  /(?<=(?:^|[\s\p{N}\p{P}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])[\p{M}\u200c\u200d]*)[\u200c\u200d]|[\u200c\u200d](?=[\u200c\u200d]*(?:\s|$))/gu;

/**
 * A name as everyone may see it: NFC (Unicode TR 15), nothing invisible or able to turn the text around, single spaces.
 *
 * Answers `null` when nothing is left.
 */
export function publicName(name: string): string | null {
  const clean = name
    .replace(/[\t\n\r]/g, ' ')
    .replace(invisible, '')
    .normalize('NFC')
    .replace(looseJoiner, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .normalize('NFC');
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(clean) ? clean : null;
}
