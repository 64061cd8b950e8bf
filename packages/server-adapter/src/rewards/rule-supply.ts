import type { Database } from '../db/database.ts';
import type { RewardDefinition } from '../db/reward-tables.ts';
import { holdLimits } from './limits.ts';
import { settledWith } from './settled-with.ts';

/**
 * Parameters: rule, stock, budget and its currency; `null`: no limit. What is left is what rewards that stand do not have, nor
 * those that were taken away and have yet to give it back.
 */
const statement = (schema: string) => `with
given as (
  select count(*) as rewards, coalesce(sum(case when supplied then budget_minor else minor end), 0) as minor
  from ${schema}.reward where rule_id = $1 and (supplied or state in ('held', 'approved', 'fulfilled'))
)
insert into ${schema}.reward_supply (rule_id, stock_left, budget_left, budget_currency)
select $1, case when $2::bigint is not null then greatest(0, $2 - rewards) end,
  case when $3::bigint is not null then greatest(0, $3 - minor) end, $4 from given
on conflict (rule_id) do update
set stock_left = excluded.stock_left, budget_left = excluded.budget_left, budget_currency = excluded.budget_currency`;

/** Parameter: rule. What was given while there was no limit has its share. */
const shareStatement = (schema: string) => `
update ${schema}.reward set supplied = true, budget_minor = minor
where rule_id = $1 and not supplied and state in ('held', 'approved', 'fulfilled')`;

/** Parameter: rule. Those that wait are settled again. */
const nudgeStatement = (schema: string) => `
insert into ${schema}.referral_intake (program_id, referral_id)
select distinct program_id, referral_id from (
  select program_id, ${settledWith(schema, 'reward')} as referral_id from ${schema}.reward
  where rule_id = $1 and state = 'waiting'
) each where referral_id is not null`;

/** Sets what a rule may give in all to what its definition says, less what it has given. */
export async function writeSupply(
  database: Database,
  { id: ruleId, programId }: { id: string; programId: string },
  next: RewardDefinition,
  old: RewardDefinition | null,
): Promise<void> {
  const isLimited = ({ stock, budget }: RewardDefinition) => stock !== undefined || budget !== undefined;
  if (!isLimited(next) && !(old && isLimited(old))) return;
  const { query, schema } = database;
  await holdLimits(database, programId);
  const { stock = null, budget } = next;
  await query(statement(schema), [ruleId, stock, budget?.minor ?? null, budget?.currency ?? null]);
  if (!old) return;
  await query(shareStatement(schema), [ruleId]);
  await query(nudgeStatement(schema), [ruleId]);
}
