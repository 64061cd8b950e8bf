import type { Language } from '../i18n/index.ts';
import { arrange } from '../stores/board.ts';
import type { BoardState, View } from '../stores/leaderboard.ts';
import { boardRow } from './board-row.tsx';

/**
 * The board as a real table: rows from the top, and beyond a gap the reader's own with its neighbours. `skip`: rows
 * drawn elsewhere (on the podium), counted for gaps all the same.
 */
export function boardTable(
  { page, own }: View,
  name: string,
  skip: number,
  moved: BoardState['moved'],
  language: Language,
) {
  const { say } = language;
  const mine = own?.standing?.id;
  const lines = arrange(page.items, own).slice(skip);
  const stop = (lines.find(({ row }) => row.id === mine) ?? lines[0])?.row;
  return (
    <table key={page.window} class="rows numbers">
      <caption class="said">
        {say('board')}: {name}
      </caption>
      <thead>
        <tr>
          <th scope="col">{say('rank')}</th>
          <th scope="col" class="move">
            <span class="said">{say('change')}</span>
          </th>
          <th scope="col">{say('name')}</th>
          <th scope="col">{say('score')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.flatMap(({ row, gap }) => [
          gap > 0 && (
            <tr key="gap" class="gap">
              <td colSpan={4}>
                <span>{say('between', { n: gap })}</span>
              </td>
            </tr>
          ),
          boardRow(row, row.id === mine, moved(row.id, row.rank), page.items[0]?.score ?? 0, row === stop, language),
        ])}
      </tbody>
    </table>
  );
}
