import type { Context } from '../context.ts';
import type { ContestRow } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { callerOrNamed, visibleContest } from '../http/subject.ts';
import { readActionFacts } from './action-facts.ts';
import { actionState } from './action-state.ts';
import { completeAction } from './complete.ts';
import { ownEntries } from './own-entries.ts';
import { readOwnPart } from './own-part.ts';
import type { EntryTools } from './services.ts';
import { channelsFollowed } from './shares.ts';

/** The caller’s part in a contest, after giving them what the server has seen since they last asked. */
export const me =
  (tools: EntryTools): Handlers<'entries'>['me'] =>
  async (input, context) => {
    const contest = await visibleContest(input.contest, context);
    const participantId = await callerOrNamed(context, input.participant);
    if (contest.phase === 'live') {
      await giveLine(tools, contest, participantId, context);
      await giveShares(tools, contest, participantId, context);
    }
    return ownEntries(tools, contest, participantId, context);
  };

/** Who joined a waitlist while it did not run stands in line from now on, if the keeper has not come by yet. */
async function giveLine(tools: EntryTools, contest: ContestRow, participantId: string, context: Context) {
  if (contest.settings.kind !== 'waitlist' || context.enlisted) return;
  const { awaits_place: awaits, reason } = await readOwnPart(context.database, contest, participantId, context.now);
  if (!awaits || reason !== null) return;
  await tools.line.give(contest.id);
  await tools.sequencer.run();
}

/** A share earns when somebody else followed it, which no request of the participant tells of. */
async function giveShares(tools: EntryTools, contest: ContestRow, participantId: string, context: Context) {
  const shares = contest.settings.actions.filter(({ kind }) => kind === 'share');
  if (shares.length === 0) return;
  const { database, now } = context;
  const facts = await readActionFacts(database, contest.id, participantId, now);
  const waiting = shares
    .filter((action) => facts.disqualified === null && actionState(action, facts).state === 'open')
    .map((action) => ({
      action,
      channels: (action.channels ?? []).filter((channel) => !facts.done.get(action.id)?.has(channel)),
    }));
  if (waiting.length === 0) return;
  await tools.seeing.participantDaily(participantId, context);
  const channels = [...new Set(waiting.flatMap((each) => each.channels))];
  const going = { personKey: tools.personKey, now };
  const followed = new Set(await channelsFollowed(database, contest, participantId, channels, going));
  const earned = waiting.flatMap((each) =>
    each.channels.filter((part) => followed.has(part)).map((part) => ({ action: each.action, part })),
  );
  if (earned.length === 0) return;
  await context.transaction(async (transaction) => {
    for (const each of earned) {
      await completeAction(transaction, { contest, participantId, ...each }, now, tools.channel);
    }
  });
  if (!context.enlisted) await tools.sequencer.run();
}
