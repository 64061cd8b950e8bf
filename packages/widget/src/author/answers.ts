// Written by scripts/guards.ts from the contract.
import { either, flag, instant, listOf, oneOf, orNull, shape, text, whole } from '../guards/shapes.ts';

const course = shape(
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
);

const done = either(
  shape([oneOf('viewed'), 'kind']),
  shape([oneOf('time'), 'kind'], [whole, 'seconds']),
  shape([oneOf('watched'), 'kind'], [whole, 'percent']),
  shape([oneOf('chapters'), 'kind'], [listOf(text), 'chapters'], [whole, 'percent']),
  shape([oneOf('gaps'), 'kind'], [whole, 'longestSeconds']),
  shape([oneOf('score'), 'kind'], [whole, 'atLeast']),
  shape([oneOf('submitted'), 'kind']),
  shape([oneOf('manual'), 'kind'], [oneOf('learner staff'), 'by']),
  shape([oneOf('event'), 'kind'], [text, 'name']),
);

const done2 = listOf(done);

const done3 = listOf(
  either(
    done,
    shape([oneOf('all'), 'kind'], [done2, 'of']),
    shape([oneOf('some'), 'kind'], [whole, 'count'], [done2, 'of']),
  ),
);

const opens = either(
  shape([oneOf('completed'), 'kind'], [text, 'node']),
  shape([oneOf('score'), 'kind'], [text, 'node'], [whole, 'atLeast']),
  shape([oneOf('cohort'), 'kind'], [listOf(text), 'cohorts']),
  shape([oneOf('instant'), 'kind'], [instant, 'from']),
  shape([oneOf('date'), 'kind'], [instant, 'from']),
  shape([oneOf('days'), 'kind'], [oneOf('enrolment start'), 'since'], [whole, 'days'], [text, 'at']),
);

const opens2 = listOf(opens);

const opens3 = either(
  opens,
  shape([oneOf('all'), 'kind'], [opens2, 'of']),
  shape([oneOf('any'), 'kind'], [opens2, 'of']),
  shape([oneOf('not'), 'kind'], [opens, 'of']),
);

const opens4 = listOf(opens3);

const runs = listOf(
  shape([text, 'text'], [listOf(oneOf('strong emphasis code strike')), 'marks'], [orNull(text), 'href']),
);

/** Whether an answer is what the contract says, by its route. */
export const answers = {
  'GET /courses': shape([listOf(course), 'items'], [orNull(text), 'nextCursor']),
  'GET /courses/{course}': course,
  'GET /courses/{course}/draft': shape(
    [text, 'course'],
    [whole, 'revision'],
    [
      listOf(
        shape(
          [text, 'id title'],
          [orNull(text), 'parent summary label markdown url event'],
          [oneOf('unit lesson'), 'type'],
          [orNull(oneOf('page video embed quiz assignment live external download')), 'kind'],
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
          [orNull(instant), 'startsAt endsAt'],
          [orNull(whole), 'minutes weight choose'],
          [flag, 'required hidden'],
          [listOf(text), 'cohorts'],
          [
            orNull(
              either(
                done,
                shape([oneOf('all'), 'kind'], [done3, 'of']),
                shape([oneOf('some'), 'kind'], [whole, 'count'], [done3, 'of']),
              ),
            ),
            'done',
          ],
          [
            orNull(
              either(
                opens,
                shape([oneOf('all'), 'kind'], [opens4, 'of']),
                shape([oneOf('any'), 'kind'], [opens4, 'of']),
                shape([oneOf('not'), 'kind'], [opens3, 'of']),
              ),
            ),
            'opens',
          ],
        ),
      ),
      'nodes',
    ],
    [listOf(shape([text, 'pointer detail'])), 'faults'],
    [listOf(shape([text, 'id'], [oneOf('unit lesson'), 'type'])), 'retired'],
    [instant, 'updatedAt'],
  ),
  'GET /courses/{course}/draft/preview': shape(
    [whole, 'revision learners fallBelowDone fall rise stay'],
    [listOf(text), 'added removed changed returned'],
    [listOf(shape([text, 'lesson title'], [whole, 'learners'])), 'missing'],
  ),
  'GET /courses/{course}/versions': shape(
    [
      listOf(
        shape([text, 'course'], [whole, 'version lessons learners'], [orNull(text), 'note'], [instant, 'publishedAt']),
      ),
      'items',
    ],
    [orNull(text), 'nextCursor'],
  ),
  'POST /courses/render': shape([
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
  ]),
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
