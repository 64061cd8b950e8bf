import type { Database } from '../db/database.ts';

const mostChannels = 100;

/** Parameters: programme, participant. */
const statement = (schema: string) => `
select channel, sum(clicks)::int as clicks, sum(referrals)::int as referrals, sum(conversions)::int as conversions from (
  select channel, count(*) as clicks, 0 as referrals, 0 as conversions from ${schema}.click
  where program_id = $1 and referrer_id = $2 group by channel
  union all
  select channel, 0, count(*), 0 from ${schema}.referral where program_id = $1 and referrer_id = $2 group by channel
  union all
  select referral.channel, 0, 0, count(*) from ${schema}.conversion
  join ${schema}.referral on referral.id = conversion.referral_id and referral.program_id = conversion.program_id
  where conversion.program_id = $1 and conversion.referrer_id = $2 and reversed_at is null group by referral.channel
) each group by channel order by clicks desc, referrals desc, channel limit ${mostChannels}`;

/** What came of each place where a participant shared: of clicks, those that are still kept. At most 100, most clicks first. */
export const channelsOf = (database: Database, programId: string, participantId: string) =>
  database.query<{ channel: string | null; clicks: number; referrals: number; conversions: number }>(
    statement(database.schema),
    [programId, participantId],
  );
