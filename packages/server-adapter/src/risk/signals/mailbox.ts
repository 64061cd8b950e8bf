import type { Facts, Found } from '../facts.ts';
import type { SignalCode } from '../weights.ts';
import { editDistance } from './edit-distance.ts';

/** Names of mailboxes that are not somebody's. */
const roles = new Set(['contact', 'office', 'support', 'service', 'webmaster', 'newsletter', 'marketing', 'accounts']);

const shortestTelling = 6;

/** Whether two mailboxes look as if one person had made both: counted up, one letter apart, or the same name elsewhere. */
export function looksAlike(one: string, other: string): boolean {
  const [a = '', atA = ''] = one.split('@');
  const [b = '', atB = ''] = other.split('@');
  const letters = (text: string) => text.replace(/[^\p{L}]/gu, '');
  if (atA !== atB) {
    const plain = letters(a);
    return plain === letters(b) && plain.length >= shortestTelling && !roles.has(plain);
  }
  if (letters(a) === letters(b)) return letters(a).length >= 3;
  return Math.min(a.length, b.length) >= shortestTelling + 2 && editDistance(a, b) <= 1;
}

/** The same mailbox, or one like it. */
export function mailbox({ sameMailbox, repeatedMailbox, referrer, referee }: Facts): Found<SignalCode>[] {
  if (sameMailbox) {
    return [{ code: 'same_email', reason: 'Both e-mail addresses lead to the same mailbox.' }];
  }
  const found: Found<SignalCode>[] = [];
  if (repeatedMailbox) {
    const reason = 'Another account has the mailbox of the invited person, written the same or in another way.';
    found.push({ code: 'repeated_email', reason });
  }
  if (referrer.email && referee.email && looksAlike(referrer.email, referee.email)) {
    found.push({ code: 'similar_email', reason: 'The two e-mail addresses are nearly the same.' });
  }
  return found;
}
