import { uuidv7 } from 'uuidv7';
import type { Entry } from './entry.ts';
import type { Destination } from './people.ts';

/** A sale of the past and whose it was. */
export interface PastSale {
  participantId: string;
  conversion: NonNullable<Entry['conversion']>;
}

/** A reward that another product paid, and to whom. */
export interface PaidReward {
  participantId: string;
  reward: NonNullable<Entry['pastReward']>;
}

/** Emits nothing and leaves nothing to anybody: what came of these sales was settled elsewhere. */
const insertSales = (schema: string) => `
insert into ${schema}.conversion (id, program_id, participant_id, referral_id, referrer_id, event, amount_minor, currency,
  idempotency_key, fingerprint, metadata, created_at, reversed_at, reversal_reason, settled_elsewhere)
select each.id, $1, each.participant, referral.id, case when referral.state <> 'rejected' then referral.referrer_id end,
  each.event, each.minor, each.currency, each.key, 'import', each.metadata::jsonb, each.at, each.reversed_at,
  case when each.reversed_at is not null then 'import' end, true
from unnest($2::uuid[], $3::uuid[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::timestamptz[],
  $10::timestamptz[], $11::boolean[]) with ordinality
  as each(id, participant, event, minor, currency, key, metadata, at, reversed_at, referred, ord)
left join lateral (
  select one.id, one.state, one.referrer_id from ${schema}.referral one
  where each.referred and one.program_id = $1 and one.referee_id = each.participant limit 1
) referral on true
order by each.key, each.ord
on conflict (program_id, idempotency_key) do nothing returning id`;

/** Keeps sales; answers for each whether it is new. */
export async function keepSales(
  sales: readonly PastSale[],
  { database: { query, schema }, programId }: Destination,
): Promise<number[]> {
  const ids = sales.map(() => uuidv7());
  const column = <Name extends keyof PastSale['conversion']>(name: Name) => sales.map((each) => each.conversion[name]);
  const rows = await query<{ id: string }>(insertSales(schema), [
    ...[programId, ids, sales.map(({ participantId }) => participantId), column('event'), column('minor')],
    ...[column('currency'), column('key'), column('metadata').map((each) => JSON.stringify(each)), column('at')],
    ...[column('reversedAt'), column('referred')],
  ]);
  const made = new Set(rows.map(({ id }) => id));
  return ids.map((id) => (made.has(id) ? 1 : 0));
}

/** Keeps rewards that were paid; answers for each whether it is new. */
export async function keepPaidRewards(
  rewards: readonly PaidReward[],
  { database: { query, schema }, programId, source }: Destination,
): Promise<number[]> {
  const column = <Name extends keyof PaidReward['reward']>(name: Name) => rewards.map((each) => each.reward[name]);
  const rows = await query<{ key: string }>(
    `insert into ${schema}.past_reward (program_id, key, participant_id, minor, currency, source, paid_at)
     select $1, key, participant, minor, currency, $2, at
     from unnest($3::text[], $4::uuid[], $5::bigint[], $6::text[], $7::timestamptz[]) with ordinality
       as each(key, participant, minor, currency, at, ord)
     order by key, ord on conflict do nothing returning key`,
    [
      ...[programId, source, column('key'), rewards.map(({ participantId }) => participantId), column('minor')],
      ...[column('currency'), column('at')],
    ],
  );
  const made = new Set(rows.map(({ key }) => key));
  // The first of several rows with one key is the one that counts.
  return column('key').map((key) => (made.delete(key) ? 1 : 0));
}
