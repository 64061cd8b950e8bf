import { hint } from '../bus.ts';
import type { Database } from '../db/database.ts';
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
