import type { EventPayload } from '@laurelkit/sdk/contract';
import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { Row } from '../db/references.ts';

/** What was handed out, by whom. */
export interface HandedOut {
  readonly code: string | null;
  readonly actor: string;
  readonly reason: string;
}

/**
 * Notes that an approved coupon or item was handed out; hold its account meanwhile. Answers what to tell, or `null` when it
 * was not approved.
 */
export async function fulfilReward(
  database: Database,
  reward: Row<'reward'>,
  { code, actor, reason }: HandedOut,
  at: RawBuilder<Date> = sql<Date>`now()`,
): Promise<EventPayload<'reward.fulfilled'> | null> {
  const done = await database.kysely
    .updateTable('reward')
    .set({ state: 'fulfilled', code, updated_at: at })
    .where('id', '=', reward.id)
    .where('state', '=', 'approved')
    .where('kind', 'in', ['coupon', 'item'])
    .returning('id')
    .executeTakeFirst();
  if (!done) return null;
  await database.kysely
    .insertInto('reward_transition')
    .values({
      reward_id: reward.id,
      from_state: 'approved',
      to_state: 'fulfilled',
      actor,
      reason,
      created_at: at,
    } as never)
    .execute();
  return {
    reward: reward.id,
    program: reward.program_id,
    participant: reward.participant_id,
    rule: reward.rule_id,
    cause: reward.cause,
  };
}
