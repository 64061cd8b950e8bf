import { nameOf, type Pen, titleOf } from './pen.ts';
import type { Learner } from './store.ts';

/** A bar of a share of 100; what it says stands beside it. */
export const bar = ({ h }: Pick<Pen, 'h'>, percent: number) =>
  h('span', { class: 'meter', 'aria-hidden': true }, h('i', { style: { inlineSize: `${percent}%` } }));

function row(pen: Pen, learner: Learner) {
  const { h, say, ago, date, number, store, state } = pen;
  const { enrolment, cohort, percent, lesson, lastActiveAt, suspect, completedAt } = learner;
  const name = nameOf(pen, learner);
  const group = state.cohorts.find(({ slug }) => slug === cohort)?.name ?? cohort;
  return h(
    'tr',
    { key: enrolment, part: 'row', 'aria-current': state.open?.enrolment === enrolment ? 'true' : undefined },
    h(
      'th',
      { scope: 'row' },
      h(
        'button',
        { type: 'button', class: 'open', 'data-learner': enrolment, onClick: () => store.open(learner), title: name },
        h('bdi', { class: 'name' }, name),
      ),
      suspect && h('span', { class: 'badge odd', title: say('suspectIs') }, say('suspect')),
      h(
        'span',
        { class: 'small muted under' },
        h('bdi', null, [group, titleOf(pen, lesson)].filter(Boolean).join(' · ')),
      ),
    ),
    h('td', { class: 'side' }, group ? h('bdi', null, group) : h('span', { class: 'muted' }, '–')),
    h(
      'td',
      { class: 'numbers' },
      h('span', { class: 'far' }, bar(pen, percent), completedAt ? say('done') : `${number(percent)} %`),
    ),
    h(
      'td',
      { class: 'side' },
      lesson ? h('bdi', null, titleOf(pen, lesson)) : h('span', { class: 'muted' }, say('notBegun')),
    ),
    h(
      'td',
      { class: 'numbers when', title: lastActiveAt ? date(lastActiveAt) : undefined },
      lastActiveAt ? h('bdi', null, ago(lastActiveAt)) : h('span', { class: 'muted' }, say('never')),
    ),
  );
}

/** Who is where: a table, with more by the page. */
export function table(pen: Pen) {
  const { h, say, store, state } = pen;
  const { items, nextCursor, q, cohort } = state;
  if (items?.length === 0) {
    return h('p', { class: 'muted hollow', key: 'none' }, say(q || cohort ? 'nobodyFound' : 'nobody'));
  }
  return h(
    'div',
    { class: 'rows', key: 'rows', 'aria-busy': !items },
    items &&
      h(
        'table',
        { class: 'people' },
        h('caption', { class: 'said' }, say('whoIsWhere')),
        h(
          'thead',
          null,
          h(
            'tr',
            null,
            (['learner', 'cohort', 'far', 'lesson', 'active'] as const).map((word) =>
              h(
                'th',
                { key: word, scope: 'col', class: word === 'cohort' || word === 'lesson' ? 'side' : '' },
                say(word),
              ),
            ),
          ),
        ),
        h(
          'tbody',
          null,
          items.map((learner) => row(pen, learner)),
        ),
      ),
    nextCursor &&
      h(
        'button',
        {
          type: 'button',
          class: 'button more',
          'aria-disabled': state.busy,
          onClick: () => void store.refresh(nextCursor),
        },
        say('more'),
      ),
  );
}
