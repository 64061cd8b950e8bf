import type { RewardRule } from '@laurelkit/sdk/contract';
import { uuidv7 } from 'uuidv7';
import type * as z from 'zod/mini';
import { hint } from '../bus.ts';
import { instantOf } from '../clock.ts';
import type { Database } from '../db/database.ts';
import { findProgram, holdProgram, type Row } from '../db/references.ts';
import type { RewardDefinition } from '../db/reward-tables.ts';
import type { Handlers } from '../handlers.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { type FieldError, LaurelProblem } from '../problem.ts';
import { withContestIds } from './rule-contests.ts';
import { changeFault, ruleFault } from './rule-fault.ts';
import { writeSupply } from './rule-supply.ts';

/** Reward rules: create, read, change by versions. */
export function rewardRules(channel: string): Handlers<'rewardRules'> {
  return {
    create: async ({ program: reference, slug, name, definition: given }, context) =>
      context.transaction(async ({ database }) => {
        refuse(ruleFault(given));
        // Rules of a programme change one after the other.
        const program = await holdProgram(database, reference);
        const definition = await withContestIds(given, program.id, { database, now: context.now });
        const id = uuidv7();
        const at = instantOf(context);
        const written = await database.kysely
          .insertInto('reward_rule')
          .values({
            id,
            program_id: program.id,
            slug,
            name,
            definition: JSON.stringify(definition),
            contest_id: definition.contest?.contest ?? null,
            created_at: at,
            updated_at: at,
          } as never)
          .onConflict((conflict) => conflict.columns(['program_id', 'slug']).doNothing())
          .returning('id')
          .executeTakeFirst();
        if (!written) throw new LaurelProblem('slug_taken', `The programme has a rule "${slug}" already.`);
        await writeVersion(database, { id, version: 1, definition, active: true }, context.now);
        await writeSupply(database, { id, programId: program.id }, definition, null);
        await noteConversions(database, program.id);
        return ruleAnswer(await findRule(database, id));
      }),

    list: async ({ program: reference, limit, cursor }, { database }) => {
      const program = await findProgram(database, reference);
      const before = cursor === undefined ? null : String(readCursor(cursor, ['id'])[0]);
      const rows = await database.query<RuleRow>(
        `${selectRules(database.schema)} where rule.program_id = $1 and ($2::uuid is null or rule.id < $2) order by rule.id desc limit $3`,
        [program.id, before, limit + 1],
      );
      const items = rows.slice(0, limit).map(ruleAnswer);
      return { items, nextCursor: rows.length > limit ? writeCursor([items.at(-1)?.id ?? '']) : null };
    },

    get: async ({ rule }, { database }) => ruleAnswer(await findRule(database, rule)),

    update: async ({ rule: id, name, definition: given, archived }, context) =>
      context.transaction(async ({ database }) => {
        if (given) refuse(ruleFault(given));
        await holdProgram(database, (await findRule(database, id)).program_id);
        const old = await findRule(database, id);
        const definition = given && (await withContestIds(given, old.program_id, { database, now: context.now }));
        if (definition) refuse(changeFault(old.definition, definition));
        const active = archived === undefined ? old.archived_at === null : !archived;
        const changes = definition !== undefined || active !== (old.archived_at === null);
        const at = instantOf(context);
        await database.kysely
          .updateTable('reward_rule')
          .set({
            ...(name !== undefined && { name }),
            ...(definition && { definition: JSON.stringify(definition) }),
            ...(changes && { version: old.version + 1 }),
            ...(active !== (old.archived_at === null) && { archived_at: active ? null : at }),
            updated_at: at,
          })
          .where('id', '=', id)
          .execute();
        if (changes) {
          const now = definition ?? old.definition;
          await writeVersion(database, { id, version: old.version + 1, definition: now, active }, context.now);
        }
        if (definition) await writeSupply(database, { id, programId: old.program_id }, definition, old.definition);
        await noteConversions(database, old.program_id);
        await hint(database, channel, { referrals: true });
        return ruleAnswer(await findRule(database, id));
      }),
  };
}

function refuse(fault: FieldError | null): void {
  if (!fault) return;
  const field = fault.pointer.slice('#/definition/'.length).replaceAll('/', '.');
  throw new LaurelProblem('rule_invalid', `"${field}" ${fault.detail}.`, { errors: [fault] });
}

type Version = { id: string; version: number; definition: RewardDefinition; active: boolean };

const writeVersion = (database: Database, { id, version, definition, active }: Version, now: Date | null) =>
  database.query(
    `insert into ${database.schema}.reward_rule_version (rule_id, version, definition, active, created_at)
     values ($1, $2, $3::text::jsonb, $4, coalesce($5::timestamptz, now()))`,
    [id, version, JSON.stringify(definition), active, now],
  );

/** Keeps it true exactly while some rule may give for a conversion of a referral that has qualified already. */
const noteConversions = (database: Database, programId: string) =>
  database.query(
    `with needed as (
       select exists (
         select from ${database.schema}.reward_rule where program_id = $1 and archived_at is null and (
           definition ->> 'on' = 'conversion'
           or (definition ->> 'on' = 'qualified' and (definition -> 'events' <> '[]' or definition -> 'conditions' <> '{}')))
       ) as conversions
     )
     update ${database.schema}.program set settles_conversions = needed.conversions from needed
     where program.id = $1 and settles_conversions <> needed.conversions`,
    [programId],
  );

interface RuleRow extends Omit<Row<'reward_rule'>, 'program_id'> {
  program_id: string;
  program: string;
  stock_left: string | null;
  budget_left: string | null;
  budget_currency: string | null;
}

const selectRules = (schema: string) => `
select rule.*, program.slug as program, supply.stock_left, supply.budget_left, supply.budget_currency
from ${schema}.reward_rule rule
join ${schema}.program on program.id = rule.program_id
left join ${schema}.reward_supply supply on supply.rule_id = rule.id`;

/** @throws LaurelProblem rule_not_found */
async function findRule({ query, schema }: Database, id: string): Promise<RuleRow> {
  const [row] = await query<RuleRow>(`${selectRules(schema)} where rule.id = $1`, [id]);
  if (!row) throw new LaurelProblem('rule_not_found', 'There is no such reward rule.');
  return row;
}

function ruleAnswer(row: RuleRow): z.output<typeof RewardRule> {
  const { budget_left: minor, budget_currency: currency } = row;
  return {
    id: row.id,
    program: row.program,
    slug: row.slug,
    name: row.name,
    version: row.version,
    definition: row.definition,
    stockLeft: row.stock_left === null ? null : Number(row.stock_left),
    budgetLeft: minor === null || currency === null ? null : { minor: Number(minor), currency },
    archivedAt: row.archived_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
