import type { ProgramDay } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import { findProgram } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';

type Day = z.output<typeof ProgramDay>;

/**
 * Parameters: programme, first and last day or null, instant or null. Days are those of the programme's zone; one without
 * anything is there with zeros.
 */
const statement = (schema: string) => `with
zoned as (
  select id, time_zone, (coalesce($4::timestamptz, now()) at time zone time_zone)::date as today
  from ${schema}.program where id = $1
),
span as (
  select id, time_zone, first, last, first::timestamp at time zone time_zone as since, (last + 1)::timestamp at time zone time_zone as until
  from (
    select id, time_zone, coalesce($3::date, least(today, coalesce($2::date + 399, today))) as last,
      coalesce($2::date, coalesce($3::date, today) - 29) as first
    from zoned
  ) given
),
fact as (
  select 'clicks' as kind, click.created_at as at, null as currency, 0 as minor
  from span join ${schema}.click on click.program_id = span.id and click.created_at >= span.since and click.created_at < span.until
  union all
  select 'referrals', referral.created_at, null, 0
  from span join ${schema}.referral on referral.program_id = span.id and referral.created_at >= span.since and referral.created_at < span.until
  union all
  select 'qualified', referral.qualified_at, null, 0
  from span join ${schema}.referral on referral.program_id = span.id and referral.qualified_at >= span.since and referral.qualified_at < span.until
  union all
  select 'conversions', conversion.created_at, conversion.currency, conversion.amount_minor
  from span join ${schema}.conversion on conversion.program_id = span.id and conversion.reversed_at is null
    and conversion.created_at >= span.since and conversion.created_at < span.until
  union all
  select 'rewards', reward.earned_at, reward.currency, reward.minor
  from span join ${schema}.reward on reward.program_id = span.id and reward.kind = 'money' and reward.minor > 0
    and reward.earned_at >= span.since and reward.earned_at < span.until
),
counted as (
  select (fact.at at time zone span.time_zone)::date as day, kind, currency, count(*) as times, sum(minor) as minor
  from fact cross join span group by 1, 2, 3
)
select to_char(each.day, 'YYYY-MM-DD') as date,
  coalesce(sum(times) filter (where kind = 'clicks'), 0)::int as clicks,
  coalesce(sum(times) filter (where kind = 'referrals'), 0)::int as referrals,
  coalesce(sum(times) filter (where kind = 'qualified'), 0)::int as qualified,
  coalesce(sum(times) filter (where kind = 'conversions'), 0)::int as conversions,
  coalesce(jsonb_agg(jsonb_build_object('minor', minor, 'currency', currency) order by currency)
    filter (where kind = 'conversions' and currency is not null), '[]') as amounts,
  coalesce(jsonb_agg(jsonb_build_object('minor', minor, 'currency', currency) order by currency)
    filter (where kind = 'rewards'), '[]') as rewards
from span cross join lateral generate_series(span.first, span.last, interval '1 day') each(day)
left join counted on counted.day = each.day::date
group by each.day order by each.day`;

/** What happened in a programme day by day. Clicks are counted while their month is kept. */
export const programSeries: Handlers<'programs'>['series'] = async ({ program: reference, from, to }, context) => {
  const { database, reads, now } = context;
  const program = await findProgram(database, reference);
  const days = await reads.query<Day>(statement(reads.schema), [program.id, from ?? null, to ?? null, now]);
  return { program: program.slug, timeZone: program.time_zone, days };
};
