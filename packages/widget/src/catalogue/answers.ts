// Written by scripts/guards.ts from the contract.
import { flag, instant, listOf, oneOf, orNull, shape, text, whole } from '../guards/shapes.ts';

/** Whether an answer is what the contract says, by its route. */
export const answers = {
  'GET /courses': shape(
    [
      listOf(
        shape(
          [text, 'id slug name language timeZone'],
          [orNull(text), 'description imageUrl program'],
          [listOf(text), 'tags'],
          [oneOf('course learner'), 'dripZone'],
          [flag, 'sequential waitingList listed'],
          [orNull(instant), 'startsAt endsAt'],
          [oneOf('open invited'), 'access'],
          [orNull(shape([whole, 'minor'], [text, 'currency'])), 'price'],
          [orNull(whole), 'seats seatsLeft version'],
          [oneOf('draft published archived'), 'state'],
          [whole, 'lessons minutes'],
          [instant, 'createdAt updatedAt'],
        ),
      ),
      'items',
    ],
    [orNull(text), 'nextCursor'],
  ),
};
