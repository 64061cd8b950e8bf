// \p{Cc}: control characters. The rest: marks and overrides of direction, zero-width and line separators.
const invisible = /[\p{Cc}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu;

/** A name without control, zero-width and direction-override characters; joiners that scripts and emoji need stay. */
export const cleanName = (name: string): string => name.replace(invisible, ' ').replace(/\s+/g, ' ').trim() || '—';

const graphemes = (text: string): string[] =>
  'Segmenter' in Intl ? Array.from(new Intl.Segmenter().segment(text), (part) => part.segment) : Array.from(text);

/** One or two letters to stand for a name. */
export function initials(name: string): string {
  const words = cleanName(name).split(' ');
  const letters = [words[0], words.length > 1 ? words[words.length - 1] : undefined].map(
    (word) => graphemes((word ?? '').replace(/^[^\p{L}\p{N}\p{Extended_Pictographic}]+/u, ''))[0]?.slice(0, 12) ?? '',
  );
  return letters.join('').toLocaleUpperCase() || '·';
}

/** A hue (0–359) from an id of the board: it says nothing about the person. */
export function hueOf(id: string): number {
  let hash = 2166136261;
  for (let index = 0; index < id.length; index += 1) hash = Math.imul(hash ^ id.charCodeAt(index), 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 2246822519);
  return ((hash ^ (hash >>> 13)) >>> 0) % 360;
}
