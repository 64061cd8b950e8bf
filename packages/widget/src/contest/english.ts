import { formWords } from '../parts/form-words.ts';
import { words } from './words.ts';

/** All that the file brings in English: its own words, and those of forms. */
export const english: typeof words & typeof formWords = { ...words, ...formWords };
