import * as z from 'zod/mini';
import { contestStates } from './contests.ts';
import { isoIntervalInput } from './iso-interval.ts';
import type { Operations } from './operation.ts';
import type { Routes } from './routes.ts';
import { id, instant, instantInput, page, reference } from './shapes.ts';

export const leaderboardWindows = ['all', 'period'] as const;

const place = {
  /** 1, 2, 2, 4: those with the same score share it. */
  rank: z.int(),
  /** 1, 2, 2, 3. */
  denseRank: z.int(),
  /** 1, 2, 3, 4: ties in the order in which the score was reached. */
  ordinal: z.int(),
  score: z.int(),
  /** How many others have the same score. */
  tiedWith: z.int(),
};

/** One line of a board. `id` is of this board alone: it says nothing about the person elsewhere. */
export const LeaderboardRow = z.object({
  id: z.string(),
  /** The public name, or a pseudonym of this board. */
  name: z.string(),
  avatarUrl: z.nullable(z.string()),
  ...place,
  /** Sequence number at which this score was reached. */
  seq: z.int(),
});

export const Standing = z.object({ id: z.string(), name: z.string(), ...place });

const board = {
  window: z.enum(leaderboardWindows),
  /** Where the window begins and ends; the end is the first instant after it. */
  startsAt: instant,
  endsAt: instant,
  state: z.enum(contestStates),
  /** Sequence number of the last ledger row that is counted. */
  seq: z.int(),
  /** How many participants have points in this window. */
  participants: z.int(),
  /** `true`: the board is not shown before the contest ends; `items` is empty. */
  hidden: z.boolean(),
};

const params = z.strictObject({ contest: reference });

/** Windows of a board that are counted when they are asked for. */
export const boardIntervals = ['day', 'week', 'month', 'previous', 'custom'] as const;

/** A line of a board of some: `rank` is among them, `overall` among all. */
const AmongRow = z.object({ ...LeaderboardRow.shape, overall: z.nullable(z.int()), self: z.boolean() });

/** A team on its board: the sum of its members’ points. */
const TeamRow = z.object({ id, name: z.string(), members: z.int(), own: z.boolean(), ...place });

const friendsProblems = ['contest_not_found', 'participant_not_found'] as const;
const window = z._default(z.enum(leaderboardWindows), 'all');

