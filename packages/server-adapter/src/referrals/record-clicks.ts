import type { Queryable } from '../db/storage.ts';
import { notify } from '../ledger/sequence.ts';
import { recordSightings, type SightingRules } from '../settlement/sightings.ts';
import type { Told } from '../telling.ts';

/** A click to record. */
export interface ClickInput {
  id: string;
  programId: string;
  /** Whose code it was; `null`: nobody's, so nothing is recorded, with as much work. */
  referrerId: string | null;
  channel: string | null;
  landingUrl: string | null;
  consent: boolean;
  now: Date | null;
  /** What was seen of who clicked. */
  ip?: string | undefined;
  userAgent?: string | undefined;
}

/**
 * One statement that records any number of clicks and counts them for their referrers.
 *
 * Parameters: arrays `$1…$6` (id, programme, referrer, channel, landing address, consent), `$7` the instant or null for
 * the database's, `$8` the notification channel or null (see `Telling`). Answers when they were recorded.
 */
export const recordClicks = (schema: string) => `with
input as (
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::boolean[])
  as each(id, program_id, referrer_id, channel, landing_url, consent)
  where referrer_id is not null
),
written as (
  insert into ${schema}.click (id, program_id, referrer_id, channel, landing_url, consent, created_at)
  select id, program_id, referrer_id, channel, landing_url, consent, coalesce($7::timestamptz, now()) from input
),
counted as (
  insert into ${schema}.click_count as click_count (program_id, participant_id, clicks)
  select program_id, referrer_id, count(*) from input group by program_id, referrer_id order by program_id, referrer_id
  on conflict (program_id, participant_id) do update set clicks = click_count.clicks + excluded.clicks
),
emitted as (
  insert into ${schema}.event (name, payload)
  select 'click.recorded', jsonb_build_object('click', id, 'program', program_id, 'referrer', referrer_id) from input
)
select coalesce($7::timestamptz, now()) as at, '{"outbox":true}'::jsonb as told,
  ${notify('$8', `'{"outbox":true}'`)} as notified`;

/** When a click was recorded. */
export interface RecordedClick extends Told {
  at: Date;
}

/** How clicks are written. */
export interface ClickWriting {
  /** The schema, quoted. */
  schema: string;
  /** Of `recordClicks`. */
  statement: string;
  sightings: SightingRules;
}

/** Writes all clicks by one statement and what was seen of who clicked by another; answers the instant of each. */
export async function writeClicks(
  queryable: Queryable,
  { schema, statement, sightings }: ClickWriting,
  items: readonly ClickInput[],
  channel: string | null,
): Promise<RecordedClick[]> {
  const now = items[0]?.now ?? null;
  const [row] = await queryable.query<RecordedClick>(
    statement,
    [
      items.map(({ id }) => id),
      items.map(({ programId }) => programId),
      items.map(({ referrerId }) => referrerId),
      items.map(({ channel: name }) => name),
      items.map(({ landingUrl }) => landingUrl),
      items.map(({ consent }) => consent),
      now,
      channel,
    ],
    'laurel_clicks',
  );
  const seen = items
    .filter(({ referrerId, ip }) => referrerId !== null && ip !== undefined)
    .map(({ id, ip, userAgent }) => ({ clickId: id, ip, userAgent }));
  // Nobody's code takes as many statements as somebody's.
  if (seen.length === 0) await queryable.query('select 1 as nothing');
  else await recordSightings({ query: queryable.query, schema }, seen, { ...sightings, now });
  const { at, told } = row as RecordedClick;
  return items.map((_, index) => (index === 0 ? { at, told: told ?? null } : { at }));
}
