import { shownColumns } from '../shown-names.ts';
import { endOfWindow, momentOf, standingsOf, startOfWindow } from './window.ts';

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
  select contest.id, contest.seq, ${standingsOf('$2')} as period_start,
    ${startOfWindow('$2')} as starts_at, ${endOfWindow('$2')} as ends_at
  from ${schema}.contest
  cross join lateral (select ${momentOf('coalesce($3::timestamptz, now())')} as at) moment
  where contest.id = $1
),
scored as not materialized (
  select participant_id, score, seq from ${schema}.standing
  where contest_id = $1 and period_start = (select period_start from board) and score > 0
)`;

/** Steps from one score to the next before counting all rows above is cheaper. */
const mostSteps = 1000;

/**
 * What stands above the first row of the relation `stretch`. Everything is counted in one pass over the index; different
 * scores, where they are few, by stepping from one to the next.
 */
const above = `
first as materialized (select score, seq from stretch order by score desc, seq limit 1),
counts as (
  select count(*) as participants,
    count(*) filter (where score > (select score from first)) as higher,
    count(*) filter (where score = (select score from first) and seq < (select seq from first)) as tied_before
  from scored
),
steps (score, number) as (
  select (select max(score) from scored), 1
  union all
  select (select scored.score from scored where scored.score < steps.score order by scored.score desc limit 1), number + 1
  from steps where score > (select score from first) and number < ${mostSteps}
),
distinct_scores as (
  select case when max(number) = ${mostSteps}
    then (select count(distinct score) from scored where score > (select score from first))
    else count(*) filter (where score > (select score from first)) end as higher_scores
  from steps
)`;

const facts = `
select board.seq, board.starts_at, board.ends_at, participants, higher, higher_scores, tied_before`;

/** Each score is counted once, however many rows of the stretch have it. */
const rows = (schema: string) => `
  select stretch.participant_id, ${shownColumns(schema, 'stretch.participant_id')}, stretch.score::text, stretch.seq::text,
    tied.rows::text as same_score
  from stretch
  join ${schema}.contest on contest.id = $1
  join (
    select score, (select count(*) from scored where scored.score = each.score) as rows
    from (select distinct score from stretch) each offset 0
  ) tied on tied.score = stretch.score
  left join ${schema}.participant on participant.id = stretch.participant_id
  order by stretch.score desc, stretch.seq`;

const together = (schema: string) => `
${facts}, coalesce((select jsonb_agg(row) from (${rows(schema)}) row), '[]') as rows
from board cross join counts cross join distinct_scores`;

/** Rows on one side of a row, nearest first: two walks along the index, because its columns run in two directions. */
const beside = (side: 'better' | 'worse', { score, seq }: { score: string; seq: string }, limit: string) => {
  const [more, before, order] = side === 'better' ? ['>', '<', 'score, seq desc'] : ['<', '>', 'score desc, seq'];
  return `select * from (
    (select * from scored where score = ${score} and seq ${before} ${seq} order by ${order} limit ${limit})
    union all
    (select * from scored where score ${more} ${score} order by ${order} limit ${limit})
  ) near order by ${order} limit ${limit}`;
};

/** At most `$6` rows from the top, or after the row with score `$4` and sequence number `$5`. */
const page = (schema: string) => `${board(schema)},
stretch as (
  (select * from scored where $4::bigint is null order by score desc, seq limit $6)
  union all
  (${beside('worse', { score: '$4::bigint', seq: '$5::bigint' }, '$6')})
)`;

/** A page: see the parameters of `page`. One snapshot. */
export const pageStatement = (schema: string) => `with recursive ${page(schema)},
${above}
${together(schema)}`;

/** The rows of a page and nothing that all others must be counted for: who reads on from page to page knows it. */
export const walkStatement = (schema: string) => `with ${page(schema)}
select board.seq, board.starts_at, board.ends_at, coalesce((select jsonb_agg(row) from (${rows(schema)}) row), '[]') as rows
from board`;

/** The rows around participant `$4`, `$5` to each side. One snapshot; no rows when the participant has no points. */
export const aroundStatement = (schema: string) => `with recursive ${board(schema)},
mine as materialized (select * from scored where participant_id = $4),
stretch as (
  select * from mine
  union all
  (${beside('better', { score: '(select score from mine)', seq: '(select seq from mine)' }, '$5')})
  union all
  (${beside('worse', { score: '(select score from mine)', seq: '(select seq from mine)' }, '$5')})
),
${above}
${together(schema)}`;
