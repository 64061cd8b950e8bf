import type { TargetedKeyboardEvent } from 'preact';
import type { Language } from '../i18n/index.ts';
import type { Row } from '../stores/board.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icon.tsx';
import { cleanName } from './name.ts';

interface RowProps {
  row: Row;
  mine: boolean;
  /** Ranks up (positive) or down since the last visit. */
  moved: number;
  /** The best score of the board, which fills the bar. */
  best: number;
  language: Language;
  /** Whether Tab stops here; the arrow keys reach the others. */
  stop: boolean;
}

/** `1`, or `=2` for a shared rank, with the words for those who listen. */
export function Rank({ row, language }: Pick<RowProps, 'row' | 'language'>) {
  return (
    <span class={row.rank <= 3 ? 'rank medal' : 'rank'} part="rank">
      <span>
        {row.tiedWith > 0 && <span aria-hidden="true">=</span>}
        {language.number(row.rank)}
        {row.tiedWith > 0 && <span class="said"> {language.say('tied', { n: row.tiedWith })}</span>}
      </span>
    </span>
  );
}

/** A name in any script, and whether it is the reader. */
export function Name({ row, mine, language }: Pick<RowProps, 'row' | 'mine' | 'language'>) {
  const name = cleanName(row.name);
  return (
    <span class="named">
      <bdi class="name" part="name" title={name}>
        {name}
      </bdi>
      {mine && (
        <span class="badge" part="badge">
          {language.say('you')}
        </span>
      )}
    </span>
  );
}

/** A score. */
export const Score = ({ value, language }: { value: number; language: Language }) => (
  <span class="score" part="score">
    {language.number(value)}
  </span>
);

function Moved({ by, language }: { by: number; language: Language }) {
  if (by === 0) return null;
  const way = by > 0 ? 'up' : 'down';
  const n = Math.abs(by);
  return (
    <span class={way} part="delta">
      <Icon name={way} />
      <span aria-hidden="true">{language.number(n)}</span>
      <span class="said">{language.say(way, { n })}</span>
    </span>
  );
}

function walk(event: TargetedKeyboardEvent<HTMLTableRowElement>): void {
  const rows = [...(event.currentTarget.closest('table')?.querySelectorAll<HTMLElement>('tr[data-id]') ?? [])];
  const at = rows.indexOf(event.currentTarget);
  const places: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 };
  const to = places[event.key];
  if (to === undefined) return;
  event.preventDefault();
  rows[Math.max(0, Math.min(to, rows.length - 1))]?.focus();
}

/** One line of the board: rank, movement, who, points. */
export function BoardRow({ row, mine, moved, best, language, stop }: RowProps) {
  const classes = [row.rank <= 3 && `m${row.rank}`, mine && 'mine'].filter(Boolean).join(' ');
  const share = `${best > 0 ? Math.max(0, Math.min(100, (row.score / best) * 100)) : 0}%`;
  return (
    <tr
      class={classes}
      part={mine ? 'row row-me' : 'row'}
      data-id={row.id}
      data-score={row.score}
      tabIndex={stop ? 0 : -1}
      aria-current={mine ? 'true' : undefined}
      onKeyDown={walk}
    >
      <td>
        <Rank row={row} language={language} />
      </td>
      <td class="move">
        <Moved by={moved} language={language} />
      </td>
      <th scope="row" class="person">
        <span class="who">
          <Avatar id={row.id} name={row.name} url={row.avatarUrl} />
          <span class="label">
            <Name row={row} mine={mine} language={language} />
            <i class="bar" part="progress" style={{ 'inline-size': share }} />
          </span>
        </span>
      </th>
      <td>
        <Score value={row.score} language={language} />
      </td>
    </tr>
  );
}
