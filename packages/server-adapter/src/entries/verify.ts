import { findParticipant } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { readActionFacts } from './action-facts.ts';
import { assertMayAct } from './action-state.ts';
import { completeAction } from './complete.ts';
import { actionOf, liveContest } from './contest-action.ts';
import type { EntryTools } from './services.ts';

/** Takes the host’s word for an action of theirs. */
export const verify =
  ({ channel }: EntryTools): Handlers<'entries'>['verify'] =>
  async (input, context) => {
    const contest = await liveContest(input.contest, context);
    const action = actionOf(contest, input.action, 'host');
    const { id: participantId } = await findParticipant(context.database, input.participant);
    assertMayAct(action, await readActionFacts(context.database, contest.id, participantId, context.now));
    const done = await context.transaction((transaction) =>
      completeAction(transaction, { contest, action, participantId }, context.now, channel),
    );
    return done ? { outcome: 'done', points: action.points } : { outcome: 'already_done', points: 0 };
  };
