import type { Curriculum } from '../curriculum/curriculum.ts';
import type { Curricula } from '../curriculum/kept-curricula.ts';
import { isVisible } from '../curriculum/visible.ts';
import type { CourseNode } from '../db/course-tables.ts';
import type { Database } from '../db/database.ts';
import type { Handlers } from '../handlers.ts';
import { LaurelProblem } from '../problem.ts';
import { type Audience, audienceOf, audienceValues, isOfAudience } from './audience.ts';
import { createKept } from './kept.ts';

type Funnel = Handlers<'insight'>['funnel'];
type FunnelAnswer = Awaited<ReturnType<Funnel>>;

/** Learners for whom the course is the same: of one version and cohort. */
interface Group {
  version: number;
  cohort_id: string | null;
  cohort: string | null;
  learners: number;
  completed: number;
}

interface Counted {
  lesson: string;
  started: number;
  done: number;
  here: number;
  median: number | null;
}

const noCohort = '00000000-0000-0000-0000-000000000000';

const selectGroups = (schema: string, audience: Audience) => `
select enrolment.version, enrolment.cohort_id, course_cohort.slug as cohort,
  count(*)::integer as learners, count(enrolment.completed_at)::integer as completed
from ${schema}.enrolment left join ${schema}.course_cohort on course_cohort.id = enrolment.cohort_id
where ${isOfAudience(audience)}
group by enrolment.version, enrolment.cohort_id, course_cohort.slug`;

/**
 * Counted by whole minutes first, so that the median takes no sorting of all rows. A lesson counts for the groups whose version
 * shows it: `$5` and `$6`, the groups by their place in `$3` and `$4`.
 */
const countLessons = (schema: string, audience: Audience) => `
with enrolled as materialized (
  select enrolment.id, enrolment.last_lesson, kind.place
  from ${schema}.enrolment
  join unnest($3::integer[], $4::uuid[]) with ordinality as kind (version, cohort_id, place)
    on kind.version = enrolment.version and kind.cohort_id = coalesce(enrolment.cohort_id, '${noCohort}')
  where ${isOfAudience(audience)}
), by_minutes as (
  select state.lesson, enrolled.place,
    case when state.completed_at is not null
      then greatest(ceil(date_part('epoch', state.completed_at - state.first_at) / 60), 0)::integer end as minutes,
    count(*) as started,
    count(*) filter (where state.completed_at is null and enrolled.last_lesson = state.lesson) as here
  from enrolled join ${schema}.lesson_state state on state.enrolment_id = enrolled.id
  group by 1, 2, 3
), by_lesson as (
  select lesson, minutes, sum(started) as started, sum(here) as here
  from by_minutes join unnest($5::text[], $6::bigint[]) as shown (lesson, place) using (lesson, place)
  group by lesson, minutes
), summed as (
  select *, sum(started) over (partition by lesson, minutes is null order by minutes) as up_to,
    sum(started) filter (where minutes is not null) over (partition by lesson) as done
  from by_lesson
)
select lesson, sum(started)::integer as started, coalesce(max(done), 0)::integer as done, sum(here)::integer as here,
  min(minutes) filter (where up_to * 2 >= done) as median
from summed group by lesson`;

/** Makes the funnel of a course: in the order of the latest version, how many started and finished each lesson. */
export function createFunnel(curricula: Curricula): Funnel {
  const kept = createKept<FunnelAnswer>();
  return async (of, context) => {
    const audience = await audienceOf(of, context);
    const read = () => readFunnel(context.reads, curricula, audience);
    if (context.enlisted) return read();
    return kept([...audienceValues(audience), audience.course.version].join('/'), read);
  };
}

/** @throws LaurelProblem course_not_published */
async function readFunnel(database: Database, curricula: Curricula, audience: Audience): Promise<FunnelAnswer> {
  const { query, schema } = database;
  const latest = await latestOf(database, curricula, audience);
  const ofAudience = audienceValues(audience);
  const groups = await query<Group>(selectGroups(schema, audience), ofAudience);
  const versions = await Promise.all(groups.map(({ version }) => curricula.of(database, latest.courseId, version)));
  const lessons = latest.lessons.filter((lesson) => isShown(latest, lesson, audience));
  /** By place, from 1, the lessons that learners of the group see. */
  const shown = groups.flatMap(({ cohort }, index) =>
    lessons.flatMap(({ id }) => {
      const theirs = versions[index]?.node(id);
      const seen = theirs?.type === 'lesson' && isVisible(versions[index] as Curriculum, theirs, cohort);
      return seen ? [{ id, index, place: index + 1 }] : [];
    }),
  );
  const counted = await query<Counted>(countLessons(schema, audience), [
    ...ofAudience,
    groups.map(({ version }) => version),
    groups.map(({ cohort_id }) => cohort_id ?? noCohort),
    shown.map(({ id }) => id),
    shown.map(({ place }) => place),
  ]);
  const byLesson = new Map(counted.map((each) => [each.lesson, each]));
  const learners = new Map<string, number>();
  for (const { id, index } of shown) learners.set(id, (learners.get(id) ?? 0) + (groups[index]?.learners ?? 0));
  return {
    learners: sumOf(groups.map((group) => group.learners)),
    completed: sumOf(groups.map((group) => group.completed)),
    steps: lessons.map(({ id, title }) => {
      const { started = 0, done = 0, here = 0, median = null } = byLesson.get(id) ?? {};
      return { lesson: id, title, learners: learners.get(id) ?? 0, started, done, here, medianMinutes: median };
    }),
  };
}

/**
 * The version that new learners get.
 * @throws LaurelProblem course_not_published
 */
export async function latestOf(database: Database, curricula: Curricula, { course }: Audience): Promise<Curriculum> {
  if (course.version !== null) return curricula.of(database, course.id, course.version);
  throw new LaurelProblem('course_not_published', 'Nobody learns yet: publish the course first.');
}

/** Whether somebody of the audience sees a lesson. */
function isShown(curriculum: Curriculum, lesson: CourseNode, { cohort }: Audience): boolean {
  if (cohort) return isVisible(curriculum, lesson, cohort.slug);
  return [lesson, ...curriculum.unitsOf(lesson.id)].every(({ hidden }) => !hidden);
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
