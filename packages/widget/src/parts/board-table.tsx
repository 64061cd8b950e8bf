import type { Language } from '../i18n/index.ts';
import { arrange, type Line, movement, type Own, type Row } from '../stores/board.ts';
import { BoardRow } from './board-row.tsx';

interface TableProps {
  caption: string;
  rows: readonly Row[];
  /** Rows drawn elsewhere (on the podium), counted for gaps all the same. */
  skip: number;
  own: Own | null;
  /** Ranks at the end of the last visit. */
  before: Record<string, number>;
  language: Language;
}

const Gap = ({ count, language }: { count: number; language: Language }) => (
  <tr class="gap">
    <td colSpan={4}>
      <span>{language.say('between', { n: count })}</span>
    </td>
  </tr>
);

/** The board as a real table: rows from the top, and beyond a gap the reader's own with its neighbours. */
export function BoardTable({ caption, rows, skip, own, before, language }: TableProps) {
  const mine = own?.standing?.id;
  const lines: Line[] = arrange(rows, own).slice(skip);
  const best = rows[0]?.score ?? 0;
  const ids = lines.flatMap((line) => (line.kind === 'row' ? [line.row.id] : []));
  const stop = mine && ids.includes(mine) ? mine : ids[0];
  const { say } = language;
  return (
    <table class="rows">
      <caption class="said">{caption}</caption>
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
        {lines.map((line) =>
          line.kind === 'gap' ? (
            <Gap key="gap" count={line.count} language={language} />
          ) : (
            <BoardRow
              key={line.row.id}
              row={line.row}
              mine={line.row.id === mine}
              moved={movement(before, line.row.id, line.row.rank)}
              best={best}
              stop={line.row.id === stop}
              language={language}
            />
          ),
        )}
      </tbody>
    </table>
  );
}
