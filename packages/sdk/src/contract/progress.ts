import * as z from 'zod/mini';
import { hostEvent } from './course-rules.ts';
import { nodeStates } from './lessons.ts';
import type { Operations } from './operation.ts';
import type { Routes } from './routes.ts';
import { dayInput, id, instant, instantInput, list, page, reference, slug, text, timeZone } from './shapes.ts';

/**
 * What can be told of a lesson. `viewed` it was opened; `spent` it was in front of the learner from `from` to `to`;
 * `watched` these `segments` were played meanwhile; `position` the playhead was left here; `checked` the learner says that
 * it is done. The host alone: `scored`, `submitted`, `signed_off`, `happened` (something named).
 */
export const progressKinds = [
  'viewed',
  'spent',
  'watched',
  'position',
  'checked',
  'scored',
  'submitted',
  'signed_off',
  'happened',
] as const;

const milliseconds = z.int().check(z.minimum(0), z.maximum(86_400_000));
/** A UUIDv7 made by the client: what came before has no second effect. */
const eventId = z.uuid();

export const ProgressEventInput = z.strictObject({
  id: eventId,
  lesson: slug,
  kind: z.enum(progressKinds),
  /** By the device’s clock; never counted as later than it arrived. */
  occurredAt: instantInput,
  /** The zone the learner is in: it decides which day this belongs to. That of the enrolment unless told. */
  timeZone: z.optional(timeZone),
  /** Tells devices of one learner apart; nothing personal. */
  device: z.optional(text(64)),
  /** `spent` and `watched`: since when, by the device’s clock; until `occurredAt`. */
  from: z.optional(instantInput),
  /** `watched`: stretches of the video, `[from, to)` in milliseconds of its time. */
  segments: z.optional(
    z.array(z.array(milliseconds).check(z.minLength(2), z.maxLength(2))).check(z.minLength(1), z.maxLength(200)),
  ),
  /** `watched`: the fastest it was played, in hundredths: 200 is twice as fast. */
  rate: z.optional(z.int().check(z.minimum(1), z.maximum(1600))),
  /** `position` and `watched`: where the playhead was left. */
  positionMs: z.optional(milliseconds),
  /** `scored`: of 100. */
  score: z.optional(z.int().check(z.minimum(0), z.maximum(100))),
  /** `happened`: what. */
  name: z.optional(hostEvent),
});

/** Why one event was not taken. */
export const progressRefusals = [
  'lesson_not_found',
  'lesson_locked',
  'kind_not_allowed',
  'field_missing',
  'segments_invalid',
] as const;

/** A run of days in a row. */
export const Streak = z.object({
  /** Days up to today (or yesterday, while today is still to come), frozen ones included. */
  current: z.int(),
  longest: z.int(),
  /** Whether something was learnt today. */
  today: z.boolean(),
  /** Freezes left. */
  freezes: z.int(),
  /** Days of the last five weeks: learnt, or saved by a freeze, or skipped at the date line. */
  days: z.array(z.object({ day: z.string(), kind: z.enum(['learnt', 'frozen', 'skipped']) })),
});

/** How far a learner is. */
export const Progress = z.object({
  enrolment: id,
  course: z.string(),
  version: z.int(),
  /** 0 to 100, rounded down: 100 only when everything that counts is done. Never falls within a version and cohort. */
  percent: z.int(),
  completedAt: z.nullable(instant),
  lessonsDone: z.int(),
  lessons: z.int(),
  /** What to do next; `null` when all is done or locked. */
  next: z.nullable(z.object({ lesson: z.string(), title: z.string(), minutes: z.nullable(z.int()) })),
  nodes: z.array(
    z.object({
      id: z.string(),
      state: z.enum(nodeStates),
      percent: z.int(),
      completedAt: z.nullable(instant),
      positionMs: z.nullable(z.int()),
    }),
  ),
  streak: Streak,
  /** Goes up with each change: what is older than what is shown may be left alone. */
  seq: z.int(),
});

