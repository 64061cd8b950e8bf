import type { Interval } from '@laurelkit/sdk/progress';
import type { Database } from '../db/database.ts';
import type { LessonState } from './lesson-state.ts';
import type { KeptStanding, KeptUnit } from './newly-done.ts';

/** A learner with all that decides how far they are. */
export interface LearnerStates extends KeptStanding {
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
  /** Of a lesson that is done only where it has a score or was credited: the rest of its state decides nothing any more. */
  states: ReadonlyMap<string, LessonState>;
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

type StoredLearner = Omit<LearnerStates, keyof KeptStanding | 'earned' | 'total'> & {
  earned: string | number;
  total: string | number;
  lessons: StoredLesson[] | null;
  done: string[] | null;
  units: [unit: string, earned: number, done: boolean][] | null;
};

/** Lists instead of objects, and of what is done hardly more than its name: most of the time went into the rest of it. */
const readSql = (schema: string) => `
select enrolment.id, participant_id as "participantId", state, cohort_id as "cohortId", course_cohort.slug as cohort,
  time_zone as "timeZone", version, versions, earned, total, completed_at as "completedAt", kept.lessons, kept.done,
  (select json_agg(json_build_array(unit, unit_state.earned, unit_state.completed_at is not null))
    from ${schema}.unit_state where enrolment_id = enrolment.id) as units
from unnest((select $1::uuid[])) asked(id) join ${schema}.enrolment on enrolment.id = asked.id
left join ${schema}.course_cohort on course_cohort.id = cohort_id
cross join lateral (
  select json_agg(lesson) filter (where completed_at is not null) as done,
    json_agg(json_build_array(
      lesson, viewed_at is not null,
      case when isempty(spent) then 0 else (
        select round(1000 * sum(extract(epoch from upper(each) - lower(each)))) from unnest(spent) each) end,
      case when isempty(watched) then '[]' else (
        select json_agg(json_build_array(lower(each), upper(each)) order by each) from unnest(watched) each) end,
      score, submitted_at is not null, checked_at is not null, signed_off_at is not null, credited_at is not null,
      to_json(happened))) filter (where completed_at is null or score is not null or credited_at is not null) as lessons
  from ${schema}.lesson_state where enrolment_id = asked.id
) kept
order by enrolment.id`;

/** Reads learners by the ids of their enrolments, in the order of these. Ask for a thousand at a time. */
export async function readLearners(database: Database, enrolments: readonly string[]): Promise<LearnerStates[]> {
  const rows = await database.query<StoredLearner>(
    readSql(database.schema),
    [enrolments],
    'laurel_read_learner_states',
  );
  return rows.map(({ lessons, done, units, ...row }) => ({
    ...row,
    earned: Number(row.earned),
    total: Number(row.total),
    states: new Map((lessons ?? []).map(lessonOf)),
    doneLessons: new Set(done),
    units: new Map((units ?? []).map(unitOf)),
  }));
}

function lessonOf(stored: StoredLesson): [lesson: string, LessonState] {
  const [lesson, viewed, spentMs, watched, score, submitted, checked, signedOff, credited, happened] = stored;
  return [lesson, { viewed, spentMs, watched, score, submitted, checked, signedOff, credited, happened }];
}

const unitOf = ([unit, earned, done]: [string, number, boolean]): [string, KeptUnit] => [unit, { earned, done }];

/** Lessons and units that are done: they stay so. */
export const doneOf = ({ doneLessons, units }: KeptStanding): Set<string> =>
  new Set([...doneLessons, ...[...units].filter(([, { done }]) => done).map(([unit]) => unit)]);
