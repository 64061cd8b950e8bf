import type { Interval } from '@laurelkit/sdk/progress';
import type { Database } from '../db/database.ts';
import type { LessonState } from './lesson-state.ts';

/** A learner with all that decides how far they are. */
export interface LearnerStates {
  id: string;
  participantId: string;
  state: 'waiting' | 'unpaid' | 'active' | 'cancelled';
  cohortId: string | null;
  /** Slug of the cohort. */
  cohort: string | null;
  timeZone: string;
  version: number;
  /** All they were ever pinned to. */
  versions: readonly number[];
  /** As it is kept, in the units of the version. */
  earned: number;
  total: number;
  completedAt: Date | null;
  states: ReadonlyMap<string, LessonState>;
  doneUnits: readonly string[];
}

type StoredLearner = Omit<LearnerStates, 'states' | 'earned' | 'total'> & {
  earned: string | number;
  total: string | number;
  lessons: (Omit<LessonState, 'watched'> & { lesson: string; watched: Interval[] })[];
};

const readSql = (schema: string) => `
select enrolment.id, participant_id as "participantId", state, cohort_id as "cohortId", course_cohort.slug as cohort,
  time_zone as "timeZone", version, versions, earned, total, completed_at as "completedAt",
  coalesce((
    select jsonb_agg(jsonb_build_object(
      'lesson', lesson,
      'viewed', viewed_at is not null,
      'spentMs', coalesce((
        select floor(1000 * sum(extract(epoch from upper(each) - lower(each)))) from unnest(spent) each), 0),
      'watched', coalesce((
        select jsonb_agg(jsonb_build_array(lower(each), upper(each)) order by each) from unnest(watched) each), '[]'),
      'score', score,
      'submitted', submitted_at is not null,
      'checked', checked_at is not null,
      'signedOff', signed_off_at is not null,
      'credited', credited_at is not null,
      'happened', happened))
    from ${schema}.lesson_state where enrolment_id = enrolment.id), '[]') as lessons,
  array(
    select unit from ${schema}.unit_state
    where enrolment_id = enrolment.id and completed_at is not null) as "doneUnits"
from ${schema}.enrolment left join ${schema}.course_cohort on course_cohort.id = cohort_id
where enrolment.id = any($1::uuid[])
order by enrolment.id`;

/** Reads learners by the ids of their enrolments, in the order of these. Ask for some hundreds at a time. */
export async function readLearners(database: Database, enrolments: readonly string[]): Promise<LearnerStates[]> {
  const rows = await database.query<StoredLearner>(
    readSql(database.schema),
    [enrolments],
    'laurel_read_learner_states',
  );
  return rows.map(({ lessons, ...row }) => ({
    ...row,
    earned: Number(row.earned),
    total: Number(row.total),
    states: new Map(lessons.map(({ lesson, ...state }) => [lesson, state])),
  }));
}
