import { weigh } from '../curriculum/weigh.ts';
import type { EnrolmentState } from '../db/course-tables.ts';
import type { Desk } from './desk.ts';

/** How long a seat is kept for somebody from the line who has to pay for it. */
const offeredFor = '24 hours';

/** An enrolment that has just changed its state. */
interface Changed {
  id: string;
  participant_id: string;
  pay_by: Date | null;
}

/**
 * Parameters: ids, states to change from, instant or null, actor, reason; what `set` and `only` need comes after. Rows are
 * locked in the order of their ids, and written down with what became of them.
 */
const change = (schema: string, set: string, only = 'true') => `
with old as (
  select id, state, version from ${schema}.enrolment
  where id = any($1::uuid[]) and state = any($2::text[]) and ${only}
  order by id for update
),
changed as (
  update ${schema}.enrolment mine
  set ${set}, seq = mine.seq + 1, updated_at = coalesce($3::timestamptz, now())
  from old where mine.id = old.id
  returning mine.id, mine.participant_id, mine.pay_by, mine.state, mine.version, mine.cohort_id,
    old.state as from_state, old.version as from_version
),
written as (
  insert into ${schema}.enrolment_step
    (enrolment_id, from_state, to_state, from_version, to_version, cohort_id, actor, reason, created_at)
  select id, from_state, state, from_version, version, cohort_id, $4, $5, coalesce($3::timestamptz, now()) from changed
)
select id, participant_id, pay_by from changed`;

/** SQL: whether somebody has never learnt in the course: no version is theirs yet. */
const isFresh = 'cardinality(mine.versions) = 0';

/** Whoever comes back goes on with the version, the progress and the beginning they had. */
const activation = `state = 'active', pay_by = null,
  version = case when ${isFresh} then $6 else mine.version end,
  versions = case when ${isFresh} then array[$6::int] else mine.versions end,
  total = case when ${isFresh} then ($7::text::jsonb ->> mine.id::text)::bigint else mine.total end,
  enrolled_at = case when ${isFresh} then coalesce($3::timestamptz, now()) else mine.enrolled_at end`;

const cohortsOf = (schema: string) => `
select enrolment.id, cohort.slug as cohort from ${schema}.enrolment
left join ${schema}.course_cohort cohort on cohort.id = cohort_id where enrolment.id = any($1::uuid[])`;

/** What makes a change: from which states, and why. */
interface Why {
  from: readonly EnrolmentState[];
  reason: string | null;
}

const subject = ({ course }: Desk, { id, participant_id }: Changed) => ({
  ...{ enrolment: id, course: course.id, participant: participant_id },
});

const parameters = ({ now, actor }: Desk, ids: readonly string[], { from, reason }: Why) => [
  ...[ids, from, now, actor, reason],
];

/** What counts in a version of the desk's course for learners of a cohort (its slug), in whole units. */
export async function totalOf({ database, course, curricula }: Desk, cohort: string | null): Promise<number> {
  return weigh(await curricula.of(database, course.id, course.version ?? 0), cohort).total;
}

/** Opens the course to enrolments: their seat is theirs. Who never learnt in it is pinned to the version of now. */
export async function activate(desk: Desk, ids: readonly string[], why: Why): Promise<void> {
  if (ids.length === 0) return;
  const { query, schema } = desk.database;
  const totals: Record<string, number> = {};
  for (const { id, cohort } of await query<{ id: string; cohort: string | null }>(cohortsOf(schema), [ids])) {
    totals[id] = await totalOf(desk, cohort);
  }
  const rows = await query<Changed>(change(schema, activation), [
    ...[...parameters(desk, ids, why), desk.course.version, JSON.stringify(totals)],
  ]);
  for (const row of rows) desk.tell(row.participant_id, [['enrolment.activated', subject(desk, row)]]);
}

/** Keeps seats for people from the line, who have to pay for them. */
export async function offer(desk: Desk, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const { query, schema } = desk.database;
  const set = `state = 'unpaid', pay_by = coalesce($3::timestamptz, now()) + $6::text::interval`;
  const why: Why = { from: ['waiting'], reason: 'a seat is free' };
  const rows = await query<Changed>(change(schema, set), [...parameters(desk, ids, why), offeredFor]);
  for (const row of rows) {
    const payBy = (row.pay_by as Date).toISOString();
    desk.tell(row.participant_id, [['enrolment.offered', { ...subject(desk, row), payBy }]]);
  }
}

/** What must hold of a row when it is changed: SQL, and the value of its `$6`. */
export interface Only {
  sql: string;
  value?: unknown;
}

/** Cancels enrolments; progress is kept. */
export async function cancelAll(desk: Desk, ids: readonly string[], why: Why, only?: Only): Promise<void> {
  if (ids.length === 0) return;
  const { query, schema } = desk.database;
  const set = `state = 'cancelled', pay_by = null`;
  const values = [...parameters(desk, ids, why), ...(only?.value === undefined ? [] : [only.value])];
  const rows = await query<Changed>(change(schema, set, only?.sql), values);
  for (const row of rows) desk.tell(row.participant_id, [['enrolment.cancelled', subject(desk, row)]]);
}
