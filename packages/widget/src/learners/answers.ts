// Written by scripts/guards.ts from the contract.
import { flag, instant, listOf, oneOf, orNull, shape, text, whole } from '../guards/shapes.ts';

/** Whether an answer is what the contract says, by its route. */
export const answers = {
  'GET /courses/{course}/learners': shape(
    [
      listOf(
        shape(
          [text, 'enrolment participant externalId'],
          [orNull(text), 'name cohort lesson'],
          [whole, 'version percent'],
          [orNull(instant), 'lastActiveAt completedAt'],
          [instant, 'enrolledAt'],
          [flag, 'suspect'],
        ),
      ),
      'items',
    ],
    [orNull(text), 'nextCursor'],
  ),
  'GET /courses/{course}/funnel': shape(
    [whole, 'learners completed'],
    [
      listOf(shape([text, 'lesson title'], [whole, 'learners started done here'], [orNull(whole), 'medianMinutes'])),
      'steps',
    ],
  ),
  'GET /courses/{course}/lessons/{lesson}/heat-map': shape(
    [text, 'lesson'],
    [whole, 'lengthMs viewers barMs'],
    [listOf(whole), 'viewersOf playsOf'],
  ),
  'GET /enrolments/{enrolment}/events': shape(
    [
      listOf(
        shape(
          [text, 'id enrolment lesson timeZone day'],
          [oneOf('viewed spent watched position checked scored submitted signed_off happened'), 'kind'],
          [instant, 'occurredAt receivedAt'],
          [orNull(text), 'device name'],
          [listOf(listOf(whole)), 'segments'],
          [orNull(whole), 'positionMs score'],
          [flag, 'suspect'],
        ),
      ),
      'items',
    ],
    [orNull(text), 'nextCursor'],
  ),
};
