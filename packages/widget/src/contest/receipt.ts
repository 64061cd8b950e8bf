import { quietly } from '../quietly.ts';
import type { SignedReceipt } from './state.ts';

const prefix = (contest: string) => `laurel:receipt:${contest}:`;

/** Keeps a receipt on this device. The first one stays: a later one that says something else is what it is to prove. */
export function keepReceipt(receipt: SignedReceipt): void {
  quietly(() => {
    const name = prefix(receipt.contest) + receipt.entryId;
    if (localStorage.getItem(name) === null) localStorage.setItem(name, JSON.stringify(receipt));
  });
}

/** The receipts of a contest that are kept on this device. */
export function keptReceipts(contest: string): SignedReceipt[] {
  const names = quietly(() => Object.keys(localStorage)) ?? [];
  return names
    .filter((name) => name.startsWith(prefix(contest)))
    .flatMap((name) => quietly(() => [JSON.parse(localStorage.getItem(name) ?? '') as SignedReceipt]) ?? []);
}
