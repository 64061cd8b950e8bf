import type { Facts, Found } from '../facts.ts';
import type { SignalCode } from '../weights.ts';
import { editDistance } from './edit-distance.ts';

/** The words of a name in one order, without case, accents and signs. */
function wordsOf(name: string): string[] {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).sort();
}

const lettersOf = (words: readonly string[]) => words.join('').replace(/\p{N}/gu, '');

/** The same name, or nearly. A short single name is had by many. */
export function names({ referrer, referee }: Facts): Found<SignalCode>[] {
  if (!referrer.name || !referee.name) return [];
  const [one, other] = [wordsOf(referrer.name), wordsOf(referee.name)];
  const [a, b] = [one.join(' '), other.join(' ')];
  if (a === '' || b === '') return [];
  if (a === b && (one.length > 1 || a.length >= 8)) {
    return [{ code: 'same_name', reason: 'Both people go by the same name.' }];
  }
  const close = editDistance(a, b) <= (Math.min(a.length, b.length) >= 8 ? 2 : 1);
  const counted = lettersOf(one) === lettersOf(other) && lettersOf(one) !== '';
  if (!counted && (!close || Math.min(a.length, b.length) < 5)) return [];
  return [{ code: 'similar_name', reason: 'The two people go by nearly the same name.' }];
}
