import type { Kit } from '../kit.ts';
import type { Speech } from '../learning/speech.ts';
import type { Board, ProgressStore } from './store.ts';
import type { ProgressKey } from './words.ts';

type Row = Board['rows'][number];

/** The learners of the group by how far they are, behind a summary; the visitor's own row is always there. */
export function board({ h, cleanName }: Kit, store: ProgressStore, { say, percent, number }: Speech<ProgressKey>) {
  const { board, boardOpen, boardFailed } = store.ui.value;
  const row = ({ rank, name, percent: far, self }: Row) =>
    h(
      'tr',
      { key: `${rank} ${name} ${self}`, class: self ? 'own' : undefined, part: self ? 'row-me' : 'row' },
      h('td', { class: 'numbers muted' }, number(rank)),
      h(
        'th',
        { scope: 'row' },
        h('bdi', { title: cleanName(name) }, cleanName(name)),
        self && h('span', { class: 'tag small' }, say('you')),
      ),
      h(
        'td',
        { class: 'far numbers' },
        h('span', { class: 'bar', 'aria-hidden': true }, h('i', { style: { inlineSize: `${far}%` } })),
        percent(far),
      ),
    );
  function inside() {
    if (boardFailed) {
      return h(
        'p',
        { class: 'note small', part: 'error' },
        say('boardFailed'),
        ' ',
        h('button', { type: 'button', class: 'button small', onClick: () => store.showBoard(true) }, say('boardAgain')),
      );
    }
    if (!board) return h('p', { class: 'small muted wait', 'aria-busy': true }, say('busy'));
    const own = board.own && !board.rows.some(({ self }) => self) ? board.own : null;
    return [
      h('p', { class: 'small muted' }, say('boardPeople', { n: board.learners })),
      h(
        'table',
        { class: 'others' },
        h('caption', { class: 'said' }, say('board')),
        h(
          'thead',
          { class: 'said' },
          h(
            'tr',
            null,
            h('th', { scope: 'col' }, say('place')),
            h('th', { scope: 'col' }, say('name')),
            h('th', { scope: 'col' }, say('far')),
          ),
        ),
        h(
          'tbody',
          null,
          board.rows.map(row),
          own && [h('tr', { key: 'gap', class: 'apart', 'aria-hidden': true }, h('td', { colSpan: 3 }, '⋯')), row(own)],
        ),
      ),
    ];
  }
  return h(
    'section',
    { class: 'group', part: 'board' },
    h(
      'button',
      {
        type: 'button',
        class: 'fold',
        'aria-expanded': boardOpen,
        'aria-controls': 'board',
        onClick: () => store.showBoard(!boardOpen),
      },
      say('board'),
    ),
    h('div', { id: 'board', hidden: !boardOpen }, boardOpen && inside()),
  );
}
