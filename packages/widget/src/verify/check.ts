import { type Evidence, evidenceChecks, receiptInEvidence, type VerificationStep, verificationSteps } from '@laurelkit/sdk/draws';
import { addressOf } from '../contest/foot.ts';
import { keptReceipts } from '../contest/receipt.ts';
import type { ContestStore, SignedReceipt, View } from '../contest/state.ts';
import type { Kit } from '../kit.ts';
import type { Drawn } from '../views/kind.ts';

/** A check of a draw, as far as it has come. */
export interface Check {
  steps: VerificationStep[];
  done: boolean;
  valid: boolean;
  /** The evidence could not be read at all. */
  unread: boolean;
  evidence: Evidence | null;
  /** Whether the receipts kept on this device fit the evidence. */
  receipt: 'good' | 'bad' | 'none' | 'unknown';
  /** Tickets of the receipt that fits. */
  weight: number;
}

const kept = new WeakMap<ContestStore, Check>();
const fresh: Check = { steps: [], done: false, valid: false, unread: false, evidence: null, receipt: 'unknown', weight: 0 };

/** The newest check of a contest. */
export const checkOf = (store: ContestStore): Check | undefined => kept.get(store);

const painted = () => new Promise((resolve) => setTimeout(resolve, 80));

/** What kept receipts say of the evidence. */
export function receiptsFit(receipts: readonly SignedReceipt[], evidence: Evidence): Pick<Check, 'receipt' | 'weight'> {
  if (receipts.length === 0) return { receipt: 'none', weight: 0 };
  const fits = receipts.every((receipt) => receiptInEvidence(receipt, evidence));
  return fits ? { receipt: 'good', weight: receipts[0]?.weight ?? 0 } : { receipt: 'bad', weight: 0 };
}

/** Begins a check: reads the evidence, then checks it one thing after the other, drawing in between. */
export function begin(kit: Kit, store: ContestStore, drawn: Drawn): Check {
  const { contest } = store.state.peek().view as View;
  const set = (changes: Partial<Check>): Check => {
    const check = { ...(kept.get(store) ?? fresh), ...changes };
    kept.set(store, check);
    store.set({});
    return check;
  };

  async function run(): Promise<void> {
    const response = await fetch(addressOf(kit, contest.id, 'draw/evidence.json'));
    if (!response.ok) throw new Error(`${response.status}`);
    const value: unknown = await response.json();
    const steps: VerificationStep[] = [];
    for (const step of verificationSteps(value)) {
      steps.push(step);
      const evidence = steps[0]?.ok ? (value as Evidence) : null;
      const own = step.name === 'root' && evidence && receiptsFit(keptReceipts(contest.id), evidence);
      set({ steps: [...steps], evidence, ...own });
      await painted();
    }
    const held = steps.length === evidenceChecks.length && steps.every(({ ok }) => ok);
    // Evidence that holds, of another contest, would say nothing about this one.
    const same = (value as Evidence).contest.id === contest.id;
    const valid = held && same && kept.get(store)?.receipt !== 'bad';
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
