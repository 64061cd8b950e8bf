import type { Kit } from '../kit.ts';
import type { Speech } from '../learning/speech.ts';
import type { Progress } from '../learning/state.ts';
import { type Day, fiveWeeks } from './days.ts';
import type { ProgressKey } from './words.ts';

const flame =
  'M12 3c.5 3.5 5.5 5.5 5.5 11a5.5 5.5 0 0 1-11 0c0-2.2 1-3.8 2.2-5 .3 1.8 1 2.6 1.8 3C10.2 9 10.5 5.5 12 3z';

/** Days in a row, the freezes that are left, and the last five weeks as squares, with the same in words. */
export function streak({ h, icon }: Kit, { streak }: Progress, speech: Speech<ProgressKey>, level: number) {
  const { say, locale, number } = speech;
  const { current, longest, today, freezes } = streak;
  const days = fiveWeeks(streak.days, locale);
  const count = (kind: Day['kind']) => days.filter((day) => day.kind === kind).length;
  const long = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
  const narrow = new Intl.DateTimeFormat(locale, { weekday: 'narrow' });
  const dateOf = ({ day }: Day) => new Date(`${day}T12:00:00`);
  const [learnt, frozen] = [count('learnt'), count('frozen')];
  const hints = [
    current > 0 && say(today ? 'streakToday' : 'streakStill'),
    freezes > 0 && say('freezes', { n: freezes }),
  ].filter(Boolean);
  return h(
    'section',
    { class: 'streak', part: 'streak', 'aria-label': say('streak') },
    h(
      'div',
      { class: 'run' },
      h(
        'p',
        { class: current > 0 ? 'days lit' : 'days' },
        icon(flame),
        current > 0 && h('b', { class: 'numbers', 'aria-hidden': true }, number(current)),
      ),
      h(
        'div',
        { class: 'words' },
        h(`h${level}`, { class: 'sub' }, current > 0 ? say('streakDays', { n: current }) : say('streakNone')),
        hints.length > 0 && h('p', { class: 'small muted' }, hints.join(' ')),
        longest > current && h('p', { class: 'small muted numbers' }, say('longest', { n: longest })),
      ),
    ),
    h(
      'figure',
      { class: 'weeks' },
      h(
        'div',
        { class: 'grid', 'aria-hidden': true },
        days.slice(0, 7).map((day) => h('span', { key: `h${day.day}`, class: 'weekday' }, narrow.format(dateOf(day)))),
        days.map((day) =>
          h('span', {
            key: day.day,
            class: `day ${day.kind}`,
            title:
              day.kind === 'later'
                ? undefined
                : say(`day_${day.kind}` as ProgressKey, { day: long.format(dateOf(day)) }),
          }),
        ),
      ),
      h(
        'figcaption',
        { class: 'small muted' },
        `${say('fiveWeeks')}: `,
        h(
          'span',
          { class: 'legend' },
          h('i', { class: 'day learnt', 'aria-hidden': true }),
          say('learntDays', { n: learnt }),
        ),
        frozen > 0 && [
          ' ',
          h(
            'span',
            { class: 'legend' },
            h('i', { class: 'day frozen', 'aria-hidden': true }),
            say('frozenDays', { n: frozen }),
          ),
        ],
      ),
    ),
  );
}
