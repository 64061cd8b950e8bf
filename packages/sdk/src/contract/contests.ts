import * as z from 'zod/mini';
import type { Operations } from './operation.ts';
import type { Routes } from './routes.ts';
import { id, instant, instantInput, list, page, reference, slug, text, timeZone } from './shapes.ts';

export const contestStates = ['draft', 'scheduled', 'live', 'frozen', 'drawn', 'closed'] as const;
export const contestPeriods = ['contest', 'day', 'week', 'month'] as const;

/** What earns points: an event of the host, `referral` (someone joined), or `*` (any conversion). */
export const ScoringRule = z.strictObject({
  event: z.string().check(z.regex(/^(\*|[a-z][a-z0-9_.-]{0,63})$/, 'must be an event name or *')),
  points: z.int().check(z.minimum(1), z.maximum(1_000_000)),
});

/** A time-boxed competition inside a programme. */
export const Contest = z.object({
  id,
  slug: z.string(),
  program: z.string(),
  name: z.string(),
  description: z.nullable(z.string()),
  state: z.enum(contestStates),
  startsAt: instant,
  /** The first instant after the contest. */
  endsAt: instant,
  timeZone: z.string(),
  /** What the `period` window of the board is: the whole contest, or its current day, week or month. */
  period: z.enum(contestPeriods),
  scoring: z.array(ScoringRule),
  hideUntilEnd: z.boolean(),
  createdAt: instant,
  updatedAt: instant,
});

const fields = {
  name: text(120),
  description: z.nullable(text(2000)),
  startsAt: instantInput,
  endsAt: instantInput,
  timeZone,
  period: z.enum(contestPeriods),
  /** The first rule that matches an event decides; conversions that match none earn nothing. */
  scoring: z.array(ScoringRule).check(z.minLength(1), z.maxLength(20)),
  /** Nobody but the host sees the board before the contest ends. */
  hideUntilEnd: z.boolean(),
};

const params = z.strictObject({ contest: reference });

export const contests = {
  create: {
    summary: 'Create a contest in a programme.',
    access: ['secret'],
    limit: 'write',
    body: z
      .strictObject({
        program: reference,
        slug,
        name: fields.name,
        description: z._default(fields.description, null),
        /** `scheduled` goes live at `startsAt` by itself; `draft` waits and is not public. */
        state: z._default(z.enum(['draft', 'scheduled']), 'scheduled'),
        startsAt: fields.startsAt,
        endsAt: fields.endsAt,
        timeZone: z._default(fields.timeZone, 'UTC'),
        period: z._default(fields.period, 'contest'),
        scoring: z._default(fields.scoring, [{ event: '*', points: 1 }]),
        hideUntilEnd: z._default(fields.hideUntilEnd, false),
      })
      .check(
        z.refine((contest) => Date.parse(contest.startsAt) < Date.parse(contest.endsAt), {
          path: ['endsAt'],
          error: 'must be after startsAt',
        }),
      ),
    status: 201,
    response: Contest,
    problems: ['program_not_found', 'slug_taken'],
  },
  list: {
    summary: 'List contests, newest first. Drafts are seen with a secret key only.',
    access: ['publishable', 'participant', 'secret'],
    limit: 'read',
    query: z.strictObject({ ...page, program: z.optional(reference) }),
    response: list(Contest),
    problems: ['invalid_cursor', 'program_not_found'],
  },
  get: {
    summary: 'Read a contest.',
    access: ['publishable', 'participant', 'secret'],
    limit: 'read',
    params,
    response: Contest,
    problems: ['contest_not_found'],
  },
  update: {
    summary: 'Change the fields given. Once live, what decides the outcome (start, period, zone, scoring) is fixed.',
    access: ['secret'],
    limit: 'write',
    params,
    body: z.strictObject({
      name: z.optional(fields.name),
      description: z.optional(fields.description),
      state: z.optional(z.enum(['draft', 'scheduled', 'closed'])),
      startsAt: z.optional(fields.startsAt),
      endsAt: z.optional(fields.endsAt),
      timeZone: z.optional(fields.timeZone),
      period: z.optional(fields.period),
      scoring: z.optional(fields.scoring),
      hideUntilEnd: z.optional(fields.hideUntilEnd),
    }),
    response: Contest,
    problems: ['contest_not_found', 'contest_closed', 'contest_state_conflict'],
  },
} as const satisfies Operations<Routes['contests']>;
