import type { Reward } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import type { Row } from '../db/references.ts';

/** A reward with the slugs of its programme and rule. */
export type RewardRead = Row<'reward'> & { program: string; rule: string; rule_name: string };

/** SQL: rewards as `RewardRead`. */
export const selectRewards = (schema: string) => `
select reward.*, program.slug as program, rule.slug as rule, rule.name as rule_name
from ${schema}.reward
join ${schema}.program on program.id = reward.program_id
join ${schema}.reward_rule rule on rule.id = reward.rule_id`;

/** A reward as the API shows it; one that waits is worth nothing for now. */
export function rewardAnswer(row: RewardRead): z.output<typeof Reward> {
  const { currency } = row;
  return {
    id: row.id,
    program: row.program,
    rule: row.rule,
    ruleName: row.rule_name,
    ruleVersion: row.rule_version,
    participant: row.participant_id,
    side: row.side,
    referral: row.referral_id,
    cause: row.cause,
    kind: row.kind,
    amount: currency === null ? null : { minor: row.state === 'waiting' ? 0 : Number(row.minor), currency },
    points: row.points === null ? null : Number(row.points),
    item: row.item,
    code: row.code,
    state: row.state,
    heldUntil: row.held_until?.toISOString() ?? null,
    earnedAt: row.earned_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
