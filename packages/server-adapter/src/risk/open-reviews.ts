import type { Database } from '../db/database.ts';
import type { ReviewState } from '../db/risk-tables.ts';
import type { Judged } from './assess.ts';

/** A review that was opened, or again. */
export interface Opened {
  review: string;
  referral: string;
  program: string;
  state: ReviewState;
}

/** Parameters: reviews, referrals, states, scores, modes, signals, reasons, instant or null. A referral has one review, by constraint. */
const open = (schema: string) => `with
given as (
  select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[])
    as each(id, referral_id, state, score, mode, signals, reason)
),
opened as (
  insert into ${schema}.review (id, program_id, referral_id, referrer_id, referee_id, state, score, mode, signals, opened_at, updated_at)
  select given.id, referral.program_id, referral.id, referral.referrer_id, referral.referee_id, given.state, given.score,
    given.mode, given.signals::jsonb, coalesce($8::timestamptz, now()), coalesce($8::timestamptz, now())
  from given join ${schema}.referral on referral.id = given.referral_id
  on conflict (referral_id) do nothing
  returning id, referral_id, program_id, state
),
written as (
  insert into ${schema}.review_event (review_id, state, actor, reason, created_at)
  select opened.id, opened.state, 'system', given.reason, coalesce($8::timestamptz, now()) from opened join given using (id)
)
select id as review, referral_id as referral, program_id as program, state from opened`;

/**
 * Parameters: referrals, scores, modes, signals, reasons, instant or null. Open reviews show what is known now; approved ones
 * are opened again.
 */
const refresh = (schema: string) => `with
given as (
  select * from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[]) as each(referral_id, score, mode, signals, reason)
),
earlier as (
  select review.id, review.state from ${schema}.review join given using (referral_id)
  where review.state in ('open', 'approved')
),
refreshed as (
  update ${schema}.review set state = 'open', score = given.score, mode = given.mode, signals = given.signals::jsonb,
    updated_at = coalesce($6::timestamptz, now())
  from given, earlier where earlier.id = review.id and review.referral_id = given.referral_id
  returning review.id, review.referral_id, review.program_id, earlier.state as earlier, given.reason
),
written as (
  insert into ${schema}.review_event (review_id, state, actor, reason, created_at)
  select id, 'open', 'system', reason, coalesce($6::timestamptz, now()) from refreshed where earlier = 'approved'
)
select id as review, referral_id as referral, program_id as program, 'open' as state from refreshed where earlier = 'approved'`;

const reasonOf = ({ signals, score, mode }: Judged) =>
  `${signals.map(({ code }) => code).join(', ')}: ${score} in mode ${mode}`;

/** Opens reviews of referrals that have none; those judged `reject` begin rejected, and can be appealed. */
export async function openReviews(
  database: Database,
  judged: readonly (Judged & { reviewId: string })[],
  now: Date | null,
): Promise<Opened[]> {
  if (judged.length === 0) return [];
  return database.query<Opened>(open(database.schema), [
    judged.map(({ reviewId }) => reviewId),
    judged.map(({ id }) => id),
    judged.map(({ decision }) => (decision === 'reject' ? 'rejected' : 'open')),
    judged.map(({ score }) => score),
    judged.map(({ mode }) => mode),
    judged.map(({ signals }) => JSON.stringify(signals)),
    judged.map(reasonOf),
    now,
  ]);
}

/** Brings open reviews up to date and opens approved ones again; hold them meanwhile. Answers the latter. */
export async function refreshReviews(
  database: Database,
  judged: readonly Judged[],
  now: Date | null,
): Promise<Opened[]> {
  if (judged.length === 0) return [];
  return database.query<Opened>(refresh(database.schema), [
    judged.map(({ id }) => id),
    judged.map(({ score }) => score),
    judged.map(({ mode }) => mode),
    judged.map(({ signals }) => JSON.stringify(signals)),
    judged.map(reasonOf),
    now,
  ]);
}
