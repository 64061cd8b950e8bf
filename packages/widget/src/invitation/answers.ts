// Written by scripts/guards.ts from the contract.
import { orNull, shape, text } from '../guards/shapes.ts';

/** Whether an answer is what the contract says, by its route. */
export const answers = {
  'GET /programs/{program}/invitation': shape([text, 'program programName'], [orNull(text), 'invitedBy offer']),
};
