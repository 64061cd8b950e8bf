import { closingFaults } from './closing.ts';
import { cohortFaults } from './cohorts.ts';
import { choiceFaults, totalFaults } from './counting.ts';
import { cycleFaults } from './cycles.ts';
import type { Draft, Fault } from './draft.ts';
import { fieldFaults } from './fields.ts';
import { formerFaults } from './former.ts';
import { opensFaults } from './opens.ts';
import { ruleFaults } from './rules.ts';
import { treeFaults } from './tree.ts';
import { videoFaults } from './video.ts';

/**
 * Everything that keeps a draft from being published; `[]`: it can be. What needs the tree is looked for once that has no
 * faults, what waits for itself once all that it waits for is there, and
 * what can close once nothing does.
 */
export function draftFaults(draft: Draft): Fault[] {
  const tree = treeFaults(draft);
  const own = [
    ...tree,
    ...[formerFaults, fieldFaults, videoFaults, ruleFaults, cohortFaults].flatMap((check) => check(draft)),
  ];
  if (tree.length > 0) return own;
  const opens = opensFaults(draft);
  const waiting = opens.length > 0 ? opens : cycleFaults(draft);
  const order = [...choiceFaults(draft), ...(waiting.length > 0 ? waiting : closingFaults(draft))];
  return [...own, ...(order.length > 0 ? order : totalFaults(draft))];
}
