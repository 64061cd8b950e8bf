import { cohortFaults } from './cohorts.ts';
import { choiceFaults, totalFaults } from './counting.ts';
import { cycleFaults } from './cycles.ts';
import type { Draft, Fault } from './draft.ts';
import { fieldFaults } from './fields.ts';
import { opensFaults } from './opens.ts';
import { ruleFaults } from './rules.ts';
import { treeFaults } from './tree.ts';
import { videoFaults } from './video.ts';

/**
 * Everything that keeps a draft from being published; `[]`: it can be. What needs the tree is looked for once that has no
 * faults, and what waits for itself once all that it waits for is there.
 */
export function draftFaults(draft: Draft): Fault[] {
  const tree = treeFaults(draft);
  const own = [...tree, ...[fieldFaults, videoFaults, ruleFaults, cohortFaults].flatMap((check) => check(draft))];
  if (tree.length > 0) return own;
  const opens = opensFaults(draft);
  const order = [...choiceFaults(draft), ...(opens.length > 0 ? opens : cycleFaults(draft))];
  return [...own, ...(order.length > 0 ? order : totalFaults(draft))];
}
