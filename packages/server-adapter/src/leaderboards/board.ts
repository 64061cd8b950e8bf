import type { LeaderboardRow } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import type { Database } from '../db/database.ts';
import { boardId, pseudonym } from './pseudonym.ts';
import { rankStretch } from './rank.ts';
import { aroundStatement, type BoardFacts, type BoardRow, pageStatement } from './statements.ts';

/** Which board, seen when. */
export interface BoardWindow {
  contestId: string;
  window: 'all' | 'period';
  now: Date | null;
}

/** A stretch of a board, all of it true at `seq`. */
export interface Stretch {
  seq: number;
  participants: number;
  startsAt: string;
  endsAt: string;
  rows: (z.output<typeof LeaderboardRow> & { participantId: string })[];
}

/** Reads boards by SQL. */
export interface BoardReader {
  /** Rows from the top, or after a row of the page before. */
  page(
    database: Database,
    window: BoardWindow,
    after: readonly [number, number] | null,
    limit: number,
  ): Promise<Stretch>;
  /** A participant's row with `around` rows to each side; no rows while they have no points. */
  around(database: Database, window: BoardWindow, participantId: string, around: number): Promise<Stretch>;
}

type Answer = BoardFacts & { rows: BoardRow[] };

/** Makes the reader; `key` makes the ids of board rows. */
export function createBoardReader(key: Buffer): BoardReader {
  const stretchOf = (contestId: string, answer: Answer | undefined): Stretch => {
    if (!answer) throw new Error(`Contest ${contestId} vanished.`);
    const rows = answer.rows.map((row) => ({
      participantId: row.participant_id,
      displayName: row.display_name,
      avatarUrl: row.avatar_url,
      score: Number(row.score),
      seq: Number(row.seq),
      sameScore: Number(row.same_score),
    }));
    const above = {
      higher: Number(answer.higher),
      higherScores: Number(answer.higher_scores),
      tiedBefore: Number(answer.tied_before),
    };
    return {
      seq: Number(answer.seq),
      participants: Number(answer.participants),
      startsAt: answer.starts_at.toISOString(),
      endsAt: answer.ends_at.toISOString(),
      rows: rankStretch(rows, above).map(({ sameScore: _, displayName, ...row }) => {
        const id = boardId(key, contestId, row.participantId);
        return { ...row, id, name: displayName ?? pseudonym(id) };
      }),
    };
  };
  return {
    page: async (database, { contestId, window, now }, after, limit) => {
      const parameters = [contestId, window, now, after?.[0] ?? null, after?.[1] ?? null, limit];
      const [answer] = await database.query<Answer>(pageStatement(database.schema), parameters, 'laurel_board_page');
      return stretchOf(contestId, answer);
    },
    around: async (database, { contestId, window, now }, participantId, around) => {
      const parameters = [contestId, window, now, participantId, around];
      const [answer] = await database.query<Answer>(
        aroundStatement(database.schema),
        parameters,
        'laurel_board_around',
      );
      return stretchOf(contestId, answer);
    },
  };
}
