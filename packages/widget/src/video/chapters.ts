import type { Kit } from '../kit.ts';
import type { Drawn } from '../views/kind.ts';
import { clockTime } from './clock-time.ts';
import { shareOf } from './share.ts';
import type { Watching } from './watching.ts';
import type { speech } from './words.ts';

type Say = ReturnType<typeof speech>['say'];

/** The parts of the video: a press plays one, and each shows how much of it was watched. */
export function chapters({ h, cleanName }: Kit, watching: Watching, drawn: Drawn, say: Say) {
  const { video } = watching.lesson;
  const { played, second } = watching.state.value;
  if (video.chapters.length === 0) return null;
  return h(
    'section',
    { class: 'chapters', key: 'chapters', 'aria-label': say('chapters') },
    h(`h${Math.min(6, drawn.heading + 1)}`, { class: 'sub' }, say('chapters')),
    h(
      'ol',
      null,
      video.chapters.map(({ id, title, fromMs, toMs }) => {
        const share = shareOf(played, [fromMs, toMs]);
        const here = second * 1000 + 999 >= fromMs && second * 1000 < toMs;
        return h(
          'li',
          { key: id },
          h(
            'button',
            {
              type: 'button',
              class: `chapter${here ? ' here' : ''}`,
              part: 'row',
              'data-chapter': id,
              'aria-current': here ? 'true' : undefined,
              onClick: () => void watching.goTo(fromMs),
            },
            h('span', { class: 'at small muted numbers' }, clockTime(fromMs)),
            h('bdi', { class: 'name' }, cleanName(title)),
            h(
              'span',
              { class: 'small muted numbers share' },
              share === 100 ? say('chapterDone') : share > 0 && say('chapterShare', { n: share }),
            ),
            h('span', { class: 'bar', 'aria-hidden': true }, h('i', { style: { inlineSize: `${share}%` } })),
          ),
        );
      }),
    ),
  );
}
