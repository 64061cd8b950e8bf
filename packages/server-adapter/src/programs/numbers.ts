import { attributedBy, referralStates } from '@laurelkit/sdk/contract';
import { findProgram } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { lostToConsent } from './lost-to-consent.ts';

type Counts<Name extends string> = Record<Name, string>;

interface Stored {
  clicks: string | null;
  kept: Counts<'withConsent' | 'withoutConsent'>;
  states: { state: string; count: number }[] | null;
  sources: { source: string; count: number }[] | null;
  consents: Counts<'withConsent' | 'withoutConsent' | 'withoutConsentEver'>;
  conversions: string;
  reversed: string;
  rewards: Record<'currency' | 'held' | 'approved' | 'inPayout' | 'paid', string>[] | null;
  reviews: string;
  channels: { channel: string | null; clicks: string; referrals: string }[] | null;
}

const mostChannels = 100;

/** SQL for what an instant must satisfy to be counted. */
const since = (column: string) => `($2::timestamptz is null or ${column} >= $2)`;

/**
 * Parameters: programme, instant since when or null. Clicks are let go with their month, their counts are not; so what compares
 * clicks with sign-ups looks at the time for which there are clicks.
 */
const statement = (schema: string) => `with
seen as (
  select channel, consent, created_at from ${schema}.click where program_id = $1 and ${since('created_at')}
),
bound as (
  select state, attributed_by, channel, click_consent, created_at from ${schema}.referral
  where program_id = $1 and ${since('created_at')}
),
money as (
  select currency, minor as held, 0 as approved, 0 as in_payout, 0 as paid from ${schema}.reward
  where program_id = $1 and kind = 'money' and state = 'held' and ${since('earned_at')}
  union all
  select entry.currency, 0, case when payout.id is null then entry.minor else 0 end,
    case when payout.state <> 'paid' then entry.minor else 0 end, case when payout.state = 'paid' then entry.minor else 0 end
  from ${schema}.reward_entry entry
  left join ${schema}.payout_entry on payout_entry.entry_id = entry.id
  left join ${schema}.payout on payout.id = payout_entry.payout_id
  where entry.program_id = $1 and ${since('entry.created_at')}
),
by_channel as (
  select channel, sum(clicks) as clicks, sum(referrals) as referrals from (
    select channel, count(*) as clicks, 0 as referrals from seen group by channel
    union all
    select channel, 0, count(*) from bound group by channel
  ) each group by channel order by sum(clicks) desc, sum(referrals) desc, channel limit ${mostChannels}
)
select
  case when $2::timestamptz is null then (select sum(clicks) from ${schema}.click_count where program_id = $1)
    else (select count(*) from seen) end::text as clicks,
  (select jsonb_build_object('withConsent', count(*) filter (where consent),
    'withoutConsent', count(*) filter (where not consent)) from seen) as kept,
  (select jsonb_agg(each) from (select state, count(*) from bound group by state) each) as states,
  (select jsonb_agg(each) from (select attributed_by as source, count(*) from bound group by attributed_by) each) as sources,
  (select jsonb_build_object('withConsent', count(*) filter (where click_consent and young),
    'withoutConsent', count(*) filter (where not click_consent and young),
    'withoutConsentEver', count(*) filter (where not click_consent))
    from (select click_consent, created_at >= (select min(created_at) from seen) as young from bound) each) as consents,
  (select count(*) from ${schema}.conversion where program_id = $1 and reversed_at is null and ${since('created_at')})::text as conversions,
  (select count(*) from ${schema}.conversion where program_id = $1 and reversed_at is not null and ${since('created_at')})::text as reversed,
  (select jsonb_agg(each) from (select currency, sum(held)::text as held, sum(approved)::text as approved,
    sum(in_payout)::text as "inPayout", sum(paid)::text as paid from money group by currency order by currency) each) as rewards,
  (select count(*) from ${schema}.review where program_id = $1 and state in ('open', 'appealed'))::text as reviews,
  (select jsonb_agg(each order by clicks desc, referrals desc, channel) from by_channel each) as channels`;

/** All names, those not counted as 0. */
const filled = <Name extends string>(names: readonly Name[], counted: ReadonlyMap<string, number>) =>
  Object.fromEntries(names.map((name) => [name, counted.get(name) ?? 0])) as Record<Name, number>;

/** The numbers of a programme. `conversions` leaves out those reversed; channels are the 100 with most clicks. */
export const programNumbers: Handlers<'programs'>['numbers'] = async (input, { database, reads }) => {
  const program = await findProgram(database, input.program);
  const [row] = await reads.query<Stored>(statement(reads.schema), [
    program.id,
    input.since === undefined ? null : new Date(input.since),
  ]);
  const { kept, states, sources, consents, rewards, channels, ...rest } = row as Stored;
  return {
    program: program.slug,
    clicks: Number(rest.clicks ?? 0),
    clicksWithoutConsent: Number(kept.withoutConsent),
    referrals: filled(referralStates, new Map(states?.map(({ state, count }) => [state, Number(count)]))),
    attributedBy: filled(attributedBy, new Map(sources?.map(({ source, count }) => [source, Number(count)]))),
    referralsWithoutConsent: Number(consents.withoutConsentEver),
    referralsLostToConsent: lostToConsent({
      clicksWithConsent: Number(kept.withConsent),
      clicksWithoutConsent: Number(kept.withoutConsent),
      referralsWithConsent: Number(consents.withConsent),
      referralsWithoutConsent: Number(consents.withoutConsent),
    }),
    conversions: Number(rest.conversions),
    conversionsReversed: Number(rest.reversed),
    rewards: (rewards ?? []).map(({ currency, ...sums }) => ({
      currency,
      held: Number(sums.held),
      approved: Number(sums.approved),
      inPayout: Number(sums.inPayout),
      paid: Number(sums.paid),
    })),
    reviewsWaiting: Number(rest.reviews),
    channels: (channels ?? []).map((each) => ({
      channel: each.channel,
      clicks: Number(each.clicks),
      referrals: Number(each.referrals),
    })),
  };
};
