import type { Database } from '../db/database.ts';
import { type Above, rankStretch } from './rank.ts';
import { aroundStatement, type BoardFacts, type BoardRow, pageStatement, walkStatement } from './statements.ts';
import type { ShownRow } from './stretch.ts';

/** Which board, seen when. */
export interface BoardWindow {
  contestId: string;
  window: 'all' | 'period';
  now: Date | null;
}

/** A stretch of a board as SQL answers it, before ids and pseudonyms. */
export interface SqlStretch {
  seq: number;
  participants: number;
  startsAt: Date;
  endsAt: Date;
  rows: ShownRow[];
}

type Answer = BoardFacts & { rows: BoardRow[] };

/** Rows from the top, or after the row with this score and sequence number. */
export async function sqlPage(
  database: Database,
  { contestId, window, now }: BoardWindow,
  after: readonly [number, number] | null,
  limit: number,
): Promise<SqlStretch> {
  const parameters = [contestId, window, now, after?.[0] ?? null, after?.[1] ?? null, limit];
  const [answer] = await database.query<Answer>(pageStatement(database.schema), parameters, 'laurel_board_page');
  return stretchOf(contestId, answer);
}

/** What a walk from page to page knows of the board. */
export type Walked = Pick<SqlStretch, 'seq' | 'startsAt' | 'endsAt' | 'rows'>;

/** The rows after `last`, the last one of the page before; their places follow from its place. */
export async function sqlWalk(
  database: Database,
  { contestId, window, now }: BoardWindow,
  last: ShownRow | undefined,
  limit: number,
): Promise<Walked> {
  const parameters = [contestId, window, now, last?.score ?? null, last?.seq ?? null, limit];
  const [answer] = await database.query<Pick<Answer, 'seq' | 'starts_at' | 'ends_at' | 'rows'>>(
    walkStatement(database.schema),
    parameters,
    'laurel_board_walk',
  );
  if (!answer) throw new Error(`Contest ${contestId} vanished.`);
  const rows = answer.rows.map(shownRow);
  return {
    seq: Number(answer.seq),
    startsAt: answer.starts_at,
    endsAt: answer.ends_at,
    rows: rankStretch(rows, aboveNext(last, rows[0])).map(({ sameScore: _, ...row }) => row),
  };
}

/** What stands above the row that follows `last`. */
function aboveNext(last: ShownRow | undefined, next: { score: number } | undefined): Above {
  if (!last || !next) return { higher: 0, higherScores: 0, tiedBefore: 0 };
  if (next.score !== last.score) return { higher: last.ordinal, higherScores: last.denseRank, tiedBefore: 0 };
  return { higher: last.rank - 1, higherScores: last.denseRank - 1, tiedBefore: last.ordinal - last.rank + 1 };
}

/** A participant's row with `around` rows to each side; no rows while they have no points. */
export async function sqlAround(
  database: Database,
  { contestId, window, now }: BoardWindow,
  participantId: string,
  around: number,
): Promise<SqlStretch> {
  const parameters = [contestId, window, now, participantId, around];
  const [answer] = await database.query<Answer>(aroundStatement(database.schema), parameters, 'laurel_board_around');
  return stretchOf(contestId, answer);
}

/** Participants with ledger rows after `position` up to `seq`, the latest first. */
export async function sqlChanged(
  { query, schema }: Database,
  contestId: string,
  position: number,
  seq: number,
  limit: number,
): Promise<string[]> {
  const rows = await query<{ participant_id: string }>(
    `select participant_id from ${schema}.ledger where contest_id = $1 and seq > $2 and seq <= $3
     group by participant_id order by max(seq) desc limit $4`,
    [contestId, position, seq, limit],
  );
  return rows.map((row) => row.participant_id);
}

const shownRow = (row: BoardRow) => ({
  participantId: row.participant_id,
  displayName: row.display_name,
  avatarUrl: row.avatar_url,
  score: Number(row.score),
  seq: Number(row.seq),
  sameScore: Number(row.same_score),
});

function stretchOf(contestId: string, answer: Answer | undefined): SqlStretch {
  if (!answer) throw new Error(`Contest ${contestId} vanished.`);
  const above: Above = {
    higher: Number(answer.higher),
    higherScores: Number(answer.higher_scores),
    tiedBefore: Number(answer.tied_before),
  };
  const rows = answer.rows.map(shownRow);
  return {
    seq: Number(answer.seq),
    participants: Number(answer.participants),
    startsAt: answer.starts_at,
    endsAt: answer.ends_at,
    rows: rankStretch(rows, above).map(({ sameScore: _, ...row }) => row),
  };
}
