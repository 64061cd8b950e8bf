import type { Language } from '../i18n/index.ts';
import type { Row } from '../stores/board.ts';
import { Avatar } from './avatar.tsx';
import { Name, Rank, Score } from './board-row.tsx';
import { Wreath } from './icon.tsx';

interface PodiumProps {
  rows: readonly Row[];
  mine: string | undefined;
  language: Language;
}

/** The first three on steps whose height is their rank: equals stand equally high. */
export const Podium = ({ rows, mine, language }: PodiumProps) => (
  <ol class="podium">
    {rows.map((row) => (
      <li
        key={row.id}
        data-id={row.id}
        data-score={row.score}
        class={row.id === mine ? `m${row.rank} mine-step` : `m${row.rank}`}
        part={row.id === mine ? 'row row-me' : 'row'}
      >
        <span class="crown">
          {row.rank === 1 && <Wreath />}
          <Avatar id={row.id} name={row.name} url={row.avatarUrl} />
        </span>
        <Name row={row} mine={row.id === mine} language={language} />
        <span class="muted small numbers">
          <Score value={row.score} language={language} />
          <span class="said"> {language.say('score')}</span>
        </span>
        <span class="step numbers">
          <span class="said">{language.say('rank')} </span>
          <Rank row={row} language={language} />
        </span>
      </li>
    ))}
  </ol>
);
