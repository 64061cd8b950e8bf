import type { ContestRow } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { isHiddenFrom } from '../hidden-board.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { callerOrNamed } from '../http/subject.ts';
import type { BoardReader } from './board.ts';
import { boardCsv } from './board-csv.ts';
import { friendsBoard } from './friends.ts';
import type { HeldBoards } from './held-boards.ts';
import { intervalBoard } from './interval.ts';
import { pastBoard } from './past.ts';
import { photoFinish } from './photo-finish.ts';
import { photoFinishCsv } from './photo-finish-csv.ts';
import type { PublicRow, Stretch } from './stretch.ts';

/** What the boards need of the house. */
export interface LeaderboardServices {
  reader: BoardReader;
  held: HeldBoards;
  /** Of the purpose `board-id`: makes the ids of rows. */
  key: Buffer;
}

/** Boards: of the contest and its periods, of any stretch of time, among friends, as they were, to take away. */
export function leaderboards({
  reader,
  held,
  key,
}: LeaderboardServices): Omit<Handlers<'leaderboards'>, 'teams' | 'cohort'> {
  return {
    interval: intervalBoard(reader, key),
    friends: friendsBoard(reader, held, key),
    past: pastBoard(reader, key),
    csv: boardCsv(reader, key),
    photoFinish: photoFinish(reader, key),
    photoFinishCsv: photoFinishCsv(reader, key),

    list: async ({ contest: reference, window, limit, cursor }, context) => {
      const contest = await reader.contest(reference, context);
      const after = cursor === undefined ? null : readCursor(cursor, ['integer', 'integer']);
      const hidden = isHiddenFrom(context.caller, contest);
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
      const hidden = isHiddenFrom(context.caller, contest);
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