export const leaderboards = {
  list: {
    summary: 'The board from the top, or from a cursor.',
    access: ['publishable', 'participant', 'staff', 'secret'],
    limit: 'read',
    params,
    query: z.strictObject({ window, ...page }),
    response: z.object({ ...board, items: z.array(LeaderboardRow), nextCursor: z.nullable(z.string()) }),
    problems: ['contest_not_found', 'invalid_cursor'],
  },
  standing: {
    summary: 'The caller’s own place and the rows around it. A secret key names the `participant`.',
    access: ['participant', 'secret'],
    limit: 'read',
    params,
    query: z.strictObject({
      window,
      /** How many rows to show above and below. */
      around: z._default(z.coerce.number().check(z.int(), z.minimum(0), z.maximum(50)), 5),
      participant: z.optional(reference),
    }),
    response: z.object({
      ...board,
      /** `null` until the participant has points. */
      standing: z.nullable(Standing),
      /** The rows around the caller, their own among them, best first. */
      around: z.array(LeaderboardRow),
    }),
    problems: ['contest_not_found', 'participant_not_found'],
  },
  interval: {
    summary:
      'The board of any stretch of time: the day, week or month that holds `at`, the one before this period, from `from` to `to`, or an ISO 8601 `interval`.',
    access: ['publishable', 'participant', 'staff', 'secret'],
    limit: 'read',
    params,
    query: z
      .strictObject({
        window: z._default(z.enum(boardIntervals), 'custom'),
        /** `day`, `week`, `month`: an instant in it, in the contest’s zone; left out: now. */
        at: z.optional(instantInput),
        /** `custom`: the first instant, and the first one after. */
        from: z.optional(instantInput),
        to: z.optional(instantInput),
        /** `custom`, instead of `from` and `to`: an interval of ISO 8601; without an offset by the clocks of the contest’s zone. */
        interval: z.optional(isoIntervalInput),
        ...page,
      })
      .check(
        z.refine(
          ({ window, from, to, interval }) =>
            window !== 'custom' || interval !== undefined || (from !== undefined && to !== undefined),
          { path: ['from'], error: 'give from and to, an interval, or another window' },
        ),
        z.refine(
          ({ window, from, to, interval }) =>
            interval === undefined || (window === 'custom' && from === undefined && to === undefined),
          { path: ['interval'], error: 'must stand alone: without from, to and another window' },
        ),
        z.refine((query) => !query.from || !query.to || Date.parse(query.from) < Date.parse(query.to), {
          path: ['to'],
          error: 'must be after from',
        }),
      ),
    response: z.object({
      ...z.omit(z.object(board), { window: true }).shape,
      items: z.array(LeaderboardRow),
      nextCursor: z.nullable(z.string()),
    }),
    problems: ['contest_not_found', 'invalid_cursor'],
  },
  friends: {
    summary: 'The caller among those who invited them or whom they invited. A secret key names the `participant`.',
    access: ['participant', 'secret'],
    limit: 'read',
    params,
    query: z.strictObject({ participant: z.optional(reference) }),
    response: z.object({ ...z.omit(z.object(board), { window: true }).shape, items: z.array(AmongRow) }),
    problems: friendsProblems,
  },
  teams: {
    summary: 'Teams by the sum of their members’ points.',
    access: ['publishable', 'participant', 'staff', 'secret'],
    limit: 'read',
    params,
    query: z.strictObject(page),
    response: z.object({
      ...z.omit(z.object(board), { window: true, participants: true }).shape,
      teams: z.int(),
      items: z.array(TeamRow),
      nextCursor: z.nullable(z.string()),
    }),
    problems: ['contest_not_found', 'teams_not_offered', 'invalid_cursor'],
  },
  cohort: {
    summary: 'The caller’s cohort of a league in this period, or an earlier one. A secret key names the `participant`.',
    access: ['participant', 'secret'],
    limit: 'read',
    params,
    query: z.strictObject({ participant: z.optional(reference), at: z.optional(instantInput) }),
    response: z.object({
      ...z.omit(z.object(board), { window: true }).shape,
      /** `null`: the caller has no points in this period yet. */
      cohort: z.nullable(
        z.object({
          division: z.string(),
          /** From 1, the lowest. */
          level: z.int(),
          number: z.int(),
          /** The first so many go up, the last so many go down. */
          promote: z.int(),
          demote: z.int(),
          /** After the period: where the caller went. */
          outcome: z.nullable(z.enum(['promoted', 'stayed', 'demoted'])),
        }),
      ),
      items: z.array(AmongRow),
    }),
    problems: [...friendsProblems, 'contest_kind_conflict'],
  },
  past: {
    summary: 'The board of a window as it was at an instant or sequence number, recounted from the ledger.',
    access: ['secret', 'staff'],
    limit: 'read',
    params,
    query: z
      .strictObject({
        /** `period`: the one that held the instant, or in which the ledger row of that number was written. */
        window,
        at: z.optional(instantInput),
        seq: z.optional(z.coerce.number().check(z.int(), z.minimum(0))),
        ...page,
      })
      .check(
        z.refine((query) => (query.at === undefined) !== (query.seq === undefined), {
          path: ['at'],
          error: 'give either at or seq',
        }),
      ),
    response: z.object({
      seq: z.int(),
      participants: z.int(),
      items: z.array(LeaderboardRow),
      nextCursor: z.nullable(z.string()),
    }),
    problems: ['contest_not_found', 'invalid_cursor'],
  },
  csv: {
    summary: 'The board as CSV (RFC 4180): what anybody may see of it, no more.',
    access: ['secret', 'staff'],
    limit: 'read',
    params,
    query: z.strictObject({ window }),
    contentType: 'text/csv; charset=utf-8',
    streamed: true,
    problems: ['contest_not_found'],
  },
  photoFinish: {
    summary: 'The last hour of a contest, row by row, and what came too late. Public once the contest has ended.',
    access: ['publishable', 'participant', 'staff', 'secret'],
    limit: 'read',
    params,
    query: z.strictObject(page),
    response: z.object({
      endsAt: instant,
      items: z.array(
        z.object({
          /** `null`: it came too late and does not count. */
          seq: z.nullable(z.int()),
          id: z.string(),
          name: z.string(),
          points: z.int(),
          /** The score after it. */
          score: z.nullable(z.int()),
          occurredAt: instant,
        }),
      ),
      nextCursor: z.nullable(z.string()),
    }),
    problems: ['contest_not_found', 'not_ended_yet', 'invalid_cursor'],
  },
  photoFinishCsv: {
    summary: 'The same as CSV (RFC 4180), all rows: what anybody may see of it once the contest has ended, no more.',
    access: ['secret', 'staff'],
    limit: 'read',
    params,
    contentType: 'text/csv; charset=utf-8',
    streamed: true,
    problems: ['contest_not_found'],
  },
} as const satisfies Operations<Routes['leaderboards']>;
