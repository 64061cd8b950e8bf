// Written by scripts/guards.ts from the contract.
import { instant, oneOf, orNull, shape, whole } from '../guards/shapes.ts';

/** Whether an answer is what the contract says, by its route. */
export const answers = {
  'POST /contests/{contest}/actions/{action}/open': shape([instant, 'claimableAt']),
  'POST /contests/{contest}/actions/{action}': shape(
    [oneOf('done already_done wrong pending'), 'outcome'],
    [whole, 'points'],
    [orNull(instant), 'retryAt'],
  ),
};
