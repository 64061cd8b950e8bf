// Written by scripts/guards.ts from the contract.
import { flag, instant, listOf, oneOf, orNull, shape, text, whole } from '../guards/shapes.ts';

/** Whether an answer is what the contract says, by its route. */
export const answers = {
  'GET /courses/{course}': shape(
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
  'GET /courses/{course}/outline': shape(
    [text, 'course name'],
    [whole, 'version percent'],
    [flag, 'enrolled'],
    [
      listOf(
        shape(
          [text, 'id title'],
          [orNull(text), 'parent summary label'],
          [oneOf('unit lesson'), 'type'],
          [orNull(oneOf('page video embed quiz assignment live external download')), 'kind'],
          [orNull(whole), 'minutes choose'],
          [flag, 'required'],
          [oneOf('locked open started done'), 'state'],
          [whole, 'percent'],
          [
            listOf(
              shape(
                [oneOf('completed score cohort date not sequence not_enrolled'), 'kind'],
                [orNull(text), 'node title'],
                [orNull(whole), 'atLeast'],
                [orNull(instant), 'opensAt'],
              ),
            ),
            'locks',
          ],
          [orNull(instant), 'opensAt startsAt completedAt'],
        ),
      ),
      'nodes',
    ],
  ),
  'GET /courses/{course}/progress': shape(
    [text, 'enrolment course'],
    [whole, 'version percent lessonsDone lessons seq'],
    [orNull(instant), 'completedAt'],
    [orNull(shape([text, 'lesson title'], [orNull(whole), 'minutes'])), 'next'],
    [
      listOf(
        shape(
          [text, 'id'],
          [oneOf('locked open started done'), 'state'],
          [whole, 'percent'],
          [orNull(instant), 'completedAt'],
          [orNull(whole), 'positionMs'],
        ),
      ),
      'nodes',
    ],
    [
      shape(
        [whole, 'current longest freezes'],
        [flag, 'today'],
        [listOf(shape([text, 'day'], [oneOf('learnt frozen skipped'), 'kind'])), 'days'],
      ),
      'streak',
    ],
  ),
};
