import type { Facts, Found } from '../facts.ts';
import type { SignalCode } from '../weights.ts';
import { editDistance } from './edit-distance.ts';

/** The words of a name in one order, without case, accents and signs. */
function wordsOf(name: string): string[] {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).sort();
}

const lettersOf = (words: readonly string[]) => words.join('').replace(/\p{N}/gu, '');

/** How alike two names are. A short single name is had by many. */
function alike(first: string, second: string): 'same_name' | 'similar_name' | null {
  const [one, other] = [wordsOf(first), wordsOf(second)];
  const [a, b] = [one.join(' '), other.join(' ')];
  if (a === '' || b === '') return null;
  if (a === b && (one.length > 1 || a.length >= 8)) return 'same_name';
  const close = editDistance(a, b) <= (Math.min(a.length, b.length) >= 8 ? 2 : 1);
  const counted = lettersOf(one) === lettersOf(other) && lettersOf(one) !== '';
  return counted || (close && Math.min(a.length, b.length) >= 5) ? 'similar_name' : null;
}

/** The same name, or nearly, of all that the two go by. */
export function names({ referrer, referee }: Facts): Found<SignalCode>[] {
  const found = new Set(referrer.names.flatMap((one) => referee.names.map((other) => alike(one, other))));
  if (found.has('same_name')) return [{ code: 'same_name', reason: 'Both people go by the same name.' }];
  if (!found.has('similar_name')) return [];
  return [{ code: 'similar_name', reason: 'The two people go by nearly the same name.' }];
}
