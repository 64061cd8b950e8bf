// Written by scripts/guards.ts from the contract.
import { flag, instant, listOf, oneOf, orNull, shape, text, whole } from '../guards/shapes.ts';

const runs = listOf(
  shape([text, 'text'], [listOf(oneOf('strong emphasis code strike')), 'marks'], [orNull(text), 'href']),
);

/** Whether an answer is what the contract says, by its route. */
export const answers = {
  'GET /courses/{course}/lessons/{lesson}': shape(
    [text, 'course id title'],
    [orNull(text), 'summary url previous next'],
    [oneOf('page video embed quiz assignment live external download'), 'kind'],
    [orNull(whole), 'minutes positionMs'],
    [
      listOf(
        shape(
          [oneOf('heading paragraph item quote code rule image row'), 'kind'],
          [runs, 'runs'],
          [whole, 'level'],
          [orNull(whole), 'number'],
          [orNull(flag), 'checked'],
          [orNull(text), 'language src'],
          [listOf(runs), 'cells'],
          [flag, 'header'],
        ),
      ),
      'blocks',
    ],
    [
      orNull(
        shape(
          [oneOf('file hls youtube vimeo'), 'provider'],
          [text, 'url'],
          [whole, 'lengthMs'],
          [orNull(text), 'posterUrl'],
          [listOf(shape([text, 'language label url'])), 'captions'],
          [listOf(shape([text, 'id title'], [whole, 'fromMs toMs'])), 'chapters'],
        ),
      ),
      'video',
    ],
    [orNull(instant), 'startsAt endsAt completedAt'],
    [
      listOf(
        shape(
          [oneOf('viewed time watched chapters gaps score submitted manual event'), 'kind'],
          [whole, 'have need'],
          [orNull(oneOf('learner staff')), 'by'],
        ),
      ),
      'todo',
    ],
    [oneOf('locked open started done'), 'state'],
    [listOf(listOf(whole)), 'watched'],
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
