import type { SettlementBatch } from '../settlement/settler.ts';
import type { SettledReferral } from './read-facts.ts';
import type { FoldedReferral } from './referral-state.ts';

/** A referral and what its facts come to. */
export interface Folded {
  readonly referral: SettledReferral;
  readonly next: FoldedReferral;
}

/** What a change says of itself. */
const reasons = {
  pending: 'nothing counts yet',
  qualified: 'conversion',
  approved: 'hold passed',
  rejected: 'checks',
  expired: 'credit window passed',
  reversed: 'conversion reversed',
} as const;

/**
 * Parameters: JSON of the changes. A referral that a conversion has meanwhile moved on stays as it is: that conversion
 * waits in the intake.
 */
const statement = (schema: string) => `with
change as (
  select * from jsonb_to_recordset($1::jsonb)
    as each(id uuid, program_id uuid, old text, new text, qualified_at timestamptz, cleared boolean, actor text, reason text)
),
moved as (
  update ${schema}.referral set state = change.new, qualified_at = change.qualified_at, cleared = change.cleared
  from change where referral.id = change.id and referral.program_id = change.program_id and referral.state = change.old
  returning change.*
),
transitions as (
  insert into ${schema}.referral_transition (program_id, referral_id, from_state, to_state, actor, reason)
  select program_id, id, old, new, actor, reason from moved where old <> new
)
select id from moved where old <> new`;

/** Writes what changed of referrals; answers those whose state did. */
export async function writeReferralStates(batch: SettlementBatch, folded: readonly Folded[]): Promise<Folded[]> {
  const changed = folded.filter(({ referral, next }) => differs(referral, next));
  if (changed.length === 0) return [];
  const changes = changed.map(({ referral: { facts, state, review }, next }) => {
    const byReview = review && (next.state === 'rejected' || state === 'rejected');
    return {
      id: facts.id,
      program_id: facts.program.id,
      old: state,
      new: next.state,
      qualified_at: next.qualifiedAt,
      cleared: next.cleared,
      actor: byReview ? review.actor : 'system',
      reason: byReview ? review.reason : reasons[next.state],
    };
  });
  const { query, schema } = batch.database;
  const rows = await query<{ id: string }>(statement(schema), [JSON.stringify(changes)]);
  const ids = new Set(rows.map(({ id }) => id));
  const moved = changed.filter(({ referral }) => ids.has(referral.facts.id));
  for (const { referral, next } of moved) {
    const { id, program, referrerId, refereeId } = referral.facts;
    if (next.state === 'pending') continue;
    batch.emit(`referral.${next.state}`, {
      referral: id,
      program: program.id,
      referrer: referrerId,
      referee: refereeId,
    });
  }
  batch.tell({ selves: moved.map(({ referral }) => [referral.facts.program.id, referral.facts.referrerId]) });
  return moved;
}

const differs = (old: SettledReferral, next: FoldedReferral) =>
  old.state !== next.state ||
  old.cleared !== next.cleared ||
  old.qualifiedAt?.getTime() !== next.qualifiedAt?.getTime();
