import type { Kit } from '../kit.ts';
import { en } from './words-en.ts';

/** The keys of the editor's words. */
export type AuthorKey = keyof typeof en;

/** What the editor says in a language: English where it has no other; `undefined` until the file of that language is there. */
export function wordsOf({ chunk }: Pick<Kit, 'chunk'>, locale: string) {
  const name = locale.slice(0, 2).toLowerCase();
  if (name !== 'es' && name !== 'pt') return en;
  const file = chunk(`${name}author`);
  return file === null ? en : file?.words;
}
