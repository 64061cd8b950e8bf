import type { Database } from '../db/database.ts';

/** A reward that is not worth what its ledger says. */
export interface RewardDifference {
  kind: 'reward';
  reward: string;
  participant: string;
  /** Minor units by its state, and by its ledger. */
  kept: string;
  counted: string;
}

const statement = (schema: string) => `
select 'reward' as kind, reward.id as reward, reward.participant_id as participant,
  worth.minor || ' ' || coalesce(reward.currency, '') as kept,
  coalesce(entered.minor, 0) || ' ' || coalesce(entered.currency, reward.currency, '') as counted
from ${schema}.reward
cross join lateral (select case when reward.state = 'approved' then reward.minor else 0 end as minor) worth
left join (
  select reward_id, currency, sum(minor) as minor from ${schema}.reward_entry group by 1, 2 having sum(minor) <> 0
) entered on entered.reward_id = reward.id
where reward.currency is not null and (worth.minor <> coalesce(entered.minor, 0)
  or (entered.currency is not null and entered.currency <> reward.currency))
order by reward.id`;

/** Compares what each reward is worth with the money ledger; an empty list means they agree. */
export function findRewardDifferences({ query, schema }: Database): Promise<RewardDifference[]> {
  return query<RewardDifference>(statement(schema));
}
