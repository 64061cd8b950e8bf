import type { Language } from '../i18n/index.ts';
import type { Row } from '../stores/board.ts';
import { bar } from './bar.tsx';
import { avatar, named, rank } from './person.tsx';
import { walk } from './walk.ts';

function moved(by: number, { say, number }: Language) {
  const way = by > 0 ? 'up' : 'down';
  const n = Math.abs(by);
  return (
    <span class={way} part="delta">
      <span aria-hidden="true">
        {by > 0 ? '▲' : '▼'} {number(n)}
      </span>
      <span class="said">{say(way, { n })}</span>
    </span>
  );
}

/**
 * One line of the board: rank, movement, who, points. `by`: ranks up or down; `best`: the score that fills the bar;
 * `stop`: whether Tab stops here, the arrow keys reach the others.
 */
export const boardRow = (row: Row, mine: boolean, by: number, best: number, stop: boolean, language: Language) => (
  <tr
    key={row.id}
    class={`m${row.rank}${mine ? ' mine' : ''}`}
    part={mine ? 'row row-me' : 'row'}
    data-id={row.id}
    data-score={row.score}
    tabIndex={stop ? 0 : -1}
    aria-current={mine ? 'true' : undefined}
    onKeyDown={walk}
  >
    <td>{rank(row, language)}</td>
    <td class="move">{by !== 0 && moved(by, language)}</td>
    <th scope="row" class="person">
      <span class="who">
        {avatar(row)}
        <span class="label">
          {named(row, mine, language)}
          {bar(row.score, best)}
        </span>
      </span>
    </th>
    <td class="score" part="score">
      {language.number(row.score)}
    </td>
  </tr>
);
