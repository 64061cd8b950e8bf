import type { Database } from '../db/database.ts';
import type { ContestRow } from '../db/references.ts';
import type { BoardContext } from './board.ts';
import type { HeldBoards } from './held-boards.ts';

/** What some participants have on the board of the whole contest. */
export interface Among {
  seq: number;
  /** How many have points, of everybody. */
  participants: number;
  scores: AmongScore[];
}

/** Without points: score and sequence number 0, no rank. */
export interface AmongScore {
  participantId: string;
  score: number;
  seq: number;
  /** Among all. */
  overall: number | null;
}

/**
 * Everybody is counted in one pass, by which of the scores asked about they reach: at most as many as were asked about, so a
 * million participants cost one scan and no sorting.
 */
const statement = (schema: string) => `
with scored as not materialized (
  select participant_id, score, seq from ${schema}.standing
  where contest_id = $1 and period_start = '-infinity' and score > 0
),
member as materialized (
  select id as participant_id, score, seq
  from unnest($2::uuid[]) id left join scored on participant_id = id
),
steps as (select array_agg(distinct score order by score) as list from member where score is not null),
reached as (
  select width_bucket(score, list) as step, count(*) as rows, count(*) filter (where score = list[width_bucket(score, list)]) as same
  from scored cross join steps where list is not null group by 1
),
above as (
  select list[step] as score, coalesce(sum(rows) over (order by step desc), 0) - same as higher from reached cross join steps
  where step > 0
)
select contest.seq::float8 as seq, (select count(*) from scored)::int as participants, (
  select coalesce(jsonb_agg(jsonb_build_object('participantId', participant_id, 'score', coalesce(member.score, 0),
    'seq', coalesce(member.seq, 0), 'overall', higher + 1)), '[]')
  from member left join above on above.score = member.score
) as scores
from ${schema}.contest where id = $1`;

async function fromSql(database: Database, contestId: string, participantIds: readonly string[]): Promise<Among> {
  const parameters = [contestId, participantIds];
  const [answer] = await database.query<Among>(statement(database.schema), parameters, 'laurel_board_among');
  if (!answer) throw new Error(`Contest ${contestId} vanished.`);
  return answer;
}

/** Reads what these participants have: from memory where this node holds the board, by SQL otherwise, with the same answer. */
export async function readAmong(
  held: HeldBoards,
  context: BoardContext,
  contest: ContestRow,
  participantIds: readonly string[],
): Promise<Among> {
  const open = await held.open(contest.id, 'all', context);
  if (!open) return fromSql(context.reads, contest.id, participantIds);
  const { ranking, position } = open.board;
  const scores = participantIds.map((participantId) => {
    const place = ranking.place(participantId);
    const { score, seq } = (place && ranking.find(participantId)) ?? { score: 0, seq: 0 };
    return { participantId, score, seq, overall: place?.rank ?? null };
  });
  return { seq: position, participants: ranking.size, scores };
}
