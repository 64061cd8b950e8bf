import { hint } from '../bus.ts';
import type { Database } from '../db/database.ts';
import { emitAll } from '../events.ts';
import type { Curriculum } from './curriculum.ts';
import { createCurricula } from './kept-curricula.ts';
import { type LearnerStates, readLearners } from './learner-states.ts';
import { reckon, type Standing } from './reckon.ts';

/** What becomes of enrolments. */
export interface Repinning {
  /** Ids. */
  enrolments: readonly string[];
  /** The version they go by from now on; theirs unless told. */
  version?: number;
  /** The cohort they are in from now on, `null` for none; theirs unless told. */
import { createCurricula } from './kept-curricula.ts';
import { sumUp } from './reckon.ts';

/** Enrolments that move, and where to. */
export interface Repinned {
  enrolments: readonly string[];
  /** Default: the version they are pinned to. */
  version?: number;
  /** `null`: none. Default: the cohort they are in. */
  cohortId?: string | null;
  actor: string;
  reason: string | null;
  now: Date | null;
  channel: string;
}

const lockSql = (schema: string) => `
select id, course_id as "courseId" from ${schema}.enrolment where id = any($1::uuid[]) order by id for update`;

const moveSql = (schema: string) => `
with moved as (
  update ${schema}.enrolment set
    version = each.version,
    versions = case when each.version = any(versions) then versions else versions || each.version end,
    cohort_id = each.cohort_id, earned = each.earned, total = each.total,
    completed_at = case when each.earned = each.total and each.total > 0
      then coalesce(completed_at, $8::timestamptz, now()) else completed_at end,
    seq = seq + 1, updated_at = coalesce($8::timestamptz, now())
  from unnest($1::uuid[], $2::int[], $3::uuid[], $4::bigint[], $5::bigint[]) each(id, version, cohort_id, earned, total)
  where enrolment.id = each.id
  returning enrolment.id, state, enrolment.version, enrolment.cohort_id
)
insert into ${schema}.enrolment_step
  (enrolment_id, from_state, to_state, from_version, to_version, cohort_id, actor, reason, created_at)
select id, state, state, former.version, moved.version, moved.cohort_id, $6, $7, coalesce($8::timestamptz, now())
from moved join unnest($1::uuid[], $9::int[]) former(id, version) using (id)`;

const dropUnitsSql = (schema: string) => `delete from ${schema}.unit_state where enrolment_id = any($1::uuid[])`;

const keepUnitsSql = (schema: string) => `
insert into ${schema}.unit_state (enrolment_id, unit, earned, completed_at)
select enrolment_id, unit, earned, case when is_done then coalesce($5::timestamptz, now()) end
from unnest($1::uuid[], $2::text[], $3::bigint[], $4::boolean[]) each(enrolment_id, unit, earned, is_done)`;

const completeSql = (schema: string) => `
update ${schema}.lesson_state set completed_at = coalesce($3::timestamptz, now())
from unnest($1::uuid[], $2::text[]) each(enrolment_id, lesson)
where lesson_state.enrolment_id = each.enrolment_id and lesson_state.lesson = each.lesson and completed_at is null`;

/**
 * Moves enrolments of one course to another version or cohort, in the caller's transaction, and reckons how far they are anew.
 * What was done stays done, and so does the day a course was completed.
 */
export async function repin(database: Database, repinning: Repinning): Promise<void> {
  const { enrolments, now, actor, reason } = repinning;
  const { schema } = database;
  const [first] = await database.query<{ courseId: string }>(lockSql(schema), [enrolments]);
  if (!first) return;
  const learners = await readLearners(database, enrolments);
  const curricula = createCurricula();
  const of = ({ learner }: { learner: LearnerStates }) => repinning.version ?? learner.version;
  const needed = new Set(learners.flatMap((learner) => [...learner.versions, of({ learner })]));
  const versions = new Map<number, Curriculum>();
  for (const each of needed) versions.set(each, await curricula.of(database, first.courseId, each));
  const moved = learners.map((learner) => ({ learner, standing: standingOf(learner, of({ learner }), versions) }));
  await database.query(moveSql(schema), [
    moved.map(({ learner }) => learner.id),
    moved.map(of),
    moved.map(({ learner }) => (repinning.cohortId === undefined ? learner.cohortId : repinning.cohortId)),
    moved.map(({ standing }) => standing.earned),
    moved.map(({ standing }) => standing.total),
    ...[actor, reason, now],
    moved.map(({ learner }) => learner.version),
  ]);
  const units = moved.flatMap(({ learner, standing }) => unitsOf(learner, standing));
  await database.query(dropUnitsSql(schema), [enrolments]);
  await database.query(keepUnitsSql(schema), [
    units.map(({ id }) => id),
    units.map(({ unit }) => unit),
    units.map(({ earned }) => earned),
    units.map(({ isDone }) => isDone),
    now,
  ]);
  const lessons = moved.flatMap(({ learner, standing }) =>
    [...standing.done].filter((each) => learner.states.has(each)).map((lesson) => ({ id: learner.id, lesson })),
  );
  await database.query(completeSql(schema), [lessons.map(({ id }) => id), lessons.map(({ lesson }) => lesson), now]);
  await emitAll(
    database,
    moved
      .filter((each) => of(each) !== each.learner.version)
      .map(({ learner: { id, participantId, version } }) => [
        'enrolment.moved',
        { enrolment: id, course: first.courseId, participant: participantId, from: version, to: repinning.version },
      ]) as Parameters<typeof emitAll>[1],
  );
  await hint(database, repinning.channel, { selves: 'all', cohorts: [first.courseId], outbox: true });
}

function standingOf(learner: LearnerStates, version: number, kept: ReadonlyMap<number, Curriculum>): Standing {
  const versions = [...new Set([...learner.versions, version])].flatMap((each) => kept.get(each) ?? []);
  const current = kept.get(version) as Curriculum;
  return reckon({ ...learner, current, versions });
}

const unitsOf = ({ id, doneUnits }: LearnerStates, { unitEarned, done }: Standing) =>
  [...new Set([...unitEarned.keys(), ...doneUnits])].map((unit) => ({
    ...{ id, unit },
    earned: unitEarned.get(unit) ?? 0,
    isDone: done.has(unit),
  }));
const read = (schema: string) => `
select enrolment.id, course_id, participant_id, version, cohort_id from ${schema}.enrolment
where id = any($1::uuid[]) order by id for update`;

const doneStatement = (schema: string) => `
select lesson as id from ${schema}.lesson_state where enrolment_id = $1 and completed_at is not null`;

const move = (schema: string) => `
with moved as (
  update ${schema}.enrolment set version = $2::int, cohort_id = $3::uuid, earned = $4, total = $5,
    versions = case when $2::int = any(versions) then versions else versions || $2::int end,
    seq = seq + 1, updated_at = coalesce($6::timestamptz, now())
  where id = $1 returning *
)
insert into ${schema}.enrolment_step
  (enrolment_id, from_state, to_state, from_version, to_version, cohort_id, actor, reason, created_at)
select id, state, state, $7::int, version, cohort_id, $8::text, $9::text, updated_at from moved`;

const cohortSlug = (schema: string) => `select slug from ${schema}.course_cohort where id = $1`;

interface Pinned {
  id: string;
  course_id: string;
  participant_id: string;
  version: number;
  cohort_id: string | null;
}

/** Moves enrolments to another version or cohort, and counts anew what is earned there. Call it in a transaction. */
export async function repin(database: Database, to: Repinned): Promise<void> {
  const { query, schema } = database;
  const curricula = createCurricula();
  for (const row of await query<Pinned>(read(schema), [to.enrolments])) {
    const version = to.version ?? row.version;
    const cohortId = to.cohortId === undefined ? row.cohort_id : to.cohortId;
    const [cohort] = cohortId === null ? [] : await query<{ slug: string }>(cohortSlug(schema), [cohortId]);
    const done = new Set((await query<{ id: string }>(doneStatement(schema), [row.id])).map(({ id }) => id));
    const curriculum = await curricula.of(database, row.course_id, version);
    const { earned, total } = sumUp(curriculum, cohort?.slug ?? null, done).earnings;
    const values = [row.id, version, cohortId, earned, total, to.now, row.version, to.actor, to.reason];
    await query(move(schema), values);
    await hint(database, to.channel, { selves: [[row.course_id, row.participant_id]], cohorts: [row.course_id] });
  }
}
