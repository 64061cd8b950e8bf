import type { Database } from '../db/database.ts';

/** A team where it stands. */
export interface RankedTeam {
  id: string;
  name: string;
  members: number;
  /** The sum of its members' scores. */
  score: number;
  /** The greatest sequence number of its members: when the sum was reached. */
  seq: number;
  rank: number;
  denseRank: number;
  ordinal: number;
  tiedWith: number;
}

/** All teams of a contest that have members, in order, and how far the ledger was. */
export interface RankedTeams {
  seq: number;
  teams: RankedTeam[];
}

/** One snapshot; one row without a team where there are none. */
const statement = (schema: string) => `
with summed as (
  select member.team_id, count(*) as members, sum(coalesce(standing.score, 0)) as score, max(coalesce(standing.seq, 0)) as seq
  from ${schema}.contest_team_member member
  left join ${schema}.standing on standing.contest_id = $1 and standing.period_start = '-infinity'
    and standing.participant_id = member.participant_id
  where member.contest_id = $1
  group by member.team_id
),
ranked as (
  select summed.*,
    rank() over by_score as rank, dense_rank() over by_score as dense_rank,
    row_number() over (order by score desc, seq, team_id) as ordinal,
    count(*) over (partition by score) - 1 as tied_with
  from summed window by_score as (order by score desc)
)
select contest.seq::text as ledger_seq, team.id, team.name, ranked.members::int, ranked.score::text, ranked.seq::text,
  ranked.rank::int, ranked.dense_rank::int, ranked.ordinal::int, ranked.tied_with::int
from ${schema}.contest
left join (ranked join ${schema}.contest_team team on team.contest_id = $1 and team.id = ranked.team_id) on true
where contest.id = $1
order by ranked.ordinal`;

interface Row {
  ledger_seq: string;
  id: string | null;
  name: string;
  members: number;
  score: string;
  seq: string;
  rank: number;
  dense_rank: number;
  ordinal: number;
  tied_with: number;
}

/** Reads all teams of a contest with their exact places: higher sum first, then whichever reached it first. */
export async function readRankedTeams({ query, schema }: Database, contestId: string): Promise<RankedTeams> {
  const rows = await query<Row>(statement(schema), [contestId], 'laurel_ranked_teams');
  const teams = rows.flatMap(({ id, name, members, score, seq, rank, dense_rank, ordinal, tied_with }) =>
    id === null
      ? []
      : [
          {
            ...{ id, name, members, score: Number(score), seq: Number(seq) },
            ...{ rank, denseRank: dense_rank, ordinal, tiedWith: tied_with },
          },
        ],
  );
  return { seq: Number(rows[0]?.ledger_seq ?? 0), teams };
}

/** Where in a ranking the teams after this place begin. The team that was there may have moved since, or be gone. */
export function indexAfter(
  teams: readonly RankedTeam[],
  [score, seq, id]: readonly [score: number, seq: number, id: string],
): number {
  const index = teams.findIndex(
    (team) => team.score < score || (team.score === score && (team.seq > seq || (team.seq === seq && team.id > id))),
  );
  return index < 0 ? teams.length : index;
}
