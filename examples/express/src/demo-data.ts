import { randomUUID } from 'node:crypto';
import type { Laurel } from '@laurelkit/server-adapter';
import { program } from './laurel.ts';
import type { Accounts } from './shop/accounts.ts';
import { products } from './shop/products.ts';
import type { Purchases } from './shop/purchases.ts';

/** Fictional people: a first name, how many friends they brought, how many of those bought a kite, and where their mail is. */
const people: readonly [name: string, friends: number, buyers: number, mail?: string][] = [
  ['Ana', 6, 4],
  ['Bruno', 5, 4],
  ['Chidi', 5, 3],
  ['Dalia', 4, 3],
  ['Emil', 3, 3],
  ['Freya', 4, 2],
  ['Goran', 4, 2],
  ['Hana', 3, 1],
  ['Idris', 2, 1],
  ['Jonas', 3, 0],
  // For the staff's queue: friends in a hurry, with addresses to throw away.
  ['Kaia', 2, 0, 'mailinator.com'],
  ['Lena', 1, 0],
];

const emailOf = (name: string, mail = 'example.com') => `${name.toLowerCase()}@${mail}`;

/**
 * Fills an empty shop with fictional people, through the same functions the pages call, so that every point on the board
 * was earned. Answers the ids of those with names, `null` once they are there.
 */
export async function seedDemo(laurel: Laurel, accounts: Accounts, purchases: Purchases): Promise<string[] | null> {
  const last = people.at(-1)?.[0] ?? '';
  if (await accounts.findByEmail(emailOf(`${last}-friend-1`))) return null;
  const named: string[] = [];
  for (const [name, friends, buyers, mail] of people) {
    const email = emailOf(name);
    await accounts.signUp({ email, name, onBoard: true });
    const referrer = await accounts.findByEmail(email);
    if (!referrer) continue;
    named.push(referrer.id);
    const { referralCode } = await laurel.api.programs.me({ program, participant: referrer.id });
    for (let number = 1; number <= friends; number++) {
      const { clickId } = await laurel.api.clicks.record({ referralCode });
      const friend = { email: emailOf(`${name}-friend-${number}`, mail), name: `A friend of ${name}`, onBoard: false };
      const account = await accounts.signUp({ ...friend, clickId });
      const product = products[number % products.length];
      if (account && product && number <= buyers) await purchases.buy(randomUUID(), account, product);
    }
  }
  return named;
}
