// Written by scripts/guards.ts from the contract.
import { flag, instant, listOf, orNull, shape, text, whole } from '../guards/shapes.ts';

const rows = shape([whole, 'rank percent'], [text, 'name'], [orNull(instant), 'completedAt'], [flag, 'self']);

/** Whether an answer is what the contract says, by its route. */
export const answers = {
  'GET /courses/{course}/board': shape([whole, 'learners'], [listOf(rows), 'rows'], [orNull(rows), 'own']),
};
