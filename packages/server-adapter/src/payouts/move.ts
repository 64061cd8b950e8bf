import type { payoutStates } from '@laurelkit/sdk/contract';
import type { Database } from '../db/database.ts';
import type { WrittenEvent } from '../events.ts';

type PayoutState = (typeof payoutStates)[number];

/** States in which it may turn out that the money was sent. */
export const unpaidStates: readonly PayoutState[] = ['pending', 'sending', 'failed'];

/** A change of payouts' state. */
export interface Move {
  /** One payout or all of a batch. */
  readonly payout?: string;
  readonly batch?: string;
  /** The states it may happen in. */
  readonly from: readonly PayoutState[];
  readonly to: PayoutState;
  readonly actor: string;
  readonly reason: string;
  readonly reference?: string | undefined;
  readonly error?: string | undefined;
  readonly now: Date | null;
}

/**
 * Parameters: payout, batch. Who pays holds the batch first: of the last two, paid at once, each would see the other unpaid
 * and neither complete it. Before the payouts, so that nobody who holds one waits for the batch.
 */
const holdStatement = (schema: string) => `
select from ${schema}.payout_batch where id = coalesce($2, (select batch_id from ${schema}.payout where id = $1)) for no key update`;

/** Parameters: payout, batch, states, state, actor, reason, reference, error, instant or null; `null` where it is not given. */
const statement = (schema: string) => `with
old as (
  select payout.id, payout.state from ${schema}.payout
  join ${schema}.payout_batch batch on batch.id = payout.batch_id
  where (payout.id = $1 or payout.batch_id = $2) and payout.state = any($3::text[])
    and (batch.state = 'approved' or $4 = 'cancelled') order by payout.id for update of payout
),
moved as (
  update ${schema}.payout set state = $4, reference = case when $4 = 'paid' then coalesce($7, reference) else reference end,
    error = $8, leased_until = '-infinity', updated_at = coalesce($9::timestamptz, now())
  from old where payout.id = old.id
  returning payout.id, payout.batch_id, payout.program_id, payout.participant_id, old.state as old_state
),
transitions as (
  insert into ${schema}.payout_transition (payout_id, from_state, to_state, actor, reason, created_at)
  select id, old_state, $4, $5, $6, coalesce($9::timestamptz, now()) from moved
)
select id as payout, batch_id as batch, program_id as program, participant_id as participant from moved`;

/** Parameters: batch, instant or null. A batch is done when all of it is paid. */
const completeStatement = (schema: string) => `
update ${schema}.payout_batch set state = 'completed', completed_at = coalesce($2::timestamptz, now())
where id = $1 and state = 'approved' and not exists (
  select from ${schema}.payout where batch_id = $1 and state <> 'paid')`;

interface Moved {
  payout: string;
  batch: string;
  program: string;
  participant: string;
}

/** Moves payouts of an approved batch (or cancels those of a draft) that are in one of these states; answers the events to tell. */
export async function movePayouts(database: Database, move: Move): Promise<WrittenEvent[]> {
  const { query, schema } = database;
  const { payout = null, batch = null, from, to, actor, reason, reference = null, error = null, now } = move;
  if (to === 'paid') await query(holdStatement(schema), [payout, batch]);
  const moved = await query<Moved>(statement(schema), [payout, batch, from, to, actor, reason, reference, error, now]);
  for (const id of to === 'paid' ? new Set(moved.map((each) => each.batch)) : []) {
    await query(completeStatement(schema), [id, now]);
  }
  if (to !== 'paid' && to !== 'failed') return [];
  return moved.map((each): WrittenEvent => [`payout.${to}`, each]);
}
