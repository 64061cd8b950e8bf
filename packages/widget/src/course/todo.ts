import type { Kit } from '../kit.ts';
import type { Speech } from '../learning/speech.ts';
import type { Lesson } from './store.ts';
import type { CourseKey } from './words.ts';

type Todo = Lesson['todo'][number];

/** One thing that is left to do, with its numbers. */
function sentence({ kind, have, need, by }: Todo, { say, percent, duration, number }: Speech<CourseKey>): string {
  // Seconds as minutes, rounded so that what is there never looks enough before it is.
  if (kind === 'time')
    return say('todo_time', { need: duration(Math.ceil(need / 60)), have: duration(Math.floor(have / 60)) });
  if (kind === 'watched') return say('todo_watched', { need: percent(need), have: percent(have) });
  if (kind === 'chapters') return say('todo_chapters', { n: need, have: number(have) });
  if (kind === 'score') return say('todo_score', { need: number(need), have: number(have) });
  if (kind === 'manual' && by === 'staff') return say('todo_staff');
  return say(`todo_${kind}`);
}

/** What is left until a lesson is done, in words with numbers. */
export function todo({ h, icon }: Kit, { todo: all }: Lesson, speech: Speech<CourseKey>, level: number) {
  if (all.length === 0) return null;
  return h(
    'section',
    { class: 'panel left', part: 'todo' },
    h(`h${level}`, { class: 'sub' }, speech.say('todo')),
    h(
      'ul',
      { class: 'lefts' },
      all.map((each, index) => {
        const met = each.have >= each.need && each.need > 0;
        const share = each.need > 1 ? Math.min(100, Math.floor((each.have / each.need) * 100)) : 0;
        return h(
          'li',
          { key: `${each.kind} ${index}`, class: met ? 'met' : undefined },
          h('span', { class: 'mark', 'aria-hidden': true }, met && icon('M5 12.5 10 17.5 19 7')),
          h(
            'span',
            { class: 'numbers' },
            sentence(each, speech),
            each.need > 1 &&
              h('span', { class: 'bar', 'aria-hidden': true }, h('i', { style: { inlineSize: `${share}%` } })),
          ),
        );
      }),
    ),
  );
}
