import * as z from 'zod/mini';
import { contestSettings, contestSettingsGiven } from './contest-settings.ts';
import type { Operations } from './operation.ts';
import { optional } from './optional.ts';
import type { Routes } from './routes.ts';
import { id, instant, instantInput, list, page, reference, slug, text, timeZone } from './shapes.ts';

export const contestStates = ['draft', 'scheduled', 'live', 'paused', 'frozen', 'drawn', 'closed'] as const;
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
  ...contestSettings,
  /** The version of the official rules in force. */
  rulesVersion: z.int(),
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

const note = text(500);

/** One step of a contest’s life. */
export const ContestStep = z.object({
  from: z.nullable(z.enum(contestStates)),
  to: z.enum(contestStates),
  /** What the host said about it, for everybody. */
  note: z.nullable(z.string()),
  /** Who did it: `system` or somebody of the host’s. Told to the host only. */
  actor: z.optional(z.string()),
  at: instant,
});

/** Official rules, made from the settings. A change of what they say makes a new version; none is lost. */
export const ContestRules = z.object({
  contest: z.string(),
  version: z.int(),
  /** How many versions there are. */
  versions: z.int(),
  title: z.string(),
  sections: z.array(z.object({ heading: z.string(), paragraphs: z.array(z.string()) })),
  /** SHA-256 of the canonical document (RFC 8785): what the commitment of a draw names. */
  hash: z.string(),
  createdAt: instant,
});

const params = z.strictObject({ contest: reference });

export const contests = {
  create: {
    summary: 'Create a contest in a programme.',
    access: ['secret', 'staff'],
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
        ...contestSettingsGiven,
      })
      .check(
        z.refine((contest) => Date.parse(contest.startsAt) < Date.parse(contest.endsAt), {
          path: ['endsAt'],
          error: 'must be after startsAt',
        }),
      ),
    status: 201,
    response: Contest,
    problems: ['program_not_found', 'slug_taken', 'contest_invalid'],
  },
  list: {
    summary: 'List contests, newest first. Drafts are seen by the host only.',
    access: ['publishable', 'participant', 'staff', 'secret'],
    limit: 'read',
    query: z.strictObject({ ...page, program: z.optional(reference) }),
    response: list(Contest),
    problems: ['invalid_cursor', 'program_not_found'],
  },
  get: {
    summary: 'Read a contest.',
    access: ['publishable', 'participant', 'staff', 'secret'],
    limit: 'read',
    params,
    response: Contest,
    problems: ['contest_not_found'],
  },
  update: {
    summary: 'Change the fields given. Once live, what decides the outcome (start, period, zone, scoring) is fixed.',
    access: ['secret', 'staff'],
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
      ...optional(contestSettings),
    }),
    response: Contest,
    problems: ['contest_not_found', 'contest_closed', 'contest_state_conflict', 'contest_invalid'],
  },
  pause: {
    summary: 'Pause a contest, with a public note: until it is resumed nothing earns points.',
    access: ['secret', 'staff'],
    limit: 'write',
    params,
    body: z.strictObject({ note }),
    response: Contest,
    problems: ['contest_not_found', 'contest_closed', 'contest_state_conflict'],
  },
  resume: {
    summary: 'Let a paused contest go on, with a public note.',
    access: ['secret', 'staff'],
    limit: 'write',
    params,
    body: z.strictObject({ note }),
    response: Contest,
    problems: ['contest_not_found', 'contest_closed', 'contest_state_conflict'],
  },
  extend: {
    summary: 'Move the end of a running contest further away, with a public note.',
    access: ['secret', 'staff'],
    limit: 'write',
    params,
    body: z.strictObject({ endsAt: instantInput, note }),
    response: Contest,
    problems: ['contest_not_found', 'contest_closed', 'contest_state_conflict'],
  },
  history: {
    summary: 'What happened to a contest, oldest first. Who did it is told to the host only.',
    access: ['publishable', 'participant', 'staff', 'secret'],
    limit: 'read',
    params,
    response: z.object({ items: z.array(ContestStep) }),
    problems: ['contest_not_found'],
  },
  rules: {
    summary: 'The official rules made from the settings: the version in force, or an earlier one.',
    access: ['public'],
    limit: 'read',
    params,
    query: z.strictObject({
      version: z.optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(1_000_000))),
    }),
    response: ContestRules,
    problems: ['contest_not_found', 'rules_not_found'],
  },
  rulesPage: {
    summary: 'The official rules as a page to read and print.',
    access: ['public'],
    limit: 'read',
    params,
    query: z.strictObject({
      version: z.optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(1_000_000))),
    }),
    contentType: 'text/html; charset=utf-8',
    problems: ['contest_not_found', 'rules_not_found'],
  },
} as const satisfies Operations<Routes['contests']>;
