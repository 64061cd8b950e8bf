import { copyWords } from '../parts/copy-words.ts';
import { formWords } from '../parts/form-words.ts';
import { tieWords } from '../parts/tie-words.ts';
import { words } from './words.ts';

/** All that the file brings in English: its own words, those of forms, of ties, and of copying. */
export const english: typeof words & typeof formWords & typeof tieWords & typeof copyWords = {
  ...words,
  ...formWords,
  ...tieWords,
  ...copyWords,
};