/** A progress event as it is kept. */
export const ProgressEvent = z.object({
  id,
  enrolment: id,
  lesson: z.string(),
  kind: z.enum(progressKinds),
  occurredAt: instant,
  receivedAt: instant,
  timeZone: z.string(),
  /** The learner’s local day. */
  day: z.string(),
  device: z.nullable(z.string()),
  segments: z.array(z.array(z.int())),
  positionMs: z.nullable(z.int()),
  score: z.nullable(z.int()),
  name: z.nullable(z.string()),
  /** It claims more than the clock allows: kept, but what rests on it counts for no contest. */
  suspect: z.boolean(),
});

const course = z.strictObject({ course: reference });
/** For the host: whose. */
const whose = z.optional(reference);
const everyone = ['participant', 'staff', 'secret'] as const;
const problems = ['course_not_found', 'participant_not_found', 'not_enrolled'] as const;

export const progress = {
  get: {
    summary: 'How far the caller (or, for the host, `participant`) is.',
    access: everyone,
    limit: 'read',
    params: course,
    query: z.strictObject({ participant: whose, timeZone: z.optional(timeZone) }),
    response: Progress,
    problems,
  },
  record: {
    summary: 'Record progress events, each once by its id. In any order, from any device: the end is the same.',
    access: everyone,
    limit: 'track',
    params: course,
    body: z.strictObject({
      participant: whose,
      events: z.array(ProgressEventInput).check(z.minLength(1), z.maxLength(100)),
    }),
    response: z.object({
      /** In the order of the events. `repeated`: it was there before. */
      outcomes: z.array(
        z.object({
          id,
          outcome: z.enum(['recorded', 'repeated', 'refused']),
          code: z.nullable(z.enum(progressRefusals)),
        }),
      ),
      percent: z.int(),
      completedAt: z.nullable(instant),
      /** Lessons and units that are done since, in the order in which they became so. */
      completed: z.array(z.string()),
      seq: z.int(),
    }),
    problems,
  },
  complete: {
    summary: 'Say that a lesson is done: the learner, where its rule lets them, or staff. Answers how far they are.',
    access: everyone,
    limit: 'write',
    params: course,
    body: z.strictObject({
      participant: whose,
      lesson: slug,
      /** The zone the learner is in; that of the enrolment unless told. */
      timeZone: z.optional(timeZone),
    }),
    response: Progress,
    problems: [...problems, 'lesson_not_found', 'lesson_locked', 'completion_not_allowed'],
  },
  events: {
    summary: 'The progress events of an enrolment, newest first.',
    access: ['staff', 'secret'],
    limit: 'read',
    params: z.strictObject({ enrolment: id }),
    query: z.strictObject({ ...page, lesson: z.optional(slug) }),
    response: list(ProgressEvent),
    problems: ['enrolment_not_found', 'invalid_cursor'],
  },
} as const satisfies Operations<Routes['progress']>;

export const streaks = {
  get: {
    summary:
      'The caller’s streak over all courses (or, for the host, that of `participant`), as of today in `timeZone`.',
    access: everyone,
    limit: 'read',
    query: z.strictObject({
      participant: whose,
      /** It decides which day today is; where the learner was last unless told. */
      timeZone: z.optional(timeZone),
    }),
    response: Streak,
    problems: ['participant_not_found'],
  },
  grant: {
    summary: 'Give a learner freezes: each saves a day without learning, the oldest first.',
    access: ['secret', 'staff'],
    limit: 'write',
    body: z.strictObject({
      participant: reference,
      /** From this day on. */
      day: dayInput,
      freezes: z.int().check(z.minimum(1), z.maximum(30)),
      idempotencyKey: text(255),
    }),
    status: 201,
    response: z.object({ participant: id, freezes: z.int() }),
    problems: ['participant_not_found', 'idempotency_key_reused'],
  },
} as const satisfies Operations<Routes['streaks']>;
