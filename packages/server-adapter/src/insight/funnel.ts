import type { Curriculum } from '../curriculum/curriculum.ts';
import type { Curricula } from '../curriculum/kept-curricula.ts';
import { isVisible } from '../curriculum/visible.ts';
import type { CourseNode } from '../db/course-tables.ts';
import type { Database } from '../db/database.ts';
import type { Handlers } from '../handlers.ts';
import { LaurelProblem } from '../problem.ts';
import { type Audience, audienceOf, audienceValues, isOfAudience } from './audience.ts';
import { createKept } from './kept.ts';
import { enrolmentsOf, readSlices } from './slices.ts';

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
}

const selectGroups = (schema: string, audience: Audience) => `
select enrolment.version, enrolment.cohort_id, course_cohort.slug as cohort,
  count(*)::integer as learners, count(enrolment.completed_at)::integer as completed
from ${schema}.enrolment left join ${schema}.course_cohort on course_cohort.id = enrolment.cohort_id
where ${isOfAudience(audience)}
group by enrolment.version, enrolment.cohort_id, course_cohort.slug`;

/** By version and cohort (`$3`) the part of the course that learners see. */
const partSql = (row: string) => `($3::jsonb ->> concat(${row}.version, '/', ${row}.cohort_id))::integer as part`;

/** `$4` and `$5`: the lessons in each part. Only there they count. */
const shownSql = 'unnest($4::text[], $5::integer[]) as shown (lesson, part) using (lesson, part)';

/**
 * The states are looked up learner by learner, never by going through those of all courses: without the offset the planner may
 * choose that. The index of the key has all that is counted.
 */
const statesOf = (schema: string, learner: string) => `lateral (
    select lesson, first_at, completed_at from ${schema}.lesson_state where enrolment_id = ${learner}.id offset 0
  ) state on true`;

/** Of a slice (`$6`, `$7`). Parts are told after counting, when there are few rows. */
const countLessons = (schema: string, audience: Audience) => `
with counted as (
  select state.lesson, enrolment.version, enrolment.cohort_id, count(*) as started, count(state.completed_at) as done,
    count(*) filter (where state.completed_at is null and enrolment.last_lesson = state.lesson) as here
  from ${enrolmentsOf(schema, audience, '$6', '$7')} enrolment
  join ${statesOf(schema, 'enrolment')}
  group by state.lesson, enrolment.version, enrolment.cohort_id
), by_part as (
  select counted.*, ${partSql('counted')} from counted
)
select lesson, sum(started)::integer as started, sum(done)::integer as done, sum(here)::integer as here
from by_part join ${shownSql} group by lesson`;

/** Of more learners than that, the median is that of so many of them, whoever: it differs by about a hundredth. */
const mostTimed = 2000;

const timeLessons = (schema: string, audience: Audience) => `
with enrolled as (
  select enrolment.id, ${partSql('enrolment')} from ${schema}.enrolment where ${isOfAudience(audience)}
  order by uuid_hash(enrolment.id) limit ${mostTimed}
), timed as materialized (
  select state.lesson, enrolled.part,
    ceil(greatest(date_part('epoch', state.completed_at - state.first_at) / 60, 0)) as minutes
  from enrolled join ${statesOf(schema, 'enrolled')}
  where state.completed_at is not null
)
select lesson, (percentile_disc(0.5) within group (order by minutes))::integer as median
from timed join ${shownSql} group by lesson`;

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
  const all = sumOf(groups.map((group) => group.learners));
  const versions = await Promise.all(groups.map(({ version }) => curricula.of(database, latest.courseId, version)));
  const lessons = latest.lessons.filter((lesson) => isShown(latest, lesson, audience));
  /** The lessons of the latest version that learners of each group see: most groups see the same. */
  const seen = groups.map(({ cohort }, index) => {
    const theirs = versions[index] as Curriculum;
    return lessons.map(({ id }) => id).filter((id) => seesLesson(theirs, id, cohort));
  });
  const parts = [...new Map(seen.map((ids) => [ids.join(), ids])).values()];
  const partOf = new Map(parts.map((ids, part) => [ids.join(), part]));
  const partByGroup = groups.map(({ version, cohort_id }, index) => [
    `${version}/${cohort_id ?? ''}`,
    partOf.get(seen[index]?.join() ?? ''),
  ]);
  const shown = parts.flatMap((ids, part) => ids.map((id) => ({ id, part })));
  const values = [
    ...ofAudience,
    JSON.stringify(Object.fromEntries(partByGroup)),
    shown.map(({ id }) => id),
    shown.map(({ part }) => part),
  ];
  const counted = await readSlices(database, audience, (slice) =>
    query<Counted>(countLessons(schema, audience), [...values, ...slice]),
  );
  const timed = await query<{ lesson: string; median: number }>(timeLessons(schema, audience), values);
  const byLesson = sumUp(counted);
  const medians = new Map(timed.map(({ lesson, median }) => [lesson, median]));
  const learners = new Map<string, number>();
  for (const [index, ids] of seen.entries()) {
    for (const id of ids) learners.set(id, (learners.get(id) ?? 0) + (groups[index]?.learners ?? 0));
  }
  return {
    learners: all,
    completed: sumOf(groups.map((group) => group.completed)),
    steps: lessons.map(({ id, title }) => {
      const { started = 0, done = 0, here = 0 } = byLesson.get(id) ?? {};
      const medianMinutes = medians.get(id) ?? null;
      return { lesson: id, title, learners: learners.get(id) ?? 0, started, done, here, medianMinutes };
    }),
  };
}

/** What was counted of each lesson in all slices. */
function sumUp(counted: readonly Counted[]): Map<string, Counted> {
  const byLesson = new Map<string, Counted>();
  for (const { lesson, started, done, here } of counted) {
    const sum = byLesson.get(lesson) ?? { lesson, started: 0, done: 0, here: 0 };
    sum.started += started;
    sum.done += done;
    sum.here += here;
    byLesson.set(lesson, sum);
  }
  return byLesson;
}

/**
 * The version that new learners get.
 * @throws LaurelProblem course_not_published
 */
export async function latestOf(database: Database, curricula: Curricula, { course }: Audience): Promise<Curriculum> {
  if (course.version !== null) return curricula.of(database, course.id, course.version);
  throw new LaurelProblem('course_not_published', 'Nobody learns yet: publish the course first.');
}

/** Whether a version has a lesson for learners of a cohort. */
function seesLesson(curriculum: Curriculum, id: string, cohort: string | null): boolean {
  const node = curriculum.node(id);
  return node?.type === 'lesson' && isVisible(curriculum, node, cohort);
}

/** Whether somebody of the audience sees a lesson. */
function isShown(curriculum: Curriculum, lesson: CourseNode, { cohort }: Audience): boolean {
  if (cohort) return isVisible(curriculum, lesson, cohort.slug);
  return [lesson, ...curriculum.unitsOf(lesson.id)].every(({ hidden }) => !hidden);
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
