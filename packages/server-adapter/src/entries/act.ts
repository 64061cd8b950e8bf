import type { contract, Output, Parsed } from '@laurelkit/sdk/contract';
import { seal } from '../access/seal.ts';
import type { Context } from '../context.ts';
import type { ContestRow } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { callerOrNamed } from '../http/subject.ts';
import { LaurelProblem } from '../problem.ts';
import { type ActionFacts, readActionFacts } from './action-facts.ts';
import { assertMayAct, claimableAt } from './action-state.ts';
import { isRight, takeTry } from './answers.ts';
import { completeAction } from './complete.ts';
import { type Action, actionOf, liveContest } from './contest-action.ts';
import { formValues } from './forms.ts';
import type { EntryTools } from './services.ts';
import { channelsFollowed } from './shares.ts';
import { formPlace } from './submissions.ts';

type Answer = Output<typeof contract.entries.act>;

/** An action that somebody does, on the way. */
interface Acting {
  contest: ContestRow;
  action: Action;
  participantId: string;
  input: Parsed<typeof contract.entries.act>;
  facts: ActionFacts;
  context: Context;
  tools: EntryTools;
}

const alreadyDone: Answer = { outcome: 'already_done', points: 0, retryAt: null };

const pending = (retryAt: Date | null = null): Answer => ({
  ...{ outcome: 'pending', points: 0 },
  retryAt: retryAt?.toISOString() ?? null,
});

const answerFor = (done: boolean, { points }: Action): Answer =>
  done ? { outcome: 'done', points, retryAt: null } : alreadyDone;

const refused = (pointer: string, detail: string) =>
  new LaurelProblem('validation_failed', 'The action needs something else.', { errors: [{ pointer, detail }] });

/** Earns the action, or this part of it. */
const earn = ({ context, tools, ...acting }: Acting, more: { part?: string; detail?: string } = {}) =>
  context.transaction(async (transaction) =>
    answerFor(await completeAction(transaction, { ...acting, ...more }, context.now, tools.channel), acting.action),
  );

async function visit(acting: Acting): Promise<Answer> {
  const { action, facts } = acting;
  if (facts.done.has(action.id)) return alreadyDone;
  const from = claimableAt(action, facts);
  return from && from <= facts.at ? earn(acting) : pending(from);
}

async function answer(acting: Acting): Promise<Answer> {
  const { action, contest, participantId, input, facts, context, tools } = acting;
  const given = input.answer;
  if (given === undefined) throw refused('#/answer', 'is required');
  if (facts.done.has(action.id)) return alreadyDone;
  return context.transaction(async (transaction) => {
    const what = { contestId: contest.id, action: action.id, participantId };
    const retryAt = await takeTry(transaction.database, what, context.now);
    if (!retryAt) throw tooEarly(facts.tries.get(action.id)?.retryAt ?? null, facts.at);
    if (!isRight(given, action.answers ?? [])) {
      return { outcome: 'wrong', points: 0, retryAt: retryAt.toISOString() };
    }
    return answerFor(
      await completeAction(transaction, { contest, action, participantId }, context.now, tools.channel),
      action,
    );
  });
}

/** An answer that was not looked at: to call it wrong might not be true. */
function tooEarly(retryAt: Date | null, at: Date): LaurelProblem {
  const seconds = Math.max(1, Math.ceil(((retryAt?.getTime() ?? 0) - at.getTime()) / 1000));
  return new LaurelProblem('too_many_requests', 'Wait before the next answer: this one was not looked at.', {
    retryAfter: seconds,
  });
}

async function share(acting: Acting): Promise<Answer> {
  const { action, contest, participantId, input, facts, context, tools } = acting;
  const channels = action.channels ?? [];
  const asked = input.channel;
  if (asked === undefined || !channels.includes(asked)) {
    throw refused('#/channel', `must be one of: ${channels.join(', ')}`);
  }
  if (facts.done.get(action.id)?.has(asked)) return alreadyDone;
  await tools.seeing.participantDaily(participantId, context);
  const going = { personKey: tools.personKey, now: context.now };
  const [followed] = await channelsFollowed(context.database, contest, participantId, [asked], going);
  return followed === undefined ? pending() : earn(acting, { part: followed });
}

async function form(acting: Acting): Promise<Answer> {
  const { action, contest, participantId, input, facts, tools } = acting;
  const values = formValues(action.fields ?? [], input.values);
  if (facts.done.has(action.id)) return alreadyDone;
  const detail = seal(tools.formKey, JSON.stringify(values), formPlace(contest.id, action.id, participantId));
  return earn(acting, { detail });
}

/** What each kind of action asks for. */
const acts: Record<Action['kind'], (acting: Acting) => Promise<Answer>> = {
  visit,
  answer,
  code_word: answer,
  share,
  form,
  daily: (acting) => earn(acting, { part: acting.facts.today }),
  host: async ({ action, facts }) => (facts.done.has(action.id) ? alreadyDone : pending()),
};

/** Does an action for the participant who asks. */
export const act =
  (tools: EntryTools): Handlers<'entries'>['act'] =>
  async (input, context) => {
    const contest = await liveContest(input.contest, context);
    const action = actionOf(contest, input.action);
    const participantId = await callerOrNamed(context, undefined);
    const facts = await readActionFacts(context.database, contest.id, participantId, context.now);
    assertMayAct(action, facts);
    return acts[action.kind]({ contest, action, participantId, input, facts, context, tools });
  };
