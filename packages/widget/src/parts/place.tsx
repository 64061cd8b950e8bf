import type { Language } from '../i18n/index.ts';
import { chase, type Own, placeOf, type Row } from '../stores/board.ts';

interface PlaceProps {
  rows: readonly Row[];
  own: Own;
  participants: number;
  over: boolean;
  language: Language;
}

/** The reader's own place in a sentence, and how far the next one is. */
export function Place({ rows, own, participants, over, language: { say, number } }: PlaceProps) {
  const place = placeOf(rows, own);
  if (!place) {
    return over ? null : (
      <p class="place" part="place">
        {say('notYet')}
      </p>
    );
  }
  const near = chase(place, [...rows, ...own.around]);
  return (
    <p class="place" part="place">
      <b>
        {say(place.tiedWith > 0 ? 'yourTie' : 'yourRank', { rank: number(place.rank), total: number(participants) })}
      </b>
      {near && !over && (
        <span class="muted">
          {say(near.kind === 'behind' ? 'behind' : 'leadBy', { n: near.points, rank: number(near.rank) })}
        </span>
      )}
    </p>
  );
}
