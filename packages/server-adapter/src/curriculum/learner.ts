import type { EnrolmentState } from '../db/course-tables.ts';
import type { Database } from '../db/database.ts';
import type { Curriculum } from './curriculum.ts';
import { type CourseRow, startOf, zoneOf } from './find-course.ts';
import type { Curricula } from './kept-curricula.ts';

/** An enrolment whose row is locked, and all that decides how its progress counts. */
export interface Learner {
  id: string;
  courseId: string;
  participantId: string;
  /** The programme whose contests count completions. */
  programId: string | null;
  state: EnrolmentState;
  cohort: string | null;
  cohortId: string | null;
  current: Curriculum;
  /** All it was ever pinned to, the current one too; none for somebody who has not begun. */
  pinned: readonly Curriculum[];
  /** Whose clock local times of the course go by. */
  zone: string;
  /** Where the learner was last. */
  timeZone: string;
  enrolledAt: Date;
  startsAt: Date | null;
  earned: number;
  total: number;
  completedAt: Date | null;
  seq: number;
  suspect: boolean;
  /** Milliseconds of video claimed so far, every event by itself. */
  mediaMs: number;
  /** Milliseconds claimed so far to have been in front of the learner, every event by itself. */
  spentMs: number;
}

/** What SQL answers of one, see `learnerColumns`. */
export interface LearnerRow {
  id: string;
  course_id: string;
  participant_id: string;
  program_id: string | null;
  state: EnrolmentState;
  cohort_id: string | null;
  cohort: string | null;
  cohort_starts_at: Date | null;
  starts_at: Date | null;
  drip_zone: CourseRow['drip_zone'];
  course_zone: string;
  learner_zone: string;
  version: number;
  versions: number[];
  enrolled_at: Date;
  earned: number;
  total: number;
  completed_at: Date | null;
  seq: number;
  suspect: boolean;
  media_ms: number;
  spent_ms: number;
}

/** SQL: the columns of `LearnerRow`, of an `enrolment` with its `course` and `course_cohort`. */
export const learnerColumns = `enrolment.id, enrolment.course_id, enrolment.participant_id, course.program_id,
  enrolment.state, enrolment.cohort_id, course_cohort.slug as cohort, course_cohort.starts_at as cohort_starts_at,
  course.starts_at, course.drip_zone, course.time_zone as course_zone, enrolment.time_zone as learner_zone,
  enrolment.version, enrolment.versions, enrolment.enrolled_at, enrolment.earned::float8 as earned,
  enrolment.total::float8 as total, enrolment.completed_at, enrolment.seq::float8 as seq, enrolment.suspect,
  enrolment.media_ms::float8 as media_ms, enrolment.spent_ms::float8 as spent_ms`;

/** SQL: the zone in which a participant learnt last, in whatever course; `null` where they are in none. */
export const latestZone = (schema: string, participant: string) => `(
  select time_zone from ${schema}.enrolment where participant_id = ${participant} order by last_active_at desc nulls last, created_at desc limit 1)`;

/** Makes learners of rows, by id: each version they go by is asked for once, however many they are. */
export async function learnersOf(
  rows: readonly LearnerRow[],
  curricula: Curricula,
  database: Pick<Database, 'query' | 'schema'>,
): Promise<Map<string, Learner>> {
  const versions = new Map<string, Curriculum>();
  const keyOf = ({ course_id }: LearnerRow, version: number) => `${course_id}/${version}`;
  for (const row of rows) {
    for (const version of versionsOf(row)) {
      const key = keyOf(row, version);
      if (!versions.has(key)) versions.set(key, await curricula.of(database, row.course_id, version));
    }
  }
  const learners = new Map<string, Learner>();
  for (const row of rows) {
    if (!learners.has(row.id)) {
      learners.set(
        row.id,
        learnerOf(row, (version) => versions.get(keyOf(row, version)) as Curriculum),
      );
    }
  }
  return learners;
}

/** All that an enrolment goes by: who has not begun is pinned to none. */
const versionsOf = ({ version, versions }: LearnerRow) =>
  versions.includes(version) ? versions : [...versions, version];

function learnerOf(row: LearnerRow, curriculumOf: (version: number) => Curriculum): Learner {
  return {
    id: row.id,
    courseId: row.course_id,
    participantId: row.participant_id,
    programId: row.program_id,
    state: row.state,
    cohort: row.cohort,
    cohortId: row.cohort_id,
    current: curriculumOf(row.version),
    pinned: row.versions.map(curriculumOf),
    zone: zoneOf({ drip_zone: row.drip_zone, time_zone: row.course_zone }, { time_zone: row.learner_zone }),
    timeZone: row.learner_zone,
    enrolledAt: row.enrolled_at,
    startsAt: startOf(row, row),
    earned: row.earned,
    total: row.total,
    completedAt: row.completed_at,
    seq: row.seq,
    suspect: row.suspect,
    mediaMs: row.media_ms,
    spentMs: row.spent_ms,
  };
}

/** Parameters: ids. */
const lockStatement = (schema: string) => `
select from ${schema}.enrolment where id = any ((select $1::uuid[])::uuid[]) order by id for no key update`;

/** Parameters: ids. */
const readStatement = (schema: string) => `
select ${learnerColumns}
from ${schema}.enrolment
join ${schema}.course on course.id = enrolment.course_id
left join ${schema}.course_cohort on course_cohort.id = enrolment.cohort_id
where enrolment.id = any ((select $1::uuid[])::uuid[])
order by enrolment.id`;

/**
 * Locks enrolments in the order of their ids and reads what they go by, by id. Those that are not there are left out. Read after
 * they are locked: while it waited, a statement would have joined the cohorts they were in before.
 */
export async function lockLearners(
  database: Pick<Database, 'query' | 'schema'>,
  curricula: Curricula,
  ids: readonly string[],
): Promise<Map<string, Learner>> {
  const { query, schema } = database;
  await query(lockStatement(schema), [ids]);
  return learnersOf(await query<LearnerRow>(readStatement(schema), [ids]), curricula, database);
}
