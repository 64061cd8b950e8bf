import * as z from 'zod/mini';
import { LeaderboardRow } from './leaderboards.ts';
import type { Operations } from './operation.ts';
import type { Routes } from './routes.ts';
import { instant } from './shapes.ts';

/**
 * What travels on `GET /live`: server-sent events (WHATWG HTML §9.2) whose `event` is a key of `liveMessages` and whose
 * `data` is JSON of its schema.
 */
export const liveMessages = {
  /** A contest's board moved. Everything between `previousSeq` and `seq` is in it. */
  leaderboard: z.object({
    topic: z.string(),
    contest: z.string(),
    previousSeq: z.int(),
    seq: z.int(),
    participants: z.int(),
    /** The first ten rows as they stand at `seq`. */
    top: z.array(LeaderboardRow),
    /** Ids (of this board) of the rows whose score changed; capped at 100. */
    changed: z.array(z.string()),
  }),
  /** Something of the caller's own in a programme changed: read `GET /programs/{program}/me` again. */
  me: z.object({ topic: z.string(), program: z.string() }),
  /** The caller is further in a course: everything since is in it, `seq` as in the answer of `progress`. */
  progress: z.object({
    topic: z.string(),
    course: z.string(),
    seq: z.int(),
    percent: z.int(),
    completedAt: z.nullable(instant),
  }),
  /** Learners of a course moved on: read its learners, funnel or board again. */
  cohort: z.object({ topic: z.string(), course: z.string(), learners: z.int(), completed: z.int() }),
} as const;

export type LiveMessages = { [Name in keyof typeof liveMessages]: z.output<(typeof liveMessages)[Name]> };

/**
 * `contest:{contest}` (public), `program:{program}` and `course:{course}` (the caller's own numbers and progress), or
 * `cohort:{course}` (the learners of a course, for its learners and the host).
 */
export const topic = z
  .string()
  .check(
    z.regex(
      /^(contest|program|course|cohort):[A-Za-z0-9-]{1,64}$/,
      'must be contest:…, program:…, course:… or cohort:…',
    ),
  );

export const live = {
  stream: {
    summary: 'Server-sent events of the topics asked for. Resumes after `Last-Event-ID` with nothing lost or repeated.',
    access: ['publishable', 'participant', 'staff', 'secret'],
    limit: 'read',
    query: z.strictObject({
      /** Comma-separated, at most 10. */
      topics: z.string().check(
        z.minLength(1),
        z.maxLength(2200),
        z.refine((value) => {
          const topics = value.split(',');
          return topics.length <= 10 && topics.every((each) => topic.safeParse(each).success);
        }, 'must be 1 to 10 topics such as contest:spring, separated by commas'),
      ),
    }),
    contentType: 'text/event-stream',
    problems: ['contest_not_found', 'program_not_found', 'course_not_found', 'not_enrolled'],
  },
} as const satisfies Operations<Routes['live']>;
