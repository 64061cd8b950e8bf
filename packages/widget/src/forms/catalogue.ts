import type { Kit } from '../kit.ts';

/**
 * The words of an element in the reader's language, from a file of their own such as `laurel-esauthor.js`: English where there
 * are none; `undefined` until that file is there.
 */
export function catalogueIn<Words extends object>(
  { chunk }: Pick<Kit, 'chunk'>,
  locale: string,
  element: 'author' | 'learners',
  english: Words,
): Words | undefined {
  const name = locale.slice(0, 2).toLowerCase();
  if (name !== 'es' && name !== 'pt') return english;
  const file = chunk(`${name}${element}`) as { words: Words } | null | undefined;
  return file === null ? english : file?.words;
}
