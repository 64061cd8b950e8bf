import type { Database } from '../db/database.ts';
import type { ContestRow } from '../db/references.ts';
import { addressKey } from '../settlement/sightings.ts';

/** Where a server behind nothing sees everybody on one machine: there an address tells nobody apart, a browser does. */
const loopback = ['127.0.0.1', '::1'];

/**
 * Parameters: programme, participant, channels, start, instant or null, hashes of addresses that tell nobody apart. A click
 * from an address or a browser the participant was seen at is not somebody else's.
 */
const statement = (schema: string) => `
select asked.channel from unnest($3::text[]) asked (channel) where exists (
  select from ${schema}.click
  where click.program_id = $1 and click.referrer_id = $2 and click.channel = asked.channel
    and click.created_at >= $4 and click.created_at <= coalesce($5::timestamptz, now())
    and not exists (
      select from ${schema}.sighting theirs
      join ${schema}.sighting own on own.participant_id = $2 and own.kind = theirs.kind and own.value_hash = theirs.value_hash
      where theirs.click_id = click.id and theirs.value_hash <> all ($6::text[])
    )
)`;

/**
 * Which of these channels brought somebody else since the contest began.
 * @param personKey - derived for the purpose `person`
 */
export async function channelsFollowed(
  { query, schema }: Database,
  contest: Pick<ContestRow, 'program_id' | 'starts_at'>,
  participantId: string,
  channels: readonly string[],
  { personKey, now }: { personKey: Buffer; now: Date | null },
): Promise<string[]> {
  if (channels.length === 0) return [];
  const shared = loopback.map((address) => addressKey(personKey, address));
  const rows = await query<{ channel: string }>(statement(schema), [
    ...[contest.program_id, participantId, channels, contest.starts_at, now, shared],
  ]);
  return rows.map(({ channel }) => channel);
}
