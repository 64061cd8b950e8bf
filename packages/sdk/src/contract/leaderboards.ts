import * as z from 'zod/mini';
import { contestStates } from './contests.ts';
import type { Operations } from './operation.ts';
import type { Routes } from './routes.ts';
import { instant, page, reference } from './shapes.ts';

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
const window = z._default(z.enum(leaderboardWindows), 'all');

export const leaderboards = {
  list: {
    summary: 'The board from the top, or from a cursor.',
    access: ['publishable', 'participant', 'secret'],
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
} as const satisfies Operations<Routes['leaderboards']>;
