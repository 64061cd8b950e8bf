import type { ContestRow, ContestState } from '../db/references.ts';
import { LaurelProblem } from '../problem.ts';

const mayFrom = {
  pause: ['live'],
  resume: ['paused'],
  extend: ['live', 'paused'],
} as const satisfies Record<string, readonly ContestState[]>;

const words: Record<ContestState, string> = {
  draft: 'is a draft',
  scheduled: 'has not begun',
  live: 'is running',
  paused: 'is paused already',
  frozen: 'has ended',
  drawn: 'is drawn',
  closed: 'is closed',
};

/**
 * Why a contest cannot be paused, resumed or extended, or `null` when it can.
 * @param endsAt - of `extend`: the new end
 */
export function moveRefused(
  move: keyof typeof mayFrom,
  { phase, ends_at }: Pick<ContestRow, 'phase' | 'ends_at'>,
  endsAt?: Date,
): LaurelProblem | null {
  if (phase === 'closed' || phase === 'drawn') {
    return new LaurelProblem('contest_closed', `The contest is ${phase}: nothing of it changes any more.`);
  }
  const allowed: readonly ContestState[] = mayFrom[move];
  if (!allowed.includes(phase)) {
    return new LaurelProblem(
      'contest_state_conflict',
      `Only a ${allowed.join(' or ')} contest can be ${move}${move.endsWith('e') ? 'd' : 'ed'}: this one ${words[phase]}.`,
    );
  }
  if (endsAt && endsAt <= ends_at) {
    return new LaurelProblem('contest_state_conflict', 'The end can only move further away: give a later "endsAt".');
  }
  return null;
}
