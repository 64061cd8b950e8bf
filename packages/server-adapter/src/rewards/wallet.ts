import type { contract, Output } from '@laurelkit/sdk/contract';
import type { Database } from '../db/database.ts';
import { findProgram } from '../db/references.ts';
import type { RewardDefinition } from '../db/reward-tables.ts';
import type { Handlers } from '../handlers.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { callerOrNamed } from '../http/subject.ts';
import { type RewardRead, rewardAnswer, selectRewards } from './answer.ts';

type Balance = Output<typeof contract.rewards.wallet>['balances'][number];

/** Parameters: programme, participant. Money that was approved is counted from its ledger, by the payout it is in. */
const balancesStatement = (schema: string) => `
select currency, sum(held) as held, sum(approved) as approved, sum("inPayout") as "inPayout", sum(paid) as paid from (
  select currency, minor as held, 0 as approved, 0 as "inPayout", 0 as paid from ${schema}.reward
  where program_id = $1 and participant_id = $2 and state = 'held' and currency is not null
  union all
  select entry.currency, 0, case when payout.id is null then entry.minor else 0 end,
    case when payout.state in ('pending', 'sending', 'failed') then entry.minor else 0 end,
    case when payout.state = 'paid' then entry.minor else 0 end
  from ${schema}.reward_entry entry
  left join ${schema}.payout_entry on payout_entry.entry_id = entry.id
  left join ${schema}.payout on payout.id = payout_entry.payout_id
  where entry.program_id = $1 and entry.participant_id = $2
) each group by currency order by currency`;

/** Parameters: programme, participant. */
const milestonesStatement = (schema: string) => `
select rule.slug as rule, rule.name, rule.definition,
  (select count(*) from ${schema}.referral
    where program_id = $1 and referrer_id = $2 and qualified_at is not null)::int as reached
from ${schema}.reward_rule rule
where rule.program_id = $1 and rule.archived_at is null and rule.definition ->> 'on' = 'milestone'
order by rule.id limit 100`;

/** What somebody earned in a programme. */
export const wallet: Handlers<'rewards'>['wallet'] = async (input, context) => {
  const { database } = context;
  const program = await findProgram(database, input.program);
  const participantId = await callerOrNamed(context, input.participant);
  const before = input.cursor === undefined ? null : String(readCursor(input.cursor, ['id'])[0]);
  const rows = await database.query<RewardRead>(
    `${selectRewards(database.schema)} where reward.program_id = $1 and reward.participant_id = $2
       and ($3::uuid is null or reward.id < $3) order by reward.id desc limit $4`,
    [program.id, participantId, before, input.limit + 1],
  );
  const shown = rows.slice(0, input.limit);
  return {
    program: program.slug,
    balances: await balancesOf(database, program.id, participantId),
    rewards: shown.map((row) => {
      const { participant: _, referral: __, cause: ___, ...rest } = rewardAnswer(row);
      return rest;
    }),
    nextCursor: rows.length > input.limit ? writeCursor([shown.at(-1)?.id ?? '']) : null,
    milestones: await milestonesOf(database, program.id, participantId),
  };
};

async function balancesOf(
  { query, schema }: Database,
  ...of: [program: string, participant: string]
): Promise<Balance[]> {
  const rows = await query<Record<keyof Balance, string>>(balancesStatement(schema), of);
  return rows.map(({ currency, held, approved, inPayout, paid }) => ({
    currency,
    held: Number(held),
    approved: Number(approved),
    inPayout: Number(inPayout),
    paid: Number(paid),
  }));
}

async function milestonesOf({ query, schema }: Database, ...of: [program: string, participant: string]) {
  const rows = await query<{ rule: string; name: string; reached: number; definition: RewardDefinition }>(
    milestonesStatement(schema),
    of,
  );
  const milestones = rows.map(({ rule, name, reached, definition }) => ({
    rule,
    name,
    reached,
    referrals: nextMilestone(definition, reached),
    value: definition.value,
  }));
  return milestones.sort((a, b) => a.referrals - b.referrals);
}

/** The milestone somebody is on the way to: of those that come again, the next one. */
function nextMilestone({ milestone }: RewardDefinition, reached: number): number {
  const { referrals = 1, repeats = false } = milestone ?? {};
  return repeats ? (Math.floor(reached / referrals) + 1) * referrals : referrals;
}
