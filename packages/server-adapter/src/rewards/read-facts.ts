import type { Database } from '../db/database.ts';
import type { ReferralState } from '../db/tables.ts';
import { type Verdict, verdictOf } from '../settlement/verdict.ts';
import type { ConversionFact, ReferralFacts } from './facts.ts';

/** A referral as it is stored, and all that is known of it. */
export interface SettledReferral {
  readonly facts: ReferralFacts;
  readonly state: ReferralState;
  readonly qualifiedAt: Date | null;
  readonly cleared: boolean;
  readonly settleAt: Date | null;
  /** Whether it has been rejected at some time. */
  readonly everRejected: boolean;
  /** Who decided last about the referrer's side of its review, and why. */
  readonly review: { actor: string; reason: string } | null;
}

interface ReferralRow {
  now: Date;
  id: string;
  program_id: string;
  referrer_id: string;
  referee_id: string;
  created_at: Date;
  state: ReferralState;
  qualified_at: Date | null;
  cleared: boolean;
  settle_at: Date | null;
  settled_elsewhere: boolean;
  qualifying_events: string[];
  hold_days: number;
  credit_window_days: number | null;
  time_zone: string;
  verdict: Verdict;
  referee_verdict: Verdict;
  ever_rejected: boolean;
  review: { actor: string; reason: string } | null;
}

interface ConversionRow {
  referral_id: string;
  id: string;
  event: string;
  amount_minor: string | null;
  currency: string | null;
  metadata: ConversionFact['metadata'];
  created_at: Date;
  reversed: boolean;
}

/** Parameters: referral ids, instant or null. */
const referralsStatement = (schema: string) => `
select coalesce($2::timestamptz, now()) as now, referral.id, referral.program_id, referral.referrer_id, referral.referee_id,
  referral.created_at, referral.state, referral.qualified_at, referral.cleared, referral.settle_at, referral.settled_elsewhere,
  program.qualifying_events, program.hold_days, program.credit_window_days, program.time_zone,
  ${verdictOf(schema, 'referral.id', 'program.risk_mode', 'referrer')} as verdict,
  ${verdictOf(schema, 'referral.id', 'program.risk_mode', 'referee')} as referee_verdict,
  exists (select from ${schema}.referral_transition where referral_id = referral.id and to_state = 'rejected') as ever_rejected,
  (select jsonb_build_object('actor', review_event.actor, 'reason', review_event.reason)
    from ${schema}.review join ${schema}.review_event on review_event.review_id = review.id
    where review.referral_id = referral.id and review_event.side is distinct from 'referee' order by review_event.id desc limit 1) as review
from ${schema}.referral join ${schema}.program on program.id = referral.program_id
where referral.id = any($1::uuid[])`;

/** Parameters: arrays of referral, programme, referrer. Each referral is looked up by itself, through the indexes. */
const conversionsStatement = (schema: string) => `
select each.referral_id, each.id, each.event, each.amount_minor, each.currency, each.metadata, each.created_at,
  each.reversed_at is not null as reversed
from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as asked(id, program_id, referrer_id)
cross join lateral (
  select * from ${schema}.conversion
  where program_id = asked.program_id and referrer_id = asked.referrer_id and referral_id = asked.id
  union all
  -- Recorded while the referral was rejected.
  select * from ${schema}.conversion where referral_id = asked.id and referrer_id is null
) each
where not each.settled_elsewhere
order by each.created_at, each.id`;

/** Reads all that is known of these referrals, and the instant to go by. */
export async function readFacts(
  { query, schema }: Database,
  ids: readonly string[],
  instant: Date | null,
): Promise<{ now: Date; referrals: SettledReferral[] }> {
  const rows = await query<ReferralRow>(referralsStatement(schema), [ids, instant]);
  const conversions = await query<ConversionRow>(conversionsStatement(schema), [
    rows.map(({ id }) => id),
    rows.map(({ program_id }) => program_id),
    rows.map(({ referrer_id }) => referrer_id),
  ]);
  const byReferral = Map.groupBy(conversions, ({ referral_id }) => referral_id);
  const referrals = rows.map((row) => ({
    facts: factsOf(row, (byReferral.get(row.id) ?? []).map(conversionOf)),
    state: row.state,
    qualifiedAt: row.qualified_at,
    cleared: row.cleared,
    settleAt: row.settle_at,
    everRejected: row.ever_rejected,
    review: row.review,
  }));
  return { now: rows[0]?.now ?? new Date(0), referrals };
}

const factsOf = (row: ReferralRow, conversions: ConversionFact[]): ReferralFacts => ({
  id: row.id,
  program: {
    id: row.program_id,
    qualifyingEvents: row.qualifying_events,
    holdDays: row.hold_days,
    creditWindowDays: row.credit_window_days,
    timeZone: row.time_zone,
  },
  referrerId: row.referrer_id,
  refereeId: row.referee_id,
  createdAt: row.created_at,
  verdicts: { referrer: row.verdict, referee: row.referee_verdict },
  settledElsewhere: row.settled_elsewhere ? row.state : null,
  conversions,
});

const conversionOf = (row: ConversionRow): ConversionFact => ({
  id: row.id,
  event: row.event,
  minor: row.amount_minor === null ? null : Number(row.amount_minor),
  currency: row.currency,
  metadata: row.metadata,
  at: row.created_at,
  reversed: row.reversed,
});
