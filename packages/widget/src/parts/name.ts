// \p{Cc}: control characters. The rest: marks and overrides of direction, zero-width and line separators.
const invisible = /[\p{Cc}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu;

/** A name without control, zero-width and direction-override characters; joiners that scripts and emoji need stay. */
export const cleanName = (name: string): string => name.replace(invisible, ' ').replace(/\s+/g, ' ').trim() || '—';

const firstGrapheme = (word: string): string =>
  (Intl.Segmenter ? [...new Intl.Segmenter().segment(word)][0]?.segment : [...word][0]) ?? '';

/** One or two letters to stand for a name. */
export function initials(name: string): string {
  const words = cleanName(name)
    .split(' ')
    .map((word) => firstGrapheme(word.replace(/^[^\p{L}\p{N}\p{Extended_Pictographic}]+/u, '')).slice(0, 12));
  return (
    words
      .filter((_, index) => index === 0 || index === words.length - 1)
      .join('')
      .toLocaleUpperCase() || '·'
  );
}

/** A hue (0–359) from an id of the board: it says nothing about the person. */
export function hueOf(id: string): number {
  let hash = 7;
  for (const character of id) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return (hash >>> 0) % 360;
}
