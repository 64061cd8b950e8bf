import type { Database } from '../db/database.ts';
import { LaurelProblem } from '../problem.ts';
import { type RewardRead, selectRewards } from './answer.ts';

/** Parameter: reward. Whoever settles the reward holds the account of its referral's referrer, or of its own participant. */
const accountStatement = (schema: string) => `
insert into ${schema}.reward_account (program_id, participant_id)
select reward.program_id, coalesce(referral.referrer_id, reward.participant_id)
from ${schema}.reward left join ${schema}.referral on referral.id = reward.referral_id
where reward.id = $1
on conflict (program_id, participant_id) do update set participant_id = excluded.participant_id
returning program_id`;

/**
 * Holds the account by which a reward is settled until the transaction ends, and reads the reward as it is then.
 * @throws LaurelProblem reward_not_found
 */
export async function holdReward({ query, schema }: Database, id: string): Promise<RewardRead> {
  await query(accountStatement(schema), [id]);
  const [row] = await query<RewardRead>(`${selectRewards(schema)} where reward.id = $1`, [id]);
  if (!row) throw new LaurelProblem('reward_not_found', 'There is no such reward.');
  return row;
}
