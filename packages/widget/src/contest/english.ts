import { formWords } from '../parts/form-words.ts';
import { tieWords } from '../parts/tie-words.ts';
import { words } from './words.ts';

/** All that the file brings in English: its own words, those of forms, and of ties. */
export const english: typeof words & typeof formWords & typeof tieWords = { ...words, ...formWords, ...tieWords };
