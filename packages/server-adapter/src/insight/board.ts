import type { Context } from '../context.ts';
import { findActive, findCohort, findCourse } from '../curriculum/find-course.ts';
import type { Database } from '../db/database.ts';
import type { Handlers } from '../handlers.ts';
import { LaurelProblem } from '../problem.ts';
import { boardId, pseudonym } from '../pseudonym.ts';
import { publicName } from '../public-name.ts';
import { type Audience, audienceValues, isOfAudience } from './audience.ts';
import { createKept } from './kept.ts';
import { percentSql } from './percent.ts';

type Board = Handlers<'insight'>['board'];
type Row = Awaited<ReturnType<Board>>['rows'][number];

interface Learner {
  participant_id: string;
  display_name: string | null;
  percent: number;
  completed_at: string | null;
}

/** What all who look at a board see of it. */
interface Shown {
  /** `ahead`: how many are further. */
  rows: (Learner & { ahead: number })[];
  /** Of each percentage: how many are there, and how many of them have completed the course. */
  counts: [percent: number, all: number, completed: number][];
}

/** Kept with milliseconds, as they are told. */
const completed = (at: string) => `to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** One statement, so that places, rows and numbers are of one instant. `$3` rows are wanted. */
const selectShown = (schema: string, audience: Audience) => `
with learner as materialized (
  select enrolment.id, enrolment.participant_id, ${percentSql('enrolment')} as percent, enrolment.completed_at
  from ${schema}.enrolment where ${isOfAudience(audience)}
), top as (
  select *, rank() over (order by percent desc, completed_at nulls last) - 1 as ahead
  from (select * from learner order by percent desc, completed_at nulls last, id limit $3) first
)
select coalesce((
  select json_agg(json_build_object('participant_id', top.participant_id, 'display_name', participant.display_name,
    'percent', top.percent, 'completed_at', ${completed('top.completed_at')}, 'ahead', top.ahead) order by top.ahead, top.id)
  from top join ${schema}.participant on participant.id = top.participant_id
), '[]') as rows, coalesce((
  select json_agg(json_build_array(percent, everybody, done))
  from (select percent, count(*) as everybody, count(completed_at) as done from learner group by percent) each
), '[]') as counts`;

/** The row of the one who asks (`$3`), and how many of the same percentage had completed the course before. */
const selectOwn = (schema: string, audience: Audience) => `
select own.participant_id, participant.display_name, own.percent, ${completed('own.completed_at')} as completed_at,
  case when own.completed_at is null then 0 else (
    select count(*) from ${schema}.enrolment
    where ${isOfAudience(audience)} and completed_at < own.completed_at and ${percentSql('enrolment')} = own.percent
  ) end::integer as earlier
from (
  select participant_id, completed_at, ${percentSql('enrolment')} as percent
  from ${schema}.enrolment where ${isOfAudience(audience)} and participant_id = $3
) own join ${schema}.participant on participant.id = own.participant_id`;

/**
 * Makes the board of a cohort. What all see of it is read for all who look at it at once, and kept for a while where it takes
 * long; the row of the one who asks is read each time.
 * @param key - derived for the purpose `board-id`
 */
export function createBoard(key: Buffer): Board {
  const kept = createKept<Shown>();
  return async ({ limit, ...of }, context) => {
    const { database, caller } = context;
    const self = caller.kind === 'participant' ? caller.id : null;
    const audience = await boardAudience(of, context);
    const values = audienceValues(audience);
    const read = () => readShown(database, audience, limit);
    // A host's own transaction sees what nobody else may.
    const { rows, counts } = await (context.enlisted ? read() : kept(JSON.stringify([...values, limit]), read));
    const own = self === null ? null : await readOwn(database, audience, self);
    const rowOf = ({ participant_id, display_name, percent, completed_at }: Learner, ahead: number): Row => ({
      rank: ahead + 1,
      name:
        (display_name === null ? null : publicName(display_name)) ??
        pseudonym(boardId(key, audience.course.id, participant_id)),
      percent,
      completedAt: completed_at,
      self: participant_id === self,
    });
    return {
      learners: counts.reduce((sum, [, all]) => sum + all, 0),
      rows: rows.map((row) => rowOf(row, row.ahead)),
      own: own && rowOf(own, aheadOf(own, counts)),
    };
  };
}

async function readShown({ query, schema }: Database, audience: Audience, limit: number): Promise<Shown> {
  const [row] = await query<Shown>(selectShown(schema, audience), [...audienceValues(audience), limit]);
  return row ?? { rows: [], counts: [] };
}

async function readOwn({ query, schema }: Database, audience: Audience, self: string) {
  const given = [...audienceValues(audience), self];
  const [own] = await query<Learner & { earlier: number }>(selectOwn(schema, audience), given);
  return own ?? null;
}

/** How many are further: whoever is at more, and of those at the same who was done before. Who is not done comes last. */
function aheadOf({ percent, completed_at, earlier }: Learner & { earlier: number }, counts: Shown['counts']): number {
  const further = counts.reduce((sum, [at, all]) => sum + (at > percent ? all : 0), 0);
  if (completed_at !== null) return further + earlier;
  return further + (counts.find(([at]) => at === percent)?.[2] ?? 0);
}

/**
 * Whose board it is: for a participant that of their own cohort, or of the course where they are in none.
 * @throws LaurelProblem course_not_found, cohort_not_found, not_enrolled, forbidden for the board of another cohort
 */
async function boardAudience(
  { course: reference, cohort: named }: { course: string; cohort?: string | undefined },
  { database, caller }: Pick<Context, 'database' | 'caller'>,
): Promise<Audience> {
  const course = await findCourse(database, reference, caller);
  const cohort = named === undefined ? null : await findCohort(database, course.id, named);
  if (caller.kind !== 'participant') return { course, cohort };
  const { cohort_id, cohort: slug } = await findActive(database, course, caller.id);
  if (cohort && cohort.id !== cohort_id) {
    throw new LaurelProblem('forbidden', 'A participant sees the board of their own cohort: leave "cohort" out.');
  }
  return { course, cohort: cohort_id !== null && slug !== null ? { id: cohort_id, slug } : null };
}
