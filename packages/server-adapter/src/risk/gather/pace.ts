import { mostCounted } from '../signals/velocity.ts';
import { conversionsOf } from './conversions.ts';

/** How many signed up through the referrer, and what was bought. */
export interface PaceRow {
  id: string;
  hour: number;
  day: number;
  month: number;
  year: number;
  /** When the first conversion with an amount was. */
  boughtAt: Date | null;
  /** The largest amount by currency, of conversions that stand. */
  largest: Record<string, number>;
}

/** Parameters: referral ids. However many the referrer has, so many are counted. */
export const pace = (schema: string) => `
select referral.id, before.day, before.month, before.year, before.hour + after.hour as hour,
  bought.first as "boughtAt", bought.largest
from ${schema}.referral
cross join lateral (
  select count(*) filter (where each.created_at > referral.created_at - interval '30 minutes')::int as hour,
    count(*) filter (where each.created_at > referral.created_at - interval '1 day')::int as day,
    count(*) filter (where each.created_at > referral.created_at - interval '30 days')::int as month,
    count(*)::int as year
  from (
    select created_at from ${schema}.referral sibling
    where sibling.program_id = referral.program_id and sibling.referrer_id = referral.referrer_id
      and sibling.created_at <= referral.created_at
      and sibling.created_at > referral.created_at - interval '365 days'
    order by sibling.created_at desc limit ${mostCounted}
  ) each
) before
cross join lateral (
  select count(*)::int as hour from (
    select from ${schema}.referral sibling
    where sibling.program_id = referral.program_id and sibling.referrer_id = referral.referrer_id
      and sibling.created_at > referral.created_at and sibling.created_at <= referral.created_at + interval '30 minutes'
    limit 40
  ) each
) after
cross join lateral (
  select min(first) as first, coalesce(jsonb_object_agg(currency, minor) filter (where minor is not null), '{}') as largest
  from (
    select currency, min(created_at) as first, max(amount_minor) filter (where reversed_at is null) as minor
    from (
      ${conversionsOf(schema, 'referral', 'currency, created_at, amount_minor, reversed_at')} limit 1000
    ) several group by currency
  ) each
) bought
where referral.id = any($1::uuid[])`;
