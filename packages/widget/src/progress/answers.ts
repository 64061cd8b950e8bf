// Written by scripts/guards.ts from the contract.
import { flag, instant, listOf, orNull, shape, text, whole } from '../guards/shapes.ts';

/** Whether an answer is what the contract says, by its route. */
export const answers = {
  'GET /courses/{course}/board': shape(
    [whole, 'learners'],
    [listOf(shape([whole, 'rank percent'], [text, 'name'], [orNull(instant), 'completedAt'], [flag, 'self'])), 'rows'],
    [orNull(shape([whole, 'rank percent'], [text, 'name'], [orNull(instant), 'completedAt'], [flag, 'self'])), 'own'],
  ),
};
