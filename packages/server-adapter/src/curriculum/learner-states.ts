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

type StoredLesson = [
  lesson: string,
  viewed: boolean,
  spentMs: number,
  watched: Interval[],
  score: number | null,
  submitted: boolean,
  checked: boolean,
  signedOff: boolean,
  credited: boolean,
  happened: string[],
];

type StoredLearner = Omit<LearnerStates, 'states' | 'earned' | 'total'> & {
  earned: string | number;
  total: string | number;
  lessons: StoredLesson[];
};

/** Lists instead of objects: half the time for twenty thousand lessons. */
const readSql = (schema: string) => `
select enrolment.id, participant_id as "participantId", state, cohort_id as "cohortId", course_cohort.slug as cohort,
  time_zone as "timeZone", version, versions, earned, total, completed_at as "completedAt",
  coalesce((
    select json_agg(json_build_array(
      lesson, viewed_at is not null,
      case when isempty(spent) then 0 else (
        select floor(1000 * sum(extract(epoch from upper(each) - lower(each)))) from unnest(spent) each) end,
      case when isempty(watched) then '[]' else (
        select json_agg(json_build_array(lower(each), upper(each)) order by each) from unnest(watched) each) end,
      score, submitted_at is not null, checked_at is not null, signed_off_at is not null, credited_at is not null,
      to_json(happened)))
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
    states: new Map(lessons.map(lessonOf)),
  }));
}

function lessonOf(stored: StoredLesson): [lesson: string, LessonState] {
  const [lesson, viewed, spentMs, watched, score, submitted, checked, signedOff, credited, happened] = stored;
  return [lesson, { viewed, spentMs, watched, score, submitted, checked, signedOff, credited, happened }];
}
