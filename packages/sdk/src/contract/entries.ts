import * as z from 'zod/mini';
import { channel } from './clicks.ts';
import { actionKinds } from './contest-settings.ts';
import type { Operations } from './operation.ts';
import type { Routes } from './routes.ts';
import { id, instant, list, page, reference, slug, text } from './shapes.ts';

const country = z.string().check(z.regex(/^[A-Z]{2}$/, 'must be two capital letters (ISO 3166-1)'));

/** Why somebody is not in the draw yet. */
export const missingRequirements = ['joining', 'country', 'age', 'email', 'rules'] as const;

/** What an action is to the caller now. */
export const actionStates = ['open', 'done', 'locked', 'waiting'] as const;

/** Where points came from: joining and referrals, conversions, actions, the host’s own awards, rewards, courses. */
export const entrySources = [
  'joined',
  'referral',
  'conversion',
  'action',
  'award',
  'reward',
  'course',
  'other',
] as const;

/** What is left of a prize of an instant win. */
export const StockLeft = z.object({
  /** The prize’s name. */
  prize: z.string(),
  /** How many of it no play has won yet. */
  left: z.int(),
});

/** The caller’s part in a contest. */
export const OwnEntries = z.object({
  contest: z.string(),
  /** Whether the caller joined: accepted the rules and confirmed what they ask. */
  joined: z.boolean(),
  /** What is missing to take part in draws and win prizes; `[]`: nothing. */
  missing: z.array(z.enum(missingRequirements)),
  disqualified: z.nullable(z.object({ reason: z.string(), at: instant })),
  showName: z.boolean(),
  points: z.int(),
  /** Tickets in the draw, as they stand, once nothing but `rules` is missing; of the disqualified none. */
  entries: z.int(),
  /** Tickets of everybody who may win, and the caller’s: with `entries` the honest odds, as they stand. */
  allEntries: z.int(),
  /** `waitlist`: the place in line, and how many stand in it; `null` while the contest hides its board from the caller. */
  position: z.nullable(z.object({ position: z.int(), of: z.int() })),
  sources: z.array(
    z.object({
      source: z.enum(entrySources),
      /** The action’s id, the event of the conversion, or the lesson or unit of the course (`null`: the whole course). */
      name: z.nullable(z.string()),
      times: z.int(),
      points: z.int(),
    }),
  ),
  actions: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(actionKinds),
      state: z.enum(actionStates),
      /** `waiting`: from when on it can be done (again). */
      opensAt: z.nullable(instant),
      /** `share`: channels that earned already. */
      channels: z.optional(z.array(z.string())),
    }),
  ),
  /** `instant_win`: plays left today. */
  playsLeft: z.nullable(z.int()),
  /** `instant_win`: what is left of each prize, in the order of the settings. */
  stockLeft: z.nullable(z.array(StockLeft)),
  /** What the caller won, if anything. */
  won: z.array(
    z.object({
      winner: z.nullable(id),
      prize: z.string(),
      place: z.nullable(z.int()),
      state: z.enum(['selected', 'claimed', 'lapsed', 'disqualified']),
      claimBy: z.nullable(instant),
    }),
  ),
});

export const Submission = z.object({
  participant: id,
  externalId: z.string(),
  action: z.string(),
  values: z.record(z.string(), z.string()),
  at: instant,
});

/** One play of an instant win. Its outcome was decided by its number before it was played. */
export const Play = z.object({
  number: z.int(),
  /** The prize’s name; `null`: nothing this time. */
  prize: z.nullable(z.string()),
  playedAt: instant,
});

const params = z.strictObject({ contest: reference });
const action = z.strictObject({ contest: reference, action: slug });

