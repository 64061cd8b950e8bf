import type { VerificationStep } from '../verify/index.ts';
import type { Check } from './check.ts';

/** The three plain steps, in order. */
export const parts = ['promised', 'entries', 'chance'] as const;

/** What became of one. */
export type Outcome = 'passed' | 'failed' | 'running' | 'skipped';

type Name = VerificationStep['name'];

/** To which plain step each check belongs. */
export const partOf: Record<Name, (typeof parts)[number]> = {
  format: 'promised',
  commitments: 'promised',
  freeze: 'promised',
  entries: 'entries',
  root: 'entries',
  randomness: 'chance',
  order: 'chance',
  disqualifications: 'chance',
  winners: 'chance',
};

/** What is known of a plain step: it fails with the first check that does, and passes with the last. */
export function outcomeOf(
  { steps, done, receipt }: Pick<Check, 'steps' | 'done' | 'receipt'>,
  part: (typeof parts)[number],
): Outcome {
  const own = steps.filter(({ name }) => partOf[name] === part);
  if (own.some(({ ok }) => !ok) || (part === 'entries' && receipt === 'bad')) return 'failed';
  const all = Object.values(partOf).filter((each) => each === part).length;
  if (own.length === all) return 'passed';
  return done ? 'skipped' : 'running';
}
