import { clock, peaksOf } from './peaks.ts';
import type { Pen } from './pen.ts';
import { bar } from './table.ts';

/** How many began and finished each lesson: a table whose bars say the same. */
export function funnel(pen: Pen) {
  const { h, say, number, state } = pen;
  const { funnel: shown } = state;
  if (!shown) return h('div', { class: 'rows', key: 'wait', 'aria-busy': !state.failed });
  const { learners, completed, steps } = shown;
  const share = (n: number, of: number) => (of > 0 ? Math.round((100 * n) / of) : 0);
  const drop = steps.reduce((worst, step) => (step.here > (worst?.here ?? 0) ? step : worst), steps[0]);
  return h(
    'div',
    { class: 'chart', key: 'funnel' },
    h('p', { class: 'verdict' }, learners > 0 ? say('funnelSays', { n: completed, of: learners }) : say('nobody')),
    drop && drop.here > 0 && h('p', { class: 'muted' }, say('mostHere', { n: drop.here, lesson: drop.title })),
    h(
      'table',
      { class: 'people funneled' },
      h('caption', { class: 'said' }, say('tab_funnel')),
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          (['lesson', 'started', 'finished', 'here', 'median'] as const).map((word) =>
            h('th', { key: word, scope: 'col', class: word === 'here' || word === 'median' ? 'side' : '' }, say(word)),
          ),
        ),
      ),
      h(
        'tbody',
        null,
        steps.map((step) =>
          h(
            'tr',
            { key: step.lesson },
            h('th', { scope: 'row' }, h('bdi', { class: 'name' }, step.title)),
            h(
              'td',
              { class: 'numbers' },
              h('span', { class: 'far pale' }, bar(pen, share(step.started, step.learners)), number(step.started)),
            ),
            h(
              'td',
              { class: 'numbers' },
              h(
                'span',
                { class: 'far' },
                bar(pen, share(step.done, step.learners)),
                `${number(step.done)} (${number(share(step.done, step.learners))} %)`,
              ),
            ),
            h('td', { class: 'numbers side' }, number(step.here)),
            h(
              'td',
              { class: 'numbers side' },
              step.medianMinutes === null ? '–' : say('minutes', { n: step.medianMinutes }),
            ),
          ),
        ),
      ),
    ),
  );
}

/** What of a video is played, and what again: bars, the same in words, and a table behind them. */
export function heat(pen: Pen) {
  const { h, say, number, state, store } = pen;
  const videos = state.lessons.filter(({ kind }) => kind === 'video');
  if (videos.length === 0) return h('p', { class: 'muted hollow', key: 'none' }, say('noVideos'));
  const { heat: shown } = state;
  const most = Math.max(1, ...(shown?.playsOf ?? []));
  const { again, left } = shown ? peaksOf(shown) : { again: null, left: null };
  return h(
    'div',
    { class: 'chart', key: 'heat' },
    h(
      'label',
      { class: 'f' },
      h('span', { class: 'small' }, say('whichVideo')),
      h(
        'select',
        {
          class: 'input',
          onChange: ({ currentTarget }: Event) => store.choose({ lesson: (currentTarget as HTMLSelectElement).value }),
        },
        videos.map(({ id, title }) => h('option', { key: id, value: id, selected: id === state.lesson }, title)),
      ),
    ),
    !shown && h('div', { class: 'rows', 'aria-busy': !state.failed }),
    shown &&
      (shown.viewers === 0
        ? h('p', { class: 'muted hollow' }, say('nobodyWatched'))
        : [
            h(
              'p',
              { class: 'verdict', key: 'again' },
              again ? say('mostAgain', { at: clock(again.atMs) }) : say('nothingAgain'),
            ),
            left && h('p', { class: 'muted', key: 'left' }, say('mostLeft', { at: clock(left.atMs), n: left.viewers })),
            h(
              'div',
              { class: 'heat', key: 'bars', 'aria-hidden': true },
              shown.playsOf.map((plays, at) => {
                const viewers = shown.viewersOf[at] ?? 0;
                const peak = again?.atMs === at * shown.barMs;
                return h(
                  'span',
                  {
                    key: at,
                    class: peak ? 'peak' : '',
                    title: `${clock(at * shown.barMs)} · ${number(plays)}`,
                    style: { blockSize: `${(100 * plays) / most}%` },
                  },
                  h('i', { style: { blockSize: `${(100 * viewers) / Math.max(1, plays)}%` } }),
                );
              }),
            ),
            h(
              'p',
              { class: 'axis small muted numbers', dir: 'ltr', key: 'axis', 'aria-hidden': true },
              h('span', null, '0:00'),
              h('span', null, clock(shown.lengthMs)),
            ),
            h(
              'p',
              { class: 'legend small muted', key: 'legend' },
              h('span', { class: 'swatch' }),
              say('viewers'),
              h('span', { class: 'swatch pale' }),
              say('again'),
            ),
            h(
              'details',
              { key: 'table' },
              h('summary', null, say('asTable')),
              h(
                'table',
                { class: 'people' },
                h('caption', { class: 'said' }, say('tab_heat')),
                h(
                  'thead',
                  null,
                  h(
                    'tr',
                    null,
                    (['from', 'viewers', 'plays'] as const).map((word) =>
                      h('th', { key: word, scope: 'col' }, say(word)),
                    ),
                  ),
                ),
                h(
                  'tbody',
                  null,
                  shown.playsOf.map((plays, at) =>
                    h(
                      'tr',
                      { key: at },
                      h('th', { scope: 'row', class: 'numbers' }, clock(at * shown.barMs)),
                      h('td', { class: 'numbers' }, number(shown.viewersOf[at] ?? 0)),
                      h('td', { class: 'numbers' }, number(plays)),
                    ),
                  ),
                ),
              ),
            ),
          ]),
  );
}
