import { creditedPoints } from '../ledger/credits.ts';
import { isFrozen } from '../ledger/sequence.ts';
import type { SettlementBatch } from '../settlement/settler.ts';
import type { Folded } from './referral-transitions.ts';

/**
 * Parameters: arrays of referral and whether it is rejected. Conversions recorded while a referral was rejected get their
 * referrer once it no longer is.
 */
const creditStatement = (schema: string) => `
update ${schema}.conversion set referrer_id = referral.referrer_id
from unnest($1::uuid[], $2::boolean[]) as each(id, rejected)
join ${schema}.referral on referral.id = each.id
where not each.rejected and conversion.referral_id = each.id and conversion.program_id = referral.program_id
  and conversion.referrer_id is null`;

/**
 * The same parameters. What each cause of a referral should have in each contest, late points too, against what it has:
 * nothing while the referral is rejected or the conversion reversed, else what it was given first, or would have been.
 */
const pointsStatement = (schema: string) => `with
asked as (
  select each.rejected, referral.id, referral.program_id, referral.referrer_id, referral.created_at
  from unnest($1::uuid[], $2::boolean[]) as each(id, rejected) join ${schema}.referral on referral.id = each.id
),
origin as (
  select asked.id as referral_id, 1 as ord, asked.program_id, asked.referrer_id as participant_id, 'referral' as event,
    'referral:' || asked.id as cause, asked.created_at as occurred_at, not asked.rejected as counts
  from asked
  union all
  select asked.id, 1, asked.program_id, asked.referrer_id, conversion.event, 'conversion:' || conversion.id, conversion.created_at,
    not asked.rejected and conversion.reversed_at is null
  from asked join ${schema}.conversion on conversion.referral_id = asked.id and conversion.program_id = asked.program_id
    and (conversion.referrer_id is null or conversion.referrer_id = asked.referrer_id)
),
credited as (${creditedPoints(schema, 'origin', { past: true })}),
cause as (
  select origin.*, origin.cause || suffix.text as name, suffix.text = '' as first, suffix.turn
  from origin cross join lateral (
    select '' as text, 0 as turn
    union all select ':reversed', 0
    union all select ':' || word || ':' || number, number
    from generate_series(1, 2 * (select count(*) from ${schema}.referral_transition
      where referral_id = origin.referral_id and 'rejected' in (from_state, to_state)) + 4) number,
    unnest(array['rejected', 'restored']) word
  ) suffix
),
given as (
  select cause.cause, entry.contest_id, sum(entry.points) as points,
    max(entry.points) filter (where cause.first) as first_points, max(cause.turn) as turn
  from cause join ${schema}.contest on contest.program_id = cause.program_id and (contest.state in ('scheduled', 'paused')
    or ${isFrozen('contest.state')} and contest.starts_at <= cause.occurred_at and cause.occurred_at < contest.ends_at)
  cross join lateral (
    select contest_id, points from ${schema}.ledger where contest_id = contest.id and ledger.cause = cause.name
    union all
    select contest_id, points from ${schema}.ledger_intake where contest_id = contest.id and ledger_intake.cause = cause.name
    union all
    select contest_id, points from ${schema}.ledger_late where contest_id = contest.id and ledger_late.cause = cause.name
  ) entry
  group by 1, 2
),
wanted as (
  select origin.cause, origin.participant_id, origin.occurred_at, contest_id,
    case when not origin.counts then 0 else coalesce(given.first_points, credited.points, 0) end
      - coalesce(given.points, 0) as points,
    given.first_points is null as first, coalesce(given.turn, 0) + 1 as turn
  from origin join (select cause, contest_id from given union select cause, contest_id from credited) place using (cause)
  left join given using (cause, contest_id)
  left join credited using (cause, contest_id)
)
insert into ${schema}.ledger_intake (contest_id, participant_id, points, cause, occurred_at)
select contest_id, participant_id, points,
  cause || case when first then '' when points < 0 then ':rejected:' || turn else ':restored:' || turn end, occurred_at
from wanted where points <> 0
returning id`;

/**
 * Takes the contest points of rejected referrals back, and gives them again to those that are no longer rejected: whatever
 * differs from what should be is compensated. Of a frozen contest the sequencer keeps that as late.
 */
export async function settleContestPoints(batch: SettlementBatch, folded: readonly Folded[]): Promise<void> {
  const concerned = folded.filter(({ referral, next }) => referral.everRejected || next.state === 'rejected');
  if (concerned.length === 0) return;
  const { query, schema } = batch.database;
  const parameters = [
    concerned.map(({ referral }) => referral.facts.id),
    concerned.map(({ next }) => next.state === 'rejected'),
  ];
  await query(creditStatement(schema), parameters);
  const written = await query(pointsStatement(schema), parameters);
  if (written.length > 0) batch.tell({ intake: true });
}
