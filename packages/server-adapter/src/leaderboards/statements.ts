import { periodStart } from '../ledger/sequence.ts';

/** A row of a board as the database has it. */
export interface BoardRow {
  participant_id: string;
  display_name: string | null;
  avatar_url: string | null;
  score: string;
  seq: string;
  same_score: string;
}

/** What stands above a stretch's first row, and what the whole board is at that moment. */
export interface BoardFacts {
  seq: string;
  participants: string;
  period_start: Date | number;
  starts_at: Date;
  ends_at: Date;
  higher: string;
  higher_scores: string;
  tied_before: string;
}

/** The window asked for, `$2` being `all` or `period`, at the instant `$3` (null: now). */
const board = (schema: string) => `
board as (
  select contest.id, contest.seq, contest.time_zone, contest.period,
    case when $2 = 'all' or period = 'contest' then '-infinity'
      else ${periodStart('period', 'moment.at', 'time_zone')} end as period_start,
    case when $2 = 'all' or period = 'contest' then starts_at
      -- Where clocks go back over midnight, the day's name begins twice: it has begun by now.
      else greatest(starts_at, least(moment.at, ${periodStart('period', 'moment.at', 'time_zone')})) end as starts_at,
    case when $2 = 'all' or period = 'contest' then ends_at
      else least(ends_at, ${periodEnd('moment.at')}) end as ends_at
  from ${schema}.contest
  -- After the end the last period stays on show.
  cross join lateral (select least(coalesce($3::timestamptz, now()), contest.ends_at - interval '1 microsecond') as at) moment
  where contest.id = $1
),
scored as not materialized (
  select participant_id, score, seq from ${schema}.standing
  where contest_id = $1 and period_start = (select period_start from board) and score > 0
)`;

function periodEnd(at: string): string {
  return `(date_trunc(period, ${at} at time zone time_zone) + ('1 ' || period)::interval) at time zone time_zone`;
}

const facts = `
select board.seq, board.starts_at, board.ends_at,
  (select count(*) from scored) as participants,
  (select count(*) from scored where score > first.score) as higher,
  (select count(distinct score) from scored where score > first.score) as higher_scores,
  (select count(*) from scored where score = first.score and seq < first.seq) as tied_before`;

const rows = (schema: string) => `
  select stretch.participant_id, participant.display_name, participant.avatar_url, stretch.score::text, stretch.seq::text,
    (select count(*) from scored where scored.score = stretch.score)::text as same_score
  from stretch left join ${schema}.participant on participant.id = stretch.participant_id
  order by stretch.score desc, stretch.seq`;

const together = (schema: string) => `
${facts}, coalesce((select jsonb_agg(row) from (${rows(schema)}) row), '[]') as rows
from board left join (select score, seq from stretch order by score desc, seq limit 1) first on true`;

/**
 * A page from the top, or after the row with score `$4` and sequence number `$5`; at most `$6` rows. One snapshot.
 */
export const pageStatement = (schema: string) => `with ${board(schema)},
stretch as (
  select * from scored
  where $4::bigint is null or score < $4 or (score = $4 and seq > $5)
  order by score desc, seq
  limit $6
)
${together(schema)}`;

/** The rows around participant `$4`, `$5` to each side. One snapshot; no rows when the participant has no points. */
export const aroundStatement = (schema: string) => `with ${board(schema)},
mine as (select * from scored where participant_id = $4),
stretch as (
  select * from mine
  union all
  (select scored.* from scored, mine
    where scored.score > mine.score or (scored.score = mine.score and scored.seq < mine.seq)
    order by scored.score, scored.seq desc limit $5)
  union all
  (select scored.* from scored, mine
    where scored.score < mine.score or (scored.score = mine.score and scored.seq > mine.seq)
    order by scored.score desc, scored.seq limit $5)
)
${together(schema)}`;
