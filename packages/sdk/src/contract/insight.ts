import * as z from 'zod/mini';
import type { Operations } from './operation.ts';
import type { Routes } from './routes.ts';
import { id, instant, list, page, reference, text } from './shapes.ts';

/** A learner as staff see them. */
export const Learner = z.object({
  enrolment: id,
  participant: id,
  /** The host’s own id of the person. */
  externalId: z.string(),
  name: z.nullable(z.string()),
  cohort: z.nullable(z.string()),
  version: z.int(),
  percent: z.int(),
  /** The lesson they were last at. */
  lesson: z.nullable(z.string()),
  lastActiveAt: z.nullable(instant),
  enrolledAt: instant,
  completedAt: z.nullable(instant),
  /** Something they claim is more than the clock allows. */
  suspect: z.boolean(),
});

/** A lesson in a funnel, in the order of the course. */
export const FunnelStep = z.object({
  lesson: z.string(),
  title: z.string(),
  /** Learners whose version has it. */
  learners: z.int(),
  started: z.int(),
  done: z.int(),
  /** Those who are at it now: started, not done. */
  here: z.int(),
  /** Half of those who are done took at most so many minutes from the first event to the last that counted. */
  medianMinutes: z.nullable(z.int()),
});

/** How often each part of a video was played. */
export const HeatMap = z.object({
  lesson: z.string(),
  lengthMs: z.int(),
  viewers: z.int(),
  /** Milliseconds that a bar stands for. */
  barMs: z.int(),
  /** How many of the viewers played (most of) it, at least once. */
  viewersOf: z.array(z.int()),
  /** How many times it was played, those again included. */
  playsOf: z.array(z.int()),
});

/** A place on a cohort’s board; those who are equally far share it. */
export const CohortRow = z.object({
  rank: z.int(),
  name: z.string(),
  percent: z.int(),
  completedAt: z.nullable(instant),
  self: z.boolean(),
});

const course = z.strictObject({ course: reference });
const cohort = z.optional(reference);
const host = ['staff', 'secret'] as const;

export const insight = {
  learners: {
    summary: 'Who is where: learners of a course, the most recently active first.',
    access: host,
    limit: 'read',
    params: course,
    query: z.strictObject({
      ...page,
      cohort,
      sort: z._default(z.enum(['active', 'percent', 'name']), 'active'),
      /** Part of a name or of the host’s id. */
      q: z.optional(text(100)),
    }),
    response: list(Learner),
    problems: ['course_not_found', 'cohort_not_found', 'invalid_cursor'],
  },
  funnel: {
    summary: 'How many started and finished each lesson.',
    access: host,
    limit: 'read',
    params: course,
    query: z.strictObject({ cohort }),
    response: z.object({ learners: z.int(), completed: z.int(), steps: z.array(FunnelStep) }),
    problems: ['course_not_found', 'course_not_published', 'cohort_not_found'],
  },
  heatMap: {
    summary: 'What of a video is played, and what again.',
    access: host,
    limit: 'read',
    params: z.strictObject({ course: reference, lesson: reference }),
    query: z.strictObject({ cohort }),
    response: HeatMap,
    problems: ['course_not_found', 'course_not_published', 'cohort_not_found', 'lesson_not_found'],
  },
  board: {
    summary: 'The learners of the caller’s cohort (else of the course) by how far they are, by their public names.',
    access: ['participant', 'staff', 'secret'],
    limit: 'read',
    params: course,
    query: z.strictObject({
      cohort,
      limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 10),
    }),
    response: z.object({ learners: z.int(), rows: z.array(CohortRow), own: z.nullable(CohortRow) }),
    problems: ['course_not_found', 'cohort_not_found', 'not_enrolled'],
  },
} as const satisfies Operations<Routes['insight']>;
