import type { exportTables } from '@laurelkit/sdk/contract';
import { historyExports } from './export-histories.ts';

export type ExportTable = (typeof exportTables)[number];

/** How a table is exported: people by the host's own ids, so that another installation can take it in. */
export interface TableExport {
  /** Names of the columns, in order. */
  columns: readonly string[];
  /** Type of the value that rows are ordered by, and what comes before all of them. */
  key: 'uuid' | 'text' | 'number';
  /** SQL of a page: programme `$1`, key of the last row before it `$2`, how many `$3`. Answers the key as `cursor`. */
  page(schema: string): string;
}

const external = (schema: string, id: string) =>
  `(select external_id from ${schema}.participant where participant.id = ${id})`;

/** Every table that can be exported. */
export const tableExports: Record<ExportTable, TableExport> = {
  ...historyExports,
  // People belong to the host, not to one of its programmes.
  participants: {
    columns: [
      ...['id', 'externalId', 'displayName', 'name', 'avatarUrl', 'email', 'emailConfirmedAt', 'metadata', 'createdAt'],
      'updatedAt',
    ],
    key: 'uuid',
    page: (schema) => `
select id as cursor, id, external_id as "externalId", display_name as "displayName",
  (select name from ${schema}.participant_private where participant_id = id) as name, avatar_url as "avatarUrl",
  contact.email, contact.confirmed_at as "emailConfirmedAt", metadata, created_at as "createdAt",
  participant.updated_at as "updatedAt"
from ${schema}.participant left join ${schema}.participant_contact contact on contact.participant_id = participant.id
where $1::uuid is not null and id > $2::uuid order by id limit $3`,
  },
  codes: {
    columns: ['participant', 'code', 'kind', 'primary', 'createdAt'],
    key: 'text',
    page: (schema) => `
select lower(code) as cursor, ${external(schema, 'participant_id')} as participant, code, kind, is_primary as primary,
  created_at as "createdAt"
from ${schema}.referral_code where program_id = $1 and lower(code) > $2 order by lower(code) limit $3`,
  },
  clicks: {
    columns: ['id', 'referrer', 'channel', 'landingUrl', 'consent', 'createdAt'],
    key: 'uuid',
    page: (schema) => `
select id as cursor, id, ${external(schema, 'referrer_id')} as referrer, channel, landing_url as "landingUrl", consent,
  created_at as "createdAt"
from ${schema}.click where program_id = $1 and id > $2::uuid order by id limit $3`,
  },
  referrals: {
    columns: [
      ...['id', 'referrer', 'referee', 'state', 'attributedBy', 'clickId', 'channel', 'settledElsewhere'],
      ...['createdAt', 'history'],
    ],
    key: 'uuid',
    page: (schema) => `
select id as cursor, id, ${external(schema, 'referrer_id')} as referrer, ${external(schema, 'referee_id')} as referee, state,
  attributed_by as "attributedBy", click_id as "clickId", channel, settled_elsewhere as "settledElsewhere",
  created_at as "createdAt", (
    select coalesce(jsonb_agg(jsonb_build_object('from', from_state, 'to', to_state, 'actor', actor, 'reason', reason,
      'at', each.created_at) order by each.id), '[]')
    from ${schema}.referral_transition each where referral_id = referral.id
  ) as history
from ${schema}.referral where program_id = $1 and id > $2::uuid order by id limit $3`,
  },
  conversions: {
    columns: [
      ...['id', 'participant', 'referral', 'referrer', 'event', 'minor', 'currency', 'idempotencyKey', 'metadata'],
      ...['settledElsewhere', 'createdAt', 'reversedAt', 'reversalReason'],
    ],
    key: 'uuid',
    page: (schema) => `
select id as cursor, id, ${external(schema, 'participant_id')} as participant, referral_id as referral,
  ${external(schema, 'referrer_id')} as referrer, event, amount_minor::float8 as minor, currency,
  idempotency_key as "idempotencyKey", metadata, settled_elsewhere as "settledElsewhere", created_at as "createdAt",
  reversed_at as "reversedAt", reversal_reason as "reversalReason"
from ${schema}.conversion where program_id = $1 and id > $2::uuid order by id limit $3`,
  },
  rewards: {
    columns: [
      ...['id', 'rule', 'ruleVersion', 'participant', 'side', 'referral', 'cause', 'kind', 'minor', 'fullMinor'],
      ...['currency', 'points', 'contest', 'item', 'code', 'state', 'heldUntil', 'earnedAt', 'createdAt', 'updatedAt'],
    ],
    key: 'uuid',
    page: (schema) => `
select id as cursor, id, (select slug from ${schema}.reward_rule where reward_rule.id = rule_id) as rule,
  rule_version as "ruleVersion", ${external(schema, 'participant_id')} as participant, side, referral_id as referral,
  cause, kind, minor::float8, full_minor::float8 as "fullMinor", currency, points::float8,
  (select slug from ${schema}.contest where contest.id = contest_id) as contest, item, code, state,
  held_until as "heldUntil", earned_at as "earnedAt", created_at as "createdAt", updated_at as "updatedAt"
from ${schema}.reward where program_id = $1 and id > $2::uuid order by id limit $3`,
  },
  'past-rewards': {
    columns: ['key', 'participant', 'minor', 'currency', 'source', 'paidAt'],
    key: 'text',
    page: (schema) => `
select key as cursor, key, ${external(schema, 'participant_id')} as participant, minor::float8, currency, source,
  paid_at as "paidAt"
from ${schema}.past_reward where program_id = $1 and key > $2 order by key limit $3`,
  },
  payouts: {
    columns: [
      ...['id', 'batch', 'participant', 'minor', 'currency', 'state', 'attempts', 'reference', 'error'],
      ...['createdAt', 'updatedAt'],
    ],
    key: 'uuid',
    page: (schema) => `
select id as cursor, id, batch_id as batch, ${external(schema, 'participant_id')} as participant, minor::float8, currency,
  state, attempts, reference, error, created_at as "createdAt", updated_at as "updatedAt"
from ${schema}.payout where program_id = $1 and id > $2::uuid order by id limit $3`,
  },
  reviews: {
    columns: [
      ...['id', 'referral', 'referrer', 'referee', 'state', 'score', 'mode', 'signals', 'appeal', 'openedAt'],
      'updatedAt',
    ],
    key: 'uuid',
    page: (schema) => `
select id as cursor, id, referral_id as referral, ${external(schema, 'referrer_id')} as referrer,
  ${external(schema, 'referee_id')} as referee, state, score, mode, signals, appeal, opened_at as "openedAt",
  updated_at as "updatedAt"
from ${schema}.review where program_id = $1 and id > $2::uuid order by id limit $3`,
  },
};
