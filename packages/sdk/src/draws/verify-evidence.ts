import { checkCommitments } from './check-commitments.ts';
import { checkEntries, checkRoot, entriesOf } from './check-entries.ts';
import { checkFreeze } from './check-freeze.ts';
import { checkRandomness } from './check-randomness.ts';
import { checkWinners } from './check-winners.ts';
import { brokenLink } from './disqualification.ts';
import { type DrandChain, quicknet } from './drand.ts';
import type { Evidence } from './evidence.ts';
import { readEvidence } from './evidence-shape.ts';
import { hold } from './flaw.ts';
import { drawnOrder } from './order.ts';

export const evidenceChecks = [
  'format',
  'commitments',
  'freeze',
  'entries',
  'root',
  'randomness',
  'order',
  'disqualifications',
  'winners',
] as const;

/** One thing that was checked. */
export interface VerificationStep {
  name: (typeof evidenceChecks)[number];
  ok: boolean;
  /** What was found, in English. */
  detail: string;
}

export interface VerifyOptions {
  /** Beacons that are trusted beside quicknet: each whole, since period and genesis decide as much as the key. */
  chains?: readonly DrandChain[];
}

/** Raised where a check needs what an earlier one did not find. */
const missing = (): never => {
  throw new Error('Cannot be told: what comes before does not hold.');
};

/**
 * Checks evidence step by step, in the order of `evidenceChecks`; whoever iterates may do something else between two steps,
 * such as painting. Ends after `format` when it is no evidence.
 */
export function* verificationSteps(value: unknown, { chains = [] }: VerifyOptions = {}): Generator<VerificationStep> {
  let said = '';
  const attempt = <Found>(check: () => Found): Found | undefined => {
    try {
      return check();
    } catch (error) {
      said = error instanceof Error ? error.message : String(error);
      return undefined;
    }
  };
  const step = (name: VerificationStep['name'], detail: string | undefined): VerificationStep =>
    detail === undefined ? { name, ok: false, detail: said } : { name, ok: true, detail };

  const evidence = attempt(() => readEvidence(value));
  yield step('format', evidence && `${evidence.format}, contest ${evidence.contest.id}.`);
  if (!evidence) return;

  const counting = attempt(() => checkCommitments(evidence));
  const document = () => counting?.document ?? missing();
  yield step(
    'commitments',
    counting && `Version ${counting.document.version} counts: it ends ${counting.document.endsAt}.`,
  );
  yield step(
    'freeze',
    attempt(() => checkFreeze(evidence, document())),
  );
  const listed = attempt(() => checkEntries(evidence, document()));
  yield step('entries', listed);
  yield step(
    'root',
    attempt(() => checkRoot(evidence)),
  );

  const chance = attempt(() => checkRandomness(evidence, document(), [quicknet, ...chains]));
  yield step('randomness', chance?.detail);

  const order = attempt(() => (listed ? checkOrder(evidence, counting ?? missing(), chance ?? missing()) : missing()));
  yield step('order', order && `The same ${order.length} in the same order.`);
  yield step(
    'disqualifications',
    attempt(() => checkDisqualifications(evidence)),
  );
  yield step(
    'winners',
    attempt(() => checkWinners(evidence, document(), order ?? missing())),
  );
}

function checkOrder(
  evidence: Evidence,
  { document, salt }: ReturnType<typeof checkCommitments>,
  { bytes }: ReturnType<typeof checkRandomness>,
) {
  const order = drawnOrder({ ...document, entries: entriesOf(evidence), salt, randomness: bytes });
  hold(order.length === evidence.order.length, `The order has ${evidence.order.length} entries, not ${order.length}.`);
  const wrong = order.findIndex(({ id }, index) => id !== evidence.order[index]);
  hold(wrong === -1, `Place ${wrong + 1} of the order is ${order[wrong]?.id}, not ${evidence.order[wrong]}.`);
  return order;
}

function checkDisqualifications({ contest, disqualifications }: Evidence): string {
  const broken = brokenLink(contest.id, disqualifications);
  hold(broken === null, `The chain is broken: ${broken}.`);
  return `${disqualifications.length} in an unbroken chain.`;
}

/**
 * Checks everything that evidence says about a draw. Never throws, whatever it is given.
 * @param options.onStep - told about each step as soon as it is done
 */
export function verifyEvidence(
  evidence: unknown,
  { onStep, ...options }: VerifyOptions & { onStep?: (step: VerificationStep) => void } = {},
): { valid: boolean; steps: VerificationStep[] } {
  const steps: VerificationStep[] = [];
  for (const step of verificationSteps(evidence, options)) {
    steps.push(step);
    onStep?.(step);
  }
  return { valid: steps.length === evidenceChecks.length && steps.every(({ ok }) => ok), steps };
}
