import type { ContestRow } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { callerOrNamed } from '../http/subject.ts';
import type { BoardReader } from './board.ts';
import type { PublicRow, Stretch } from './stretch.ts';

/** Boards: the page from the top, and the caller's own place. */
export function leaderboards(reader: BoardReader): Pick<Handlers<'leaderboards'>, 'list' | 'standing'> {
  return {
    list: async ({ contest: reference, window, limit, cursor }, context) => {
      const contest = await reader.contest(reference, context);
      const after = cursor === undefined ? null : readCursor(cursor, ['integer', 'integer']);
      const hidden = isHidden(contest) && context.caller.kind !== 'secret';
      const stretch = await reader.page(context, contest, window, after, hidden ? 0 : limit + 1);
      const items = stretch.rows.slice(0, limit);
      const last = items.at(-1);
      return {
        ...boardAnswer(stretch, contest, window),
        hidden,
        items,
        nextCursor: stretch.rows.length > limit && last ? writeCursor([last.score, last.seq]) : null,
      };
    },

    standing: async ({ contest: reference, window, around, participant }, context) => {
      const contest = await reader.contest(reference, context);
      const participantId = await callerOrNamed(context, participant);
      const hidden = isHidden(contest) && context.caller.kind !== 'secret';
      const stretch = await reader.around(context, contest, window, participantId, hidden ? 0 : around);
      return {
        ...boardAnswer(stretch, contest, window),
        hidden,
        standing: stretch.own && !hidden ? ownPlace(stretch.own) : null,
        around: hidden ? [] : stretch.rows,
      };
    },
  };
}

/** Whether a contest keeps its board to the host for now. */
export const isHidden = (contest: Pick<ContestRow, 'hide_until_end' | 'phase'>) =>
  contest.hide_until_end && (contest.phase === 'scheduled' || contest.phase === 'live' || contest.phase === 'paused');

const boardAnswer = (stretch: Stretch, contest: ContestRow, window: 'all' | 'period') => ({
  window,
  startsAt: stretch.startsAt,
  endsAt: stretch.endsAt,
  state: contest.phase,
  seq: stretch.seq,
  participants: stretch.participants,
});

const ownPlace = ({ id, name, rank, denseRank, ordinal, score, tiedWith }: PublicRow) => ({
  id,
  name,
  rank,
  denseRank,
  ordinal,
  score,
  tiedWith,
});