export const entries = {
  join: {
    summary: 'Take part: accept the rules and confirm what they ask. Again changes what was said.',
    access: ['participant', 'secret'],
    limit: 'write',
    params,
    body: z.strictObject({
      participant: z.optional(reference),
      /** The version of the rules that was shown. */
      rulesVersion: z.int().check(z.minimum(1), z.maximum(1_000_000)),
      country: z.optional(country),
      /** The participant is as old as the rules ask. */
      ageConfirmed: z._default(z.boolean(), false),
      /** `opt_in`: boards may show the participant’s name. */
      showName: z._default(z.boolean(), false),
    }),
    // Joining again is joining once by itself, and the place in line is there after the commit only.
    keyed: false,
    response: OwnEntries,
    problems: ['contest_not_found', 'participant_not_found', 'contest_not_live', 'rules_outdated', 'not_eligible'],
  },
  me: {
    summary: 'The caller’s part in a contest. A secret key names the `participant`.',
    access: ['participant', 'secret'],
    limit: 'read',
    params,
    query: z.strictObject({ participant: z.optional(reference) }),
    response: OwnEntries,
    problems: ['contest_not_found', 'participant_not_found'],
  },
  open: {
    summary: 'Say that a `visit` begins: claiming it is possible after its seconds.',
    access: ['participant'],
    limit: 'track',
    params: action,
    response: z.object({ claimableAt: instant }),
    problems: ['contest_not_found', 'contest_not_live', 'action_not_found', 'action_locked'],
  },
  act: {
    summary: 'Do an action: each earns once (`daily` once a day of the contest’s zone, `share` once a channel).',
    access: ['participant'],
    limit: 'track',
    params: action,
    body: z.strictObject({
      /** `answer` and `code_word`. */
      answer: z.optional(text(200)),
      /** `share`. */
      channel: z.optional(channel),
      /** `form`: by the ids of its fields. */
      values: z.optional(z.record(slug, z.string().check(z.maxLength(2000)))),
    }),
    response: z.object({
      /** `wrong`: may be tried again after a while. `pending`: earns once the server has seen what it waits for. */
      outcome: z.enum(['done', 'already_done', 'wrong', 'pending']),
      points: z.int(),
      /** `wrong`: from when on it can be tried again. `pending`: from when on a visit can be claimed. */
      retryAt: z.nullable(instant),
    }),
    problems: ['contest_not_found', 'contest_not_live', 'action_not_found', 'action_locked', 'not_eligible'],
  },
  verify: {
    summary: 'The host says that somebody did a `host` action: once for each participant.',
    access: ['secret'],
    limit: 'write',
    params: action,
    body: z.strictObject({ participant: reference }),
    response: z.object({ outcome: z.enum(['done', 'already_done']), points: z.int() }),
    problems: [
      'contest_not_found',
      'participant_not_found',
      'contest_not_live',
      'action_not_found',
      'action_locked',
      'not_eligible',
    ],
  },
  submissions: {
    summary: 'What participants wrote into forms, newest first.',
    access: ['secret', 'staff'],
    limit: 'read',
    params: action,
    query: z.strictObject(page),
    response: list(Submission),
    problems: ['contest_not_found', 'action_not_found', 'invalid_cursor'],
  },
  play: {
    summary: 'Play an instant win once. Give an `Idempotency-Key`: a repetition is not another play.',
    access: ['participant'],
    limit: 'write',
    params,
    body: z.strictObject({}),
    response: Play,
    status: 201,
    problems: ['contest_not_found', 'contest_not_live', 'contest_kind_conflict', 'no_plays_left', 'not_eligible'],
  },
  plays: {
    summary:
      'All plays of an instant win in order, by number: with the seed, shown at the end, anybody can recompute them.',
    access: ['publishable', 'participant', 'staff', 'secret'],
    limit: 'read',
    params,
    query: z.strictObject(page),
    response: z.object({
      items: z.array(z.object({ ...Play.shape, entryId: z.string() })),
      nextCursor: z.nullable(z.string()),
      /** What is left of each prize now, in the order of the settings. */
      stockLeft: z.array(StockLeft),
      /** SHA-256 of the seed, known before the first play. */
      seedHash: z.string(),
      /** 64 hexadecimal digits once the contest has ended. */
      seed: z.nullable(z.string()),
    }),
    problems: ['contest_not_found', 'contest_kind_conflict', 'invalid_cursor'],
  },
} as const satisfies Operations<Routes['entries']>;
