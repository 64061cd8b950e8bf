import { hint } from '../bus.ts';
import type { Database } from '../db/database.ts';
import type { WrittenEvent } from '../events.ts';
import { LaurelProblem } from '../problem.ts';
import type { RewardRead } from './answer.ts';
import { isStanding } from './draft.ts';
import { finish } from './finish.ts';
import { type StoredReward, storedReward } from './read-rewards.ts';
import { settledWith } from './settled-with.ts';
import { type RewardWriter, writeRewards } from './write-rewards.ts';

/** Parameter: reward. */
const paidStatement = (schema: string) => `
select from ${schema}.reward_entry join ${schema}.payout_entry on payout_entry.entry_id = reward_entry.id
where reward_entry.reward_id = $1 limit 1`;

/** Parameters: reward, reason, instant or null. Answers the instant. What it leaves to others is settled after the commit. */
const cancelStatement = (schema: string) => `with
cancelled as (
  update ${schema}.reward set cancelled_reason = $2 where id = $1 returning *
),
again as (
  insert into ${schema}.referral_intake (program_id, referral_id)
  select program_id, referral_id from (select program_id, ${settledWith(schema, 'cancelled')} as referral_id from cancelled) each
  where referral_id is not null
)
select coalesce($3::timestamptz, now()) as now from cancelled`;

/** Who takes a reward away, why, and when (`null`: now). */
export interface Cancellation {
  readonly actor: string;
  readonly reason: string;
  readonly now: Date | null;
}

/**
 * Takes a reward away; keep it from payouts and hold its account meanwhile. Answers the events to tell.
 * @throws LaurelProblem reward_state_conflict for one that is over, handed out, or in a payout
 */
export async function cancelReward(
  database: Database,
  reward: RewardRead,
  { actor, reason, now }: Cancellation,
  channel: string,
): Promise<WrittenEvent[]> {
  const { query, schema } = database;
  const stored = storedReward(reward);
  if (stored.cancelledReason !== null) return [];
  if (!isStanding(stored.state) || stored.state === 'fulfilled') {
    throw new LaurelProblem('reward_state_conflict', `The reward is ${stored.state}: there is nothing to take away.`);
  }
  const paid = await query(paidStatement(schema), [reward.id]);
  if (paid.length > 0)
    throw new LaurelProblem('reward_state_conflict', 'The reward is in a payout: it cannot be taken away.');
  const [cancelled] = await query<{ now: Date }>(cancelStatement(schema), [reward.id, reason, now]);
  const events: WrittenEvent[] = [];
  const writer: RewardWriter = {
    database,
    now: cancelled?.now ?? new Date(),
    // What it gave is taken back wherever that was.
    contests: new Map(stored.contestId === null ? [] : [[stored.contestId, {}]]),
    actor,
    emit: (name, payload) => void events.push([name, payload]),
    tell: () => {},
  };
  await writeRewards(writer, finishCancelled(stored, reason));
  await hint(database, channel, { referrals: true, intake: true, outbox: true });
  return events;
}

/** Stock and budget stay with it until it is settled, and are given back then. */
function finishCancelled(stored: StoredReward, reason: string) {
  const draft = { id: stored.id, stored, earned: null, base: 'rejected', reason } as const;
  const share = stored.supplied ? stored.budgetMinor : null;
  return [finish(draft, stored.programId, { allowed: 0, limited: stored.supplied, share })].filter(
    (each) => each !== null,
  );
}
