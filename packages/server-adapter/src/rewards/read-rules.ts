import type { Database } from '../db/database.ts';
import type { RewardDefinition } from '../db/reward-tables.ts';
import type { Rule } from './facts.ts';

interface VersionRow {
  id: string;
  program_id: string;
  version: number;
  created_at: Date;
  active: boolean;
  definition: RewardDefinition;
}

/** Parameter: programme ids. */
const statement = (schema: string) => `
select rule.id, rule.program_id, each.version, each.created_at, each.active, each.definition
from ${schema}.reward_rule rule join ${schema}.reward_rule_version each on each.rule_id = rule.id
where rule.program_id = any($1::uuid[]) and rule.contest_id is null
order by rule.id, each.version`;

/** Every rule of these programmes but contests' prizes, with all that it ever said. */
export async function readRules({ query, schema }: Database, programIds: readonly string[]): Promise<Rule[]> {
  const rows = await query<VersionRow>(statement(schema), [programIds]);
  return [...Map.groupBy(rows, ({ id }) => id)].map(([id, versions]) => ({
    id,
    programId: versions[0]?.program_id ?? '',
    versions: versions.map(({ version, created_at, active, definition }) => ({
      version,
      from: created_at,
      active,
      definition,
    })),
  }));
}
