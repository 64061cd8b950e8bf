import { LaurelConfigurationError } from '../problem.ts';
import { isSchemaName, quoteSchema } from './database.ts';
import { type Migration, migrations, titleOf } from './migrations/index.ts';
import { hasSqlState, type Queryable, type Storage } from './storage.ts';

interface Applied {
  number: number;
  name: string;
  breaking: boolean;
}

const registerOf = (schema: string) => `${quoteSchema(schema)}.schema_migration`;

const prologue = (schema: string) => `create schema if not exists ${quoteSchema(schema)};
create table if not exists ${registerOf(schema)} (
  number integer primary key,
  name text not null,
  breaking boolean not null,
  applied_at timestamptz not null default now()
);`;

const step = (
  schema: string,
  { number, name, breaking, sql }: Migration,
) => `set local search_path to ${quoteSchema(schema)};
${sql.trim()}
insert into ${registerOf(schema)} (number, name, breaking) values (${number}, '${name}', ${breaking});`;

async function appliedOn(queryable: Queryable, schema: string): Promise<Applied[]> {
  try {
    return await queryable.query<Applied>(`select number, name, breaking from ${registerOf(schema)} order by number`);
  } catch (error) {
    if (hasSqlState(error, '42P01', '3F000')) return [];
    throw error;
  }
}

/** A newer Laurel may have been here: its additions are fine, its breaking changes are not. */
function refuseNewer(applied: Applied[], schema: string, known: readonly Migration[]) {
  const newest = known.at(-1)?.number ?? 0;
  const breaking = applied.find((each) => each.number > newest && each.breaking);
  if (breaking) {
    throw new LaurelConfigurationError(
      `Schema "${schema}" was changed by a newer version of Laurel (migration ${breaking.number}, ${breaking.name}). Upgrade @laurelkit/server-adapter to run on it.`,
    );
  }
}

/** Steps that have not run yet on a storage. */
export async function pendingMigrations(storage: Storage, schema: string, known = migrations): Promise<Migration[]> {
  const applied = await appliedOn(storage, schema);
  refuseNewer(applied, schema, known);
  return known.filter((migration) => !applied.some((each) => each.number === migration.number));
}

/**
 * Brings the schema up to date, each starter waiting for the others under one advisory lock.
 *
 * Returns the names of the steps that ran.
 * @throws LaurelConfigurationError when a newer Laurel has made the schema unusable for this one.
 */
export async function migrate(storage: Storage, schema: string, known = migrations): Promise<string[]> {
  if (!isSchemaName(schema)) throw new LaurelConfigurationError(`"${schema}" is not a usable schema name.`);
  if ((await pendingMigrations(storage, schema, known)).length === 0) return [];
  return storage.transaction(async (transaction) => {
    // Moving what a large table holds, or waiting for another node that does, takes as long as it takes.
    await transaction.query('set local statement_timeout = 0');
    await transaction.query('select pg_advisory_xact_lock(hashtext($1))', [`laurel:migrate:${schema}`]);
    await transaction.script(prologue(schema));
    const applied = await appliedOn(transaction, schema);
    refuseNewer(applied, schema, known);
    const pending = known.filter((migration) => !applied.some((each) => each.number === migration.number));
    for (const migration of pending) await transaction.script(step(schema, migration));
    return pending.map(titleOf);
  });
}

/** The SQL that `migrate` would run on an empty database, for a DBA to read and apply. */
export function printMigrations(schema: string, known = migrations): string {
  if (!isSchemaName(schema)) throw new LaurelConfigurationError(`"${schema}" is not a usable schema name.`);
  const steps = known.map((each) => `-- ${each.number} ${each.name}\n${step(schema, each)}`);
  return ['begin;', prologue(schema), ...steps, 'commit;', ''].join('\n\n');
}
