import * as z from 'zod/mini';
import { lessonKinds, videoProviders } from './course-nodes.ts';
import type { Operations } from './operation.ts';
import { Block } from './rich-text.ts';
import type { Routes } from './routes.ts';
import { instant, reference } from './shapes.ts';

/** `open`: may be begun. `locked`: not yet; `locks` and `opensAt` say why and when. */
export const nodeStates = ['locked', 'open', 'started', 'done'] as const;

/** Why something is locked. */
export const lockKinds = ['completed', 'score', 'cohort', 'date', 'not', 'sequence', 'not_enrolled'] as const;

export const Lock = z.object({
  kind: z.enum(lockKinds),
  /** `completed`, `score` and `sequence`: the node that is waited for, and its title. */
  node: z.nullable(z.string()),
  title: z.nullable(z.string()),
  /** `score`: what it takes, of 100. */
  atLeast: z.nullable(z.int()),
  /** `date`: when it opens. */
  opensAt: z.nullable(instant),
});

/** A node as the caller sees it. */
export const OutlineNode = z.object({
  id: z.string(),
  parent: z.nullable(z.string()),
  type: z.enum(['unit', 'lesson']),
  title: z.string(),
  summary: z.nullable(z.string()),
  label: z.nullable(z.string()),
  kind: z.nullable(z.enum(lessonKinds)),
  minutes: z.nullable(z.int()),
  required: z.boolean(),
  /** A unit of which so many lessons are enough. */
  choose: z.nullable(z.int()),
  state: z.enum(nodeStates),
  /** Of a unit: of what counts in it. Of a lesson: 100 when it is done, else how far its rule is met. */
  percent: z.int(),
  /** What must come first; empty unless it is locked. */
  locks: z.array(Lock),
  /** When it opens by the clock alone, where that is known. */
  opensAt: z.nullable(instant),
  startsAt: z.nullable(instant),
  completedAt: z.nullable(instant),
});

/** A course as a tree, in the order of the page, each parent before its children. */
export const Outline = z.object({
  course: z.string(),
  name: z.string(),
  version: z.int(),
  enrolled: z.boolean(),
  percent: z.int(),
  nodes: z.array(OutlineNode),
});

/** A lesson to learn from. */
export const Lesson = z.object({
  course: z.string(),
  id: z.string(),
  title: z.string(),
  summary: z.nullable(z.string()),
  kind: z.enum(lessonKinds),
  minutes: z.nullable(z.int()),
  blocks: z.array(Block),
  video: z.nullable(
    z.object({
      provider: z.enum(videoProviders),
      url: z.string(),
      lengthMs: z.int(),
      posterUrl: z.nullable(z.string()),
      captions: z.array(z.object({ language: z.string(), label: z.string(), url: z.string() })),
      chapters: z.array(z.object({ id: z.string(), title: z.string(), fromMs: z.int(), toMs: z.int() })),
    }),
  ),
  url: z.nullable(z.string()),
  startsAt: z.nullable(instant),
  endsAt: z.nullable(instant),
  /** What is left to do until it is done, in the order of the rule; empty when it is done. */
  todo: z.array(
    z.object({
      kind: z.enum(['viewed', 'time', 'watched', 'chapters', 'gaps', 'score', 'submitted', 'manual', 'event']),
      /** How much of it is there, and how much it takes: seconds, percent, chapters or points of a score; 0 of 1 otherwise. */
      have: z.int(),
      need: z.int(),
      /** `manual`: who says so. */
      by: z.nullable(z.enum(['learner', 'staff'])),
    }),
  ),
  state: z.enum(nodeStates),
  completedAt: z.nullable(instant),
  /** Where the video was left, on whatever device. */
  positionMs: z.nullable(z.int()),
  /** What of the video was played: `[from, to]` in milliseconds, in order, apart from each other. */
  watched: z.array(z.array(z.int())),
  previous: z.nullable(z.string()),
  next: z.nullable(z.string()),
});

const course = z.strictObject({ course: reference });

export const lessons = {
  outline: {
    summary: 'The course as a tree: for a participant with their own states, otherwise as somebody new would find it.',
    access: ['publishable', 'participant', 'staff', 'secret'],
    limit: 'read',
    params: course,
    response: Outline,
    problems: ['course_not_found', 'course_not_published'],
  },
  get: {
    summary: 'A lesson of the caller’s version, once it is open. Staff see every lesson of the latest version.',
    access: ['participant', 'staff', 'secret'],
    limit: 'read',
    params: z.strictObject({ course: reference, lesson: reference }),
    response: Lesson,
    problems: ['course_not_found', 'course_not_published', 'lesson_not_found', 'lesson_locked', 'not_enrolled'],
  },
} as const satisfies Operations<Routes['lessons']>;
