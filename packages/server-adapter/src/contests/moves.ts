import { hint } from '../bus.ts';
import { instantOf } from '../clock.ts';
import type { Context, TransactionContext } from '../context.ts';
import type { ContestRow } from '../db/references.ts';
import { findContest } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { actorOf } from '../http/caller.ts';
import { contestAnswer } from './answer.ts';
import type { ContestServices } from './index.ts';
import { lockContest } from './lock.ts';
import { moveRefused } from './move.ts';
import { renewRules } from './rules-versions.ts';
import { writeStarts } from './start.ts';
import { writeStep } from './step.ts';

/** What a move does to a contest beside its step. */
interface Move {
  name: Parameters<typeof moveRefused>[0];
  note: string;
  endsAt?: Date;
  to(contest: ContestRow): 'live' | 'paused';
  tell(contest: ContestRow, emit: TransactionContext['emit']): Promise<void>;
}

/** Pausing, resuming and extending: each with a note for everybody. */
export function moves({
  channel,
  onChange,
}: ContestServices): Pick<Handlers<'contests'>, 'pause' | 'resume' | 'extend'> {
  const carryOut = (reference: string, move: Move, context: Context) =>
    context.transaction(async ({ database, emit }) => {
      const contest = await lockContest(database, reference, context);
      const { id, phase, state } = contest;
      const refusal = moveRefused(move.name, contest, move.endsAt);
      if (refusal) throw refusal;
      const to = move.to(contest);
      // It may have begun since the keeper last came by: then that comes first.
      await writeStarts(database, id, context.now, channel);
      await database.kysely
        .updateTable('contest')
        .set({
          state: to === 'paused' ? 'paused' : 'scheduled',
          ...(move.endsAt && { ends_at: move.endsAt }),
          updated_at: instantOf(context),
        })
        .where('id', '=', id)
        .where('state', '=', state)
        .execute();
      const step = { contestId: id, from: phase, to, actor: actorOf(context.caller), note: move.note };
      await writeStep(database, step, context.now);
      await renewRules(database, contest, await findContest(database, id, context), context.now);
      await move.tell(contest, emit);
      await hint(database, channel, { contests: [id] });
      context.afterCommit(async () => onChange(id));
      return contestAnswer(await findContest(database, id, context), context.caller);
    });

  return {
    pause: ({ contest, note }, context) =>
      carryOut(
        contest,
        {
          name: 'pause',
          note,
          to: () => 'paused',
          tell: ({ id, program_id }, emit) => emit('contest.paused', { contest: id, program: program_id }),
        },
        context,
      ),

    resume: ({ contest, note }, context) =>
      carryOut(
        contest,
        {
          name: 'resume',
          note,
          to: () => 'live',
          tell: ({ id, program_id }, emit) => emit('contest.resumed', { contest: id, program: program_id }),
        },
        context,
      ),

    extend: ({ contest, note, endsAt: given }, context) => {
      const endsAt = new Date(given);
      return carryOut(
        contest,
        {
          name: 'extend',
          note,
          endsAt,
          to: ({ phase }) => (phase === 'paused' ? 'paused' : 'live'),
          tell: ({ id, program_id }, emit) =>
            emit('contest.extended', { contest: id, program: program_id, endsAt: endsAt.toISOString() }),
        },
        context,
      );
    },
  };
}
