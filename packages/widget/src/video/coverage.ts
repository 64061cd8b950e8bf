import type { Kit } from '../kit.ts';
import { shareOf } from './share.ts';
import type { Watching } from './watching.ts';
import type { speech } from './words.ts';

type Say = ReturnType<typeof speech>['say'];

/** How much was really watched: in words, and which stretches as a line. */
export function coverage({ h }: Kit, { lesson, state }: Watching, say: Say) {
  const { played, done } = state.value;
  const { lengthMs } = lesson.video;
  const have = shareOf(played, [0, lengthMs]);
  const need = done ? undefined : lesson.todo.find(({ kind }) => kind === 'watched')?.need;
  const percent = (milliseconds: number) => `${(100 * milliseconds) / lengthMs}%`;
  return h(
    'div',
    { class: 'covered' },
    h(
      'p',
      { class: 'small numbers', id: 'covered' },
      need && need < 100 ? say('needed', { have: Math.min(have, need), need }) : say('watched', { n: have }),
    ),
    h(
      'div',
      {
        class: 'stretches',
        part: 'progress',
        role: 'img',
        'aria-label': `${say('coverage')}: ${say('watched', { n: have })}`,
      },
      played.map(([from, to]) =>
        h('i', { key: from, style: { insetInlineStart: percent(from), inlineSize: percent(to - from) } }),
      ),
    ),
  );
}
