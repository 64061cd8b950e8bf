import type { ExportTable, TableExport } from './export-tables.ts';

const external = (schema: string, id: string) =>
  `(select external_id from ${schema}.participant where participant.id = ${id})`;

const transition = ['from', 'to', 'actor', 'reason', 'at'];

/** SQL of a page of changes of state, of things that belong to a programme. */
const transitions = (schema: string, table: string, thing: string) => `
select each.id::text as cursor, each.id::text as id, each.${thing}_id as ${thing}, each.from_state as "from", each.to_state as "to",
  each.actor, each.reason, each.created_at as at
from ${schema}.${table} each join ${schema}.${thing} on ${thing}.id = each.${thing}_id
where ${thing}.program_id = $1 and each.id > $2::bigint order by each.id limit $3`;

/** What was set, and what happened when: settings, rules in all their versions, ledgers, decisions, consents. */
export const historyExports = {
  program: {
    columns: ['id', 'slug', 'name', 'settings', 'archivedAt', 'createdAt', 'updatedAt'],
    key: 'uuid',
    page: (schema) => `
select id as cursor, id, slug, name, to_jsonb(program) - array['id', 'slug', 'name', 'archived_at', 'created_at', 'updated_at'] as settings,
  archived_at as "archivedAt", created_at as "createdAt", updated_at as "updatedAt"
from ${schema}.program where id = $1 and id > $2::uuid limit $3`,
  },
  participations: {
    columns: ['participant', 'introducedAs', 'consentText', 'consentedAt', 'leftAt', 'createdAt'],
    key: 'uuid',
    page: (schema) => `
select participant_id as cursor, ${external(schema, 'participant_id')} as participant, introduced_as as "introducedAs",
  consent_text as "consentText", consented_at as "consentedAt", left_at as "leftAt", created_at as "createdAt"
from ${schema}.participation where program_id = $1 and participant_id > $2::uuid order by participant_id limit $3`,
  },
  consents: {
    columns: ['id', 'participant', 'kind', 'consentText', 'actor', 'at'],
    key: 'number',
    page: (schema) => `
select id::text as cursor, id::text as id, ${external(schema, 'participant_id')} as participant, kind, consent_text as "consentText", actor,
  created_at as at
from ${schema}.consent_change where program_id = $1 and id > $2::bigint order by id limit $3`,
  },
  'reward-rules': {
    columns: ['id', 'slug', 'name', 'version', 'current', 'active', 'definition', 'archivedAt', 'createdAt'],
    key: 'text',
    page: (schema) => `
select rule.id || ':' || lpad(each.version::text, 10, '0') as cursor, rule.id, rule.slug, rule.name, each.version,
  each.version = rule.version as current, each.active, each.definition, rule.archived_at as "archivedAt", each.created_at as "createdAt"
from ${schema}.reward_rule rule join ${schema}.reward_rule_version each on each.rule_id = rule.id
where rule.program_id = $1 and rule.id || ':' || lpad(each.version::text, 10, '0') > $2 order by 1 limit $3`,
  },
  'reward-history': {
    columns: ['id', 'reward', ...transition],
    key: 'number',
    page: (schema) => transitions(schema, 'reward_transition', 'reward'),
  },
  // The money ledger: a balance is the sum of one currency's rows.
  'reward-entries': {
    columns: ['id', 'reward', 'participant', 'number', 'minor', 'currency', 'reason', 'payout', 'at'],
    key: 'number',
    page: (schema) => `
select id::text as cursor, id::text as id, reward_id as reward, ${external(schema, 'participant_id')} as participant, number,
  minor::float8, currency, reason, (select payout_id from ${schema}.payout_entry where entry_id = entry.id) as payout,
  created_at as at
from ${schema}.reward_entry entry where program_id = $1 and id > $2::bigint order by id limit $3`,
  },
  'payout-history': {
    columns: ['id', 'payout', ...transition],
    key: 'number',
    page: (schema) => transitions(schema, 'payout_transition', 'payout'),
  },
  // The points ledger of the programme's contests; its key is a contest and a place in it.
  points: {
    columns: ['contest', 'seq', 'participant', 'points', 'cause', 'occurredAt', 'at'],
    key: 'text',
    page: (schema) => `
select contest_id || ':' || seq as cursor, (select slug from ${schema}.contest where contest.id = contest_id) as contest, seq::float8,
  ${external(schema, 'participant_id')} as participant, points::float8, cause, occurred_at as "occurredAt", created_at as at
from ${schema}.ledger
where contest_id in (select id from ${schema}.contest where program_id = $1)
  and (contest_id, seq) > (coalesce(nullif(split_part($2, ':', 1), ''), '00000000-0000-0000-0000-000000000000')::uuid,
    coalesce(nullif(split_part($2, ':', 2), ''), '0')::bigint)
order by contest_id, ledger.seq limit $3`,
  },
  'review-history': {
    columns: ['id', 'review', 'state', 'actor', 'reason', 'at'],
    key: 'number',
    page: (schema) => `
select each.id::text as cursor, each.id::text as id, each.review_id as review, each.state, each.actor, each.reason, each.created_at as at
from ${schema}.review_event each join ${schema}.review on review.id = each.review_id
where review.program_id = $1 and each.id > $2::bigint order by each.id limit $3`,
  },
  // Those of all programmes count for this one as well.
  'risk-listings': {
    columns: ['id', 'everyProgram', 'kind', 'hint', 'reason', 'createdAt', 'removedAt'],
    key: 'uuid',
    page: (schema) => `
select id as cursor, id, program_id is null as "everyProgram", kind, hint, reason, created_at as "createdAt",
  removed_at as "removedAt"
from ${schema}.risk_listing where (program_id = $1 or program_id is null) and id > $2::uuid order by id limit $3`,
  },
} as const satisfies Partial<Record<ExportTable, TableExport>>;
