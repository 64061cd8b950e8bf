import * as z from 'zod/mini';
import type { Operations } from './operation.ts';
import type { Routes } from './routes.ts';
import { id, reference, text } from './shapes.ts';

/** A team of a contest as its members see it. */
export const OwnTeam = z.object({
  id,
  name: z.string(),
  /** Whoever has it may join. */
  inviteCode: z.string(),
  members: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** `null` while the board is hidden. */
      score: z.nullable(z.int()),
      self: z.boolean(),
    }),
  ),
});

const params = z.strictObject({ contest: reference });
const problems = ['contest_not_found', 'contest_not_live', 'teams_not_offered'] as const;

export const teams = {
  create: {
    summary: 'Found a team and be its first member.',
    access: ['participant'],
    limit: 'write',
    params,
    body: z.strictObject({ name: text(60) }),
    status: 201,
    response: OwnTeam,
    problems: [...problems, 'already_in_team', 'team_name_taken'],
  },
  join: {
    summary: 'Join a team by its invite code.',
    access: ['participant'],
    limit: 'token',
    params,
    body: z.strictObject({ inviteCode: text(40) }),
    response: OwnTeam,
    problems: [...problems, 'already_in_team', 'team_not_found', 'team_full'],
  },
  leave: {
    summary: 'Leave the team. Points already earned for it go along with whoever earned them.',
    access: ['participant'],
    limit: 'write',
    params,
    response: z.object({ left: z.literal(true) }),
    problems: [...problems, 'team_not_found'],
  },
  mine: {
    summary: 'The caller’s team.',
    access: ['participant'],
    limit: 'read',
    params,
    response: z.object({ team: z.nullable(OwnTeam) }),
    problems: ['contest_not_found', 'teams_not_offered'],
  },
} as const satisfies Operations<Routes['teams']>;
