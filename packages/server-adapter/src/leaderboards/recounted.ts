import type { Database } from '../db/database.ts';
import { hasSqlState } from '../db/storage.ts';
import { LaurelProblem } from '../problem.ts';
import { shownColumns } from '../shown-names.ts';
import type { ShownRow } from './stretch.ts';

/** A stretch of a board that was counted from the ledger alone, before ids and pseudonyms. */
export interface RecountedStretch {
  /** Ledger rows up to this one are counted. */
  seq: number;
  participants: number;
  rows: ShownRow[];
}

/** What of a contest's ledger is counted. */
export interface Counted {
  contestId: string;
  /** Rows up to this sequence number; `null`: all there are. */
  seq: number | null;
  /** Only what occurred from the first instant on, before the second. */
  between?: readonly [Date, Date];
}

const statement = (schema: string, between: boolean) => `
with counted as (
  select participant_id, sum(points)::bigint as score, max(seq) as seq from ${schema}.ledger
  where contest_id = $1 and ($2::bigint is null or seq <= $2)
    ${between ? 'and occurred_at >= $6::timestamptz and occurred_at < $7::timestamptz' : ''}
  group by participant_id having sum(points) > 0
),
ranked as (
  -- One sorting serves all four.
  select *, rank() over scores as rank, dense_rank() over scores as dense_rank,
    row_number() over (order by score desc, seq) as ordinal,
    count(*) over (order by score desc range between current row and current row) - 1 as tied_with
  from counted window scores as (order by score desc)
),
stretch as (
  select * from ranked where $3::bigint is null or score < $3 or (score = $3 and seq > $4) order by ordinal limit $5
)
select least($2, contest.seq)::float8 as seq, (select count(*) from counted)::int as participants, (
  select coalesce(jsonb_agg(jsonb_build_object('participantId', participant_id, 'displayName', display_name,
    'avatarUrl', avatar_url, 'score', score, 'seq', seq, 'rank', rank, 'denseRank', dense_rank, 'ordinal', ordinal,
    'tiedWith', tied_with) order by ordinal), '[]')
  from (
    select stretch.*, ${shownColumns(schema, 'stretch.participant_id')}
    from stretch left join ${schema}.participant on participant.id = stretch.participant_id
  ) shown
) as rows
from ${schema}.contest where id = $1`;

/**
 * Rows of a board counted from the ledger, from the top or after the row with this score and sequence number. One snapshot;
 * it costs a pass over what is counted.
 * @throws LaurelProblem unavailable when that takes longer than a statement may
 */
export async function recountedPage(
  database: Database,
  { contestId, seq, between }: Counted,
  after: readonly [number, number] | null,
  limit: number,
): Promise<RecountedStretch> {
  const [answer] = await database
    .query<RecountedStretch>(
      statement(database.schema, between !== undefined),
      [contestId, seq, after?.[0] ?? null, after?.[1] ?? null, limit, ...(between ?? [])],
      between ? 'laurel_board_interval' : 'laurel_board_recounted',
    )
    .catch((cause: unknown) => {
      if (!hasSqlState(cause, '57014')) throw cause;
      throw new LaurelProblem('unavailable', 'It took too long to count. Ask for less, or later.', {
        cause,
        retryAfter: 30,
      });
    });
  if (!answer) throw new Error(`Contest ${contestId} vanished.`);
  return answer;
}
