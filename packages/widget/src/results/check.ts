import { addressOf } from '../contest/foot.ts';
import { keptReceipts } from '../contest/receipt.ts';
import type { ContestStore, View } from '../contest/state.ts';
import type { Kit } from '../kit.ts';
import type { Chunks } from '../load.ts';
import type { Evidence, ReceiptFinding, VerificationStep } from '../verify/index.ts';
import type { Drawn } from '../views/kind.ts';
import { partOf } from './proof-parts.ts';

/** A check of a draw, as far as it has come. */
export interface Check {
  steps: VerificationStep[];
  done: boolean;
  valid: boolean;
  /** The evidence could not be read at all. */
  unread: boolean;
  evidence: Evidence | null;
  /** Whether the receipts kept on this device fit the evidence. */
  receipt: ReceiptFinding['receipt'] | 'unknown';
  /** Tickets of the receipt that fits. */
  weight: number;
}

const kept = new WeakMap<ContestStore, Check>();

/** A check that has not begun. */
export const fresh: Check = {
  steps: [],
  done: false,
  valid: false,
  unread: false,
  evidence: null,
  receipt: 'unknown',
  weight: 0,
};

/** The newest check of a contest. */
export const checkOf = (store: ContestStore): Check | undefined => kept.get(store);

/** Lets the browser draw what is known so far. */
const painted = () => new Promise((resolve) => setTimeout(resolve, 80));

/** Begins a check: reads the evidence, then checks it one thing after the other, drawing in between. */
export function begin(kit: Kit, { stepsOf, findReceipts }: Chunks['verify'], store: ContestStore, drawn: Drawn): Check {
  const { contest } = store.state.peek().view as View;
  const set = (changes: Partial<Check>): void => {
    kept.set(store, { ...(kept.get(store) ?? fresh), ...changes });
    store.set({});
  };

  async function run(): Promise<void> {
    const response = await fetch(addressOf(kit, contest.id, 'draw/evidence.json'));
    if (!response.ok) throw new Error(`${response.status}`);
    const value = (await response.json()) as Evidence;
    const steps: VerificationStep[] = [];
    for (const step of stepsOf(value)) {
      steps.push(step);
      const evidence = steps[0]?.ok ? value : null;
      const own = step.name === 'root' && evidence && (await findReceipts(keptReceipts(contest.id), evidence));
      set({ steps: [...steps], evidence, ...own });
      await painted();
    }
    const held = steps.length === Object.keys(partOf).length && steps.every(({ ok }) => ok);
    // Evidence that holds, of another contest, would say nothing about this one.
    const valid = held && value.contest.id === contest.id && kept.get(store)?.receipt !== 'bad';
    set({ done: true, valid });
    drawn.say(drawn.language.say(valid ? 'verifiedAll' : 'verifiedNot'));
    kit.emit(store.state.peek().verifying, 'verified', { contest: contest.slug, valid });
  }

  kept.set(store, fresh);
  void run().catch(() => {
    set({ done: true, unread: true });
    drawn.say(drawn.language.say('verifyUnread'));
  });
  return fresh;
}
