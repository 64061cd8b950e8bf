import type { Context } from '../context.ts';
import type { Database } from '../db/database.ts';
import type { Handlers } from '../handlers.ts';
import { callerOrNamed } from '../http/subject.ts';
import { LaurelProblem } from '../problem.ts';
import { type ContestOfTeams, contestOfTeams, openContestOfTeams } from './contest-of-teams.ts';
import { readInviteCode } from './invite-code.ts';
import type { KeptTeams } from './kept-teams.ts';
import { foundTeam, joinTeam, leaveTeam, type Member } from './membership.ts';
import { teamName } from './name.ts';
import { ownTeam } from './own-team.ts';

/** What teams need of the house. */
export interface TeamServices {
  /** Derived for the purpose `board-id`. */
  key: Buffer;
  kept: KeptTeams;
  /**
   * Counts an invite code that was tried.
   * @throws LaurelProblem too_many_requests
   */
  guess(participantId: string, context: Context): Promise<void>;
}

/** Teams of a contest: found, join, leave, see one's own. */
export function teams({ key, kept, guess }: TeamServices): Handlers<'teams'> {
  /** Changes who is in which team, all of it or nothing. */
  const change = async <Result>(
    context: Context,
    contest: ContestOfTeams,
    work: (database: Database, member: Member) => Promise<Result>,
  ) => {
    const participantId = await callerOrNamed(context, undefined);
    context.afterCommit(async () => kept.forget(contest.id));
    return context.transaction(({ database }) => work(database, { contest, participantId, now: context.now }));
  };

  /** The team somebody has just come into. */
  const entered = async (database: Database, { caller }: Context, { contest, participantId }: Member) => {
    const team = await ownTeam({ database, caller }, key, contest, participantId);
    if (!team) throw new LaurelProblem('team_not_found', 'You are in no team.');
    return team;
  };

  return {
    create: async ({ contest: reference, name: given }, context) => {
      const contest = await openContestOfTeams(reference, context);
      const named = teamName(given);
      if (!named) {
        throw new LaurelProblem('validation_failed', 'The name has nothing in it that could be seen.', {
          errors: [{ pointer: '#/name', detail: 'must have a letter, a digit or a sign' }],
        });
      }
      return change(context, contest, async (database, founder) => {
        await foundTeam(database, founder, named.name, named.key);
        return entered(database, context, founder);
      });
    },

    join: async ({ contest: reference, inviteCode }, context) => {
      const contest = await openContestOfTeams(reference, context);
      await guess(await callerOrNamed(context, undefined), context);
      return change(context, contest, async (database, joiner) => {
        await joinTeam(database, joiner, readInviteCode(inviteCode));
        return entered(database, context, joiner);
      });
    },

    leave: async ({ contest: reference }, context) => {
      const contest = await openContestOfTeams(reference, context);
      await change(context, contest, leaveTeam);
      return { left: true };
    },

    mine: async ({ contest: reference }, context) => {
      const contest = await contestOfTeams(reference, context);
      const participantId = await callerOrNamed(context, undefined);
      return { team: await ownTeam(context, key, contest, participantId) };
    },
  };
}
