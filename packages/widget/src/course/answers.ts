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
};
