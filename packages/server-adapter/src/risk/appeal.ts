import type { OwnReview } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import type { Context } from '../context.ts';
import type { ReviewSide } from '../db/risk-tables.ts';
import { LaurelProblem } from '../problem.ts';
import { sideState } from '../settlement/verdict.ts';
import { type OwnRow, ownAnswer, selectOwnReviews } from './review-answer.ts';
import { ownSide, writeSides } from './sides.ts';

const appealedSide = (side: ReviewSide) =>
  `(case ${sideState(side)} when 'rejected' then 'appealed' else ${sideState(side)} end)`;

/**
 * Parameters: review, participant, message, instant or null, channel. The guarded update lets one appeal through. What was
 * rejected waits again; a side that was not stays as it is.
 */
const write = (schema: string) => `with
appealed as (
  update ${schema}.review
  set ${writeSides(appealedSide('referrer'), appealedSide('referee'))}, appeal = $3, updated_at = coalesce($4::timestamptz, now())
  where id = $1 and (referrer_id = $2 or referee_id = $2) and ${ownSide('$2')} = 'rejected' and appeal is null
  returning id, referral_id, program_id
),
written as (
  insert into ${schema}.review_event (review_id, state, actor, reason, created_at)
  select id, 'appealed', 'participant', 'appeal', coalesce($4::timestamptz, now()) from appealed
),
emitted as (
  insert into ${schema}.event (name, payload)
  select 'review.appealed', jsonb_build_object('review', id, 'referral', referral_id, 'program', program_id) from appealed
)
select id, pg_notify($5, '{"outbox":true}') as told from appealed`;

/**
 * Asks for another look at a rejected referral, once, by either of its participants.
 * @throws LaurelProblem review_not_found where it is not the caller's, review_state_conflict where there is nothing to appeal
 */
export async function appeal(
  { review, message }: { review: string; message: string },
  context: Context,
  channel: string,
): Promise<z.output<typeof OwnReview>> {
  const { caller, database, now } = context;
  const participant = caller.kind === 'participant' ? caller.id : null;
  const own = async () => {
    const rows = await database.query<OwnRow>(`${selectOwnReviews(database.schema)} and review.id = $2`, [
      participant,
      review,
    ]);
    return rows[0];
  };
  const [written] = await database.query(write(database.schema), [review, participant, message, now, channel]);
  const row = await own();
  if (!row) throw new LaurelProblem('review_not_found', 'There is no such review of yours.');
  if (!written) throw new LaurelProblem('review_state_conflict', 'Only a rejection can be appealed, and only once.');
  return ownAnswer(row);
}
