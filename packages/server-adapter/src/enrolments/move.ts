import { repin } from '../curriculum/repin.ts';
import { LaurelProblem } from '../problem.ts';
import type { Desk } from './desk.ts';
import { advanceLine } from './line.ts';
import { readRoom } from './room.ts';

/** For those who have never learnt in the course: nothing is counted for them yet. Parameters: id, cohort, instant, actor. */
const changeCohort = (schema: string) => `
with moved as (
  update ${schema}.enrolment set cohort_id = $2::uuid, seq = seq + 1, updated_at = coalesce($3::timestamptz, now())
  where id = $1 returning *
)
insert into ${schema}.enrolment_step (enrolment_id, from_state, to_state, to_version, cohort_id, actor, reason, created_at)
select id, state, state, version, cohort_id, $4::text, 'moved', updated_at from moved`;

/**
 * Moves somebody to another cohort, or to none. Who has a seat needs one there; the one they leave goes to the line.
 * @throws LaurelProblem course_full, enrolment_state_conflict
 */
export async function moveTo(desk: Desk, enrolmentId: string, cohortId: string | null): Promise<void> {
  const { database, actor, now, channel } = desk;
  const row = await database.kysely
    .selectFrom('enrolment')
    .select(['participant_id', 'cohort_id', 'state', 'versions'])
    .where('id', '=', enrolmentId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (row.state === 'cancelled') {
    throw new LaurelProblem('enrolment_state_conflict', 'The enrolment is cancelled: enrol the participant again.');
  }
  if (row.cohort_id === cohortId) return;
  const hasSeat = row.state !== 'waiting';
  if (hasSeat && (await readRoom(desk)).leftIn(cohortId) <= 0) {
    throw new LaurelProblem('course_full', 'All seats of the cohort are taken.');
  }
  if (row.versions.length === 0) {
    await database.query(changeCohort(database.schema), [enrolmentId, cohortId, now, actor]);
  } else {
    await repin(database, { enrolments: [enrolmentId], cohortId, actor, reason: 'moved', now, channel });
  }
  desk.tell(row.participant_id);
  await advanceLine(desk);
}
