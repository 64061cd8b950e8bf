import type { TransactionContext } from '../context.ts';
import type { ContestRow } from '../db/references.ts';
import { givePoints } from '../ledger/give-points.ts';
import { type Action, notLive } from './contest-action.ts';

const statement = (schema: string) => `
insert into ${schema}.contest_action_done (contest_id, action, participant_id, part, points, detail, done_at)
values ($1, $2, $3, $4, $5, $6, coalesce($7::timestamptz, now()))
on conflict do nothing returning 1 as done`;

/** Somebody has done an action. */
export interface Completion {
  contest: Pick<ContestRow, 'id' | 'program_id'>;
  action: Action;
  participantId: string;
  /** The day of a daily action, the channel of a share. */
  part?: string;
  /** What was written, sealed. */
  detail?: string;
}

/**
 * Notes an action as done and gives its points, in the caller's transaction: the primary key lets one through.
 * @returns whether this call did it
 * @throws LaurelProblem contest_not_live when the contest stopped meanwhile; then nothing may be kept
 */
export async function completeAction(
  { database, emit }: TransactionContext,
  { contest, action, participantId, part = '', detail }: Completion,
  now: Date | null,
  channel: string,
): Promise<boolean> {
  const [done] = await database.query(statement(database.schema), [
    ...[contest.id, action.id, participantId, part, action.points, detail ?? null, now],
  ]);
  if (!done) return false;
  const cause = ['action', action.id, participantId, ...(part === '' ? [] : [part])].join(':');
  const { points } = action;
  const given = await givePoints(database, [{ contestId: contest.id, participantId, points, cause }], now, channel);
  if (given === 0) throw notLive();
  await emit('contest.action_done', {
    ...{ contest: contest.id, program: contest.program_id, participant: participantId, action: action.id, points },
  });
  return true;
}
