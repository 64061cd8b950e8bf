// Written by scripts/guards.ts from the contract.
import { instant, listOf, oneOf, orNull, shape, text, whole } from '../guards/shapes.ts';

const enroll = shape(
  [text, 'id course participant timeZone'],
  [orNull(text), 'cohort'],
  [oneOf('waiting unpaid active cancelled'), 'state'],
  [orNull(whole), 'position'],
  [orNull(shape([whole, 'minor'], [text, 'currency'])), 'price'],
  [orNull(instant), 'payBy completedAt'],
  [whole, 'version percent'],
  [instant, 'enrolledAt updatedAt'],
);

/** Whether an answer is what the contract says, by its route. */
export const answers = {
  'GET /enrolments': shape([listOf(enroll), 'items'], [orNull(text), 'nextCursor']),
  'POST /courses/{course}/enroll': enroll,
  'GET /courses/{course}/cohorts': shape(
    [
      listOf(
        shape(
          [text, 'id course slug name'],
          [orNull(instant), 'startsAt endsAt opensAt closesAt'],
          [orNull(whole), 'seats seatsLeft learners'],
          [instant, 'createdAt'],
        ),
      ),
      'items',
    ],
    [orNull(text), 'nextCursor'],
  ),
};
