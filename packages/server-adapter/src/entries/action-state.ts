import type { actionStates } from '@laurelkit/sdk/contract';
import { LaurelProblem } from '../problem.ts';
import type { ActionFacts } from './action-facts.ts';
import type { Action } from './contest-action.ts';

/** What an action is to a participant now. */
export interface ActionState {
  state: (typeof actionStates)[number];
  /** `waiting`: from when on it can be done (again). */
  opensAt: Date | null;
  /** `share`: channels that earned. */
  channels?: string[];
}

/** When a visit can be claimed; `null` while it was not begun. */
export function claimableAt(action: Action, facts: Pick<ActionFacts, 'tries'>): Date | null {
  const opened = facts.tries.get(action.id)?.openedAt;
  return opened ? new Date(opened.getTime() + (action.seconds ?? 0) * 1000) : null;
}

/** Those of `after` that are not done yet. */
const missingBefore = (action: Action, { done }: ActionFacts) => action.after.filter((id) => !done.has(id));

/** What an action is to the participant of whom the facts are. */
export function actionState(action: Action, facts: ActionFacts): ActionState {
  const parts = facts.done.get(action.id) ?? new Set<string>();
  const channels = action.kind === 'share' ? { channels: [...parts] } : {};
  const as = (state: ActionState['state'], opensAt: Date | null = null) => ({ state, opensAt, ...channels });
  if (action.kind === 'share' ? (action.channels ?? []).every((each) => parts.has(each)) : isDone(action, facts)) {
    return as('done');
  }
  if (missingBefore(action, facts).length > 0) return as('locked');
  const opensAt = opensAtOf(action, facts, parts);
  return opensAt && opensAt > facts.at ? as('waiting', opensAt) : as('open');
}

/** A daily action is never done for good. */
const isDone = (action: Action, { done }: ActionFacts) => action.kind !== 'daily' && done.has(action.id);

function opensAtOf(action: Action, facts: ActionFacts, parts: ReadonlySet<string>): Date | null {
  if (action.kind === 'daily') return parts.has(facts.today) ? facts.tomorrow : null;
  if (action.kind === 'visit') return claimableAt(action, facts);
  return facts.tries.get(action.id)?.retryAt ?? null;
}

/**
 * Refuses an action to somebody who may not take part, or whose turn it is not.
 * @throws LaurelProblem not_eligible, action_locked
 */
export function assertMayAct(action: Action, facts: ActionFacts): void {
  if (facts.disqualified !== null) {
    throw new LaurelProblem('not_eligible', `The participant was disqualified: ${facts.disqualified}`);
  }
  const missing = missingBefore(action, facts);
  if (missing.length > 0) {
    throw new LaurelProblem('action_locked', `First do: ${missing.join(', ')}.`);
  }
}
