// Written by scripts/guards.ts from the contract.
import { flag, listOf, orNull, shape, text, whole } from '../guards/shapes.ts';

/** Whether an answer is what the contract says, by its route. */
export const answers = {
  'GET /contests/{contest}/teams/mine': shape([
    orNull(
      shape(
        [text, 'id name inviteCode'],
        [listOf(shape([text, 'id name'], [whole, 'score'], [flag, 'self'])), 'members'],
      ),
    ),
    'team',
  ]),
};
