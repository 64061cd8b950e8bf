import type { Context } from '../context.ts';
import { findActive, findCohort, findCourse } from '../curriculum/find-course.ts';
import type { Handlers } from '../handlers.ts';
import { LaurelProblem } from '../problem.ts';
import { boardId, pseudonym } from '../pseudonym.ts';
import { publicName } from '../public-name.ts';
import { type Audience, audienceValues, isOfAudience } from './audience.ts';
import { percentSql } from './percent.ts';

type Board = Handlers<'insight'>['board'];
type Row = Awaited<ReturnType<Board>>['rows'][number];

interface BoardRow {
  participant_id: string;
  display_name: string | null;
  percent: number;
  completed_at: Date | null;
  /** How many are further. */
  ahead: number;
  learners: number;
  is_own: boolean;
}

/** The earlier one was done, the further; who is not done comes last. */
const doneAt = (learner: string) => `coalesce(${learner}.completed_at, 'infinity')`;

/** One statement, so that places, rows and numbers are of one instant. `$3` asks, `$4` rows are wanted. */
const selectBoard = (schema: string, audience: Audience) => `
with learner as not materialized (
  select enrolment.id, enrolment.participant_id, ${percentSql('enrolment')} as percent, enrolment.completed_at
  from ${schema}.enrolment where ${isOfAudience(audience)}
), top as (
  select * from learner order by percent desc, completed_at nulls last, id limit $4
), shown as (
  select *, rank() over (order by percent desc, completed_at nulls last) - 1 as ahead, false as is_own from top
  union all
  select own.*, (
    select count(*) from learner where learner.percent > own.percent
      or learner.percent = own.percent and ${doneAt('learner')} < ${doneAt('own')}
  ), true
  from learner own where own.participant_id = $3
)
select shown.participant_id, participant.display_name, shown.percent, shown.completed_at, shown.ahead::integer,
  (select count(*) from learner)::integer as learners, shown.is_own
from shown join ${schema}.participant on participant.id = shown.participant_id
order by shown.is_own, shown.ahead, shown.id`;

/** Makes the board of a cohort. @param key - derived for the purpose `board-id` */
export const createBoard =
  (key: Buffer): Board =>
  async ({ limit, ...of }, context) => {
    const { database, caller } = context;
    const self = caller.kind === 'participant' ? caller.id : null;
    const audience = await boardAudience(of, context);
    const { query, schema } = database;
    const rows = await query<BoardRow>(selectBoard(schema, audience), [...audienceValues(audience), self, limit]);
    const rowOf = ({ participant_id, display_name, percent, completed_at, ahead }: BoardRow): Row => ({
      rank: ahead + 1,
      name:
        (display_name === null ? null : publicName(display_name)) ??
        pseudonym(boardId(key, audience.course.id, participant_id)),
      percent,
      completedAt: completed_at?.toISOString() ?? null,
      self: participant_id === self,
    });
    const own = rows.find(({ is_own }) => is_own);
    return {
      learners: rows[0]?.learners ?? 0,
      rows: rows.filter(({ is_own }) => !is_own).map(rowOf),
      own: own ? rowOf(own) : null,
    };
  };

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
