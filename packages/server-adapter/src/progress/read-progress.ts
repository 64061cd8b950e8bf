import type { Progress } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import type { Context } from '../context.ts';
import { lockOf, type Situation } from '../curriculum/availability.ts';
import type { Curriculum } from '../curriculum/curriculum.ts';
import { type CourseRow, type EnrolmentRow, startOf, zoneOf } from '../curriculum/find-course.ts';
import type { Curricula } from '../curriculum/kept-curricula.ts';
import { begunIn, percentOfCourse, standOf } from '../curriculum/node-standing.ts';
import { type KeptProgress, readKept } from '../curriculum/read-kept.ts';
import { doesCount, isVisible } from '../curriculum/visible.ts';
import type { CourseNode } from '../db/course-tables.ts';
import { readStreak } from '../read-streak.ts';

type Answer = z.output<typeof Progress>;
type NodeAnswer = Answer['nodes'][number];

/** Where a learner stands, for what is open. */
export const situationOf = (course: CourseRow, enrolment: EnrolmentRow, kept: KeptProgress): Situation => ({
  now: kept.at,
  cohort: enrolment.cohort,
  enrolledAt: enrolment.enrolled_at,
  startsAt: startOf(course, enrolment),
  zone: zoneOf(course, enrolment),
  done: kept.done,
  scores: kept.scores,
});

/** How far a learner is, all of one instant. */
export async function readProgress(
  { database, now }: Pick<Context, 'database' | 'now'>,
  curricula: Curricula,
  course: CourseRow,
  enrolment: EnrolmentRow,
  zone: string,
): Promise<Answer> {
  const kept = await readKept(database, enrolment.id, now);
  const curriculum = await curricula.of(database, course.id, kept.version);
  const situation = situationOf(course, enrolment, kept);
  const nodes = nodesOf(curriculum, kept, situation);
  const { done, all } = countLessons(curriculum, enrolment.cohort, kept.done, null);
  return {
    enrolment: enrolment.id,
    course: course.slug,
    version: kept.version,
    percent: percentOfCourse({ curriculum, cohort: enrolment.cohort }, kept.earned),
    completedAt: kept.completedAt?.toISOString() ?? null,
    lessonsDone: done,
    lessons: all,
    next: nextOf(curriculum, enrolment.cohort, nodes),
    nodes,
    streak: await readStreak(database, enrolment.participant_id, zone, now),
    seq: kept.seq,
  };
}

/** The states of all that a learner sees, in page order. */
function nodesOf(curriculum: Curriculum, kept: KeptProgress, situation: Situation): NodeAnswer[] {
  const { cohort } = situation;
  const nodes = {
    ...{ curriculum, cohort, begun: begunIn(curriculum, kept.lessons.keys()) },
    lessonOf: (id: string) => kept.lessons.get(id),
    unitOf: (id: string) => kept.units.get(id),
  };
  return curriculum.nodes
    .filter((node) => isVisible(curriculum, node, cohort))
    .map((node) => {
      const isLocked = !kept.done.has(node.id) && lockOf(curriculum, node.id, situation).locks.length > 0;
      const { completedAt, ...standing } = standOf(nodes, node, isLocked);
      return {
        ...{ id: node.id, ...standing },
        completedAt: completedAt?.toISOString() ?? null,
        positionMs: kept.lessons.get(node.id)?.positionMs ?? null,
      };
    });
}

/** How many lessons count, and how many of them are done: of a choice, as many as are enough. */
export function countLessons(
  curriculum: Curriculum,
  cohort: string | null,
  done: ReadonlySet<string>,
  parent: CourseNode | null,
): { done: number; all: number } {
  const sum = { done: 0, all: 0 };
  for (const node of curriculum.childrenOf(parent?.id ?? null)) {
    if (node.type === 'unit') {
      const inside = countLessons(curriculum, cohort, done, node);
      sum.done += inside.done;
      sum.all += inside.all;
    } else if (doesCount(curriculum, node, cohort)) {
      sum.done += done.has(node.id) ? 1 : 0;
      sum.all += 1;
    }
  }
  const most = parent?.choose ?? Number.POSITIVE_INFINITY;
  return { done: Math.min(sum.done, most), all: Math.min(sum.all, most) };
}

/** What to do next: the first that is open and counts where not enough is done yet, else the first that is open. */
function nextOf(curriculum: Curriculum, cohort: string | null, nodes: readonly NodeAnswer[]): Answer['next'] {
  const states = new Map(nodes.map(({ id, state }) => [id, state]));
  const open = curriculum.lessons.filter(({ id }) => {
    const state = states.get(id);
    return state === 'open' || state === 'started';
  });
  const isEnough = ({ id }: CourseNode) =>
    curriculum.unitsOf(id).some((unit) => unit.choose !== null && states.get(unit.id) === 'done');
  const next = open.find((lesson) => doesCount(curriculum, lesson, cohort) && !isEnough(lesson)) ?? open[0];
  return next ? { lesson: next.id, title: next.title, minutes: next.minutes } : null;
}
