import { tieWords } from '../parts/tie-words.ts';

/** How points and ranks work, in English. */
export const words = {
  ruleReferral: '{points} when a friend joins',
  ruleAny: '{points} for each action that counts',
  ruleRest: '{points} for everything else that counts',
  ruleEvent: '{points} for each “{event}”',
  tieRule: 'Equal points share a rank, marked “=”, and the ranks after it are skipped.',
  ...tieWords,
  checkResults: 'Results, and how to check them',
  runs: 'Counts from {from} up to {to} ({zone}).',
};
