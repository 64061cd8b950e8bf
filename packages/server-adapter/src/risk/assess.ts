import { uuidv7 } from 'uuidv7';
import type { Database } from '../db/database.ts';
import type { ReviewState, RiskMode, Signal } from '../db/risk-tables.ts';
import type { SettlementStep } from '../settlement/settler.ts';
import { gather, type Sources } from './gather.ts';
import { findSignals, type Judgement, weigh } from './judge.ts';
import { openReviews, refreshReviews } from './open-reviews.ts';
import type { Weights } from './weights.ts';

/** What was concluded of a referral before. */
interface Before {
  id: string;
  assessed: { mode: RiskMode; decision: string; signals: Signal[] } | null;
}

/** The review of a referral. */
interface Reviewed {
  referral_id: string;
  state: ReviewState;
  signals: Signal[];
}

/** A referral as it was judged now. */
export interface Judged extends Judgement {
  id: string;
  mode: RiskMode;
}

/** Parameters: referral ids. */
const before = (schema: string) => `
select asked.id, to_jsonb(latest) as assessed
from unnest($1::uuid[]) as asked(id)
left join lateral (
  select mode, decision, signals from ${schema}.risk_assessment where referral_id = asked.id order by id desc limit 1
) latest on true`;

/** Parameters: referral ids. Nobody decides about their reviews before this is done; locked in the order in which people decide. */
const holdReviews = (schema: string) => `
select referral_id, state, signals from ${schema}.review where referral_id = any($1::uuid[]) order by id for no key update`;

/** Parameters: referrals, modes, scores, decisions, signals, instant or null. */
const write = (schema: string) => `
insert into ${schema}.risk_assessment (program_id, referral_id, mode, score, decision, signals, created_at)
select referral.program_id, given.id, given.mode, given.score, given.decision, given.signals::jsonb, coalesce($6::timestamptz, now())
from unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::text[]) as given(id, mode, score, decision, signals)
join ${schema}.referral on referral.id = given.id`;

/** Parameters: referrals of which a burst was found now. Those just before them are part of it and did not know. */
const lookAgain = (schema: string) => `
insert into ${schema}.referral_intake (program_id, referral_id)
select sibling.program_id, sibling.id
from (
  select program_id, referrer_id, min(created_at) as first, max(created_at) as last
  from ${schema}.referral where id = any($1::uuid[]) group by program_id, referrer_id
) burst
cross join lateral (
  select program_id, id from ${schema}.referral
  where referral.program_id = burst.program_id and referral.referrer_id = burst.referrer_id
    and referral.created_at > burst.first - interval '30 minutes' and referral.created_at <= burst.last
    and referral.id <> all ($1::uuid[])
    and (select not signals @> '[{"code":"star_burst"}]' from ${schema}.risk_assessment
      where referral_id = referral.id order by risk_assessment.id desc limit 1)
  limit 500
) sibling`;

/** What tells two judgements apart. Numbers in the words may grow without anything being new. */
const gistOf = ({ mode, decision, signals }: { mode: RiskMode; decision: string; signals: readonly Signal[] }) =>
  JSON.stringify([mode, decision, signals.map(({ code, weight }) => [code, weight])]);

/** Whether something grave has come to light that whoever approved could not know. */
const isGraver = (approved: readonly Signal[], signals: readonly Signal[]) =>
  signals.some(({ severity, code }) => severity === 'high' && !approved.some((each) => each.code === code));

/**
 * Makes the step that judges referrals by everything known of them. An assessment equal to the last one is not written again.
 * What looks wrong comes to review; what people have decided stays, unless somebody was approved before a grave sign came up.
 */
export const assess =
  (sources: Sources, weights: Weights): SettlementStep =>
  async ({ database, now, referrals, emit }) => {
    const known = await gather(database, referrals, sources, now);
    const earlier = new Map(
      (await database.query<Before>(before(database.schema), [referrals])).map((row) => [row.id, row]),
    );
    const changed: Judged[] = known
      .map(({ id, mode, facts }) => ({ id, mode, ...weigh(findSignals(facts), mode, weights) }))
      .filter((judged) => {
        const last = earlier.get(judged.id)?.assessed;
        return !last || gistOf(last) !== gistOf(judged);
      });
    if (changed.length === 0) return;
    await writeAssessments(database, changed, now);
    const held = await database.query<Reviewed>(holdReviews(database.schema), [changed.map(({ id }) => id)]);
    const reviews = new Map(held.map((review) => [review.referral_id, review]));
    const suspicious = changed.filter(({ decision }) => decision !== 'pass');
    const opened = await openReviews(
      database,
      suspicious.filter(({ id }) => !reviews.has(id)).map((judged) => ({ ...judged, reviewId: uuidv7() })),
      now,
    );
    const reopened = await refreshReviews(
      database,
      changed.flatMap((judged) => {
        const review = reviews.get(judged.id);
        if (review?.state === 'open') return [judged];
        if (review?.state !== 'approved' || judged.decision === 'pass') return [];
        return isGraver(review.signals, judged.signals) ? [judged] : [];
      }),
      now,
    );
    for (const { review, referral, program, state } of [...opened, ...reopened]) {
      emit('review.opened', { review, referral, program });
      if (state === 'rejected') emit('review.decided', { review, referral, program, decision: 'rejected' });
    }
    const bursting = changed.filter(({ signals }) => signals.some(({ code }) => code === 'star_burst'));
    if (bursting.length > 0) await database.query(lookAgain(database.schema), [bursting.map(({ id }) => id)]);
  };

const writeAssessments = (database: Database, judged: readonly Judged[], now: Date | null) =>
  database.query(write(database.schema), [
    judged.map(({ id }) => id),
    judged.map(({ mode }) => mode),
    judged.map(({ score }) => score),
    judged.map(({ decision }) => decision),
    judged.map(({ signals }) => JSON.stringify(signals)),
    now,
  ]);
