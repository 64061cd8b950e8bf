import type { contract, Output } from '@laurelkit/sdk/contract';
import { uuidv7 } from 'uuidv7';
import type { Context } from '../context.ts';
import type { Database } from '../db/database.ts';
import { findProgram, type Row } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { LaurelProblem } from '../problem.ts';
import { type Entry, entryOf } from './entry.ts';
import { exportTable } from './export.ts';
import type { Destination } from './people.ts';
import { findRun, importAnswer, problemsOfRun } from './report.ts';
import { applySlice } from './run.ts';
import { importFields, shapeOf } from './shape.ts';
import { shapesOf } from './shapes/all.ts';
import { CellError } from './values.ts';

/** What imports need of the house. */
export interface TransferServices {
  personKey: Buffer;
  publicName(name: string): string | null;
}

type Checked = Output<typeof contract.transfers.checkImport>;

const mostProblems = 100;

/** Import of what other products, or another Laurel, know; export of everything. */
export function transfers(services: TransferServices): Handlers<'transfers'> {
  const destinationOf = (run: Row<'import_run'>, database: Database, { now }: Context): Destination => ({
    ...services,
    database,
    programId: run.program_id,
    source: run.source,
    now,
  });

  return {
    createImport: async ({ program: reference, source, shape, columns, map, fingerprint }, context) => {
      const { database } = context;
      const program = await findProgram(database, reference);
      if (program.archived_at) throw new LaurelProblem('program_archived', 'The programme takes nothing new.');
      const chosen = chooseShape(source, shape, columns, map);
      const [run] = await database.query<{ id: string }>(
        `insert into ${database.schema}.import_run as import_run (id, program_id, source, shape, columns, fingerprint)
         values ($1, $2, $3, $4, $5::text::jsonb, $6)
         on conflict (program_id, fingerprint) do update set fingerprint = excluded.fingerprint returning id`,
        [uuidv7(), program.id, source, chosen.shape.name, JSON.stringify(chosen.columns), fingerprint],
      );
      return importAnswer(database, run?.id ?? '');
    },

    addRows: async ({ import: id, rows }, { database }) => {
      const run = await findRun(database, id);
      if (run.state !== 'open') {
        // The same file once more: all of its rows are there already.
        if (await areKnown(database, id, rows)) return importAnswer(database, id);
        throw new LaurelProblem('import_state_conflict', 'The import is being applied and takes no more rows.');
      }
      await storeRows(database, run, rows);
      return importAnswer(database, id);
    },

    getImport: async ({ import: id }, { database }) => importAnswer(database, id),

    checkImport: async ({ import: id }, context) => {
      const run = await findRun(context.database, id);
      return context.transaction(async ({ database }) => {
        // Undone by itself: the transaction may be somebody else's.
        await database.query('savepoint import_check');
        await database.query('set local statement_timeout = 0');
        while ((await applySlice(run, destinationOf(run, database, context))) > 0);
        const checked: Checked = {
          ...(await importAnswer(database, id)),
          state: run.state,
          problems: await problemsOfRun(database, id, 0, mostProblems),
        };
        await database.query('rollback to savepoint import_check');
        return checked;
      });
    },

    applyImport: async ({ import: id }, context) => {
      const run = await findRun(context.database, id);
      return context.transaction(async ({ database }) => {
        const rows = await applySlice(run, destinationOf(run, database, context));
        // Whoever asks need not ask once more only to hear that nothing was left.
        if (rows > 0) await finishIfDone(database, id);
        return importAnswer(database, id);
      });
    },

    importProblems: async ({ import: id, limit, cursor }, { database }) => {
      await findRun(database, id);
      const after = cursor === undefined ? 0 : readCursor(cursor, ['integer'])[0];
      const rows = await problemsOfRun(database, id, after, limit + 1);
      const items = rows.slice(0, limit);
      return { items, nextCursor: rows.length > limit ? writeCursor([items.at(-1)?.line ?? 0]) : null };
    },

    export: exportTable,
  };
}

type Source = Parameters<Handlers<'transfers'>['createImport']>[0]['source'];

/** @throws LaurelProblem import_columns_unknown */
function chooseShape(source: Source, name: string | undefined, columns: string[], map: Record<string, string>) {
  const known: readonly string[] = importFields;
  for (const [field, column] of Object.entries(map)) {
    if (known.includes(field) && (column.startsWith('=') || columns.includes(column))) continue;
    throw new LaurelProblem(
      'import_columns_unknown',
      `"${field}" cannot be mapped to "${column}": fields are ${known.join(', ')}; columns are ${columns.join(', ')}.`,
    );
  }
  const shapes = shapesOf[source].filter((shape) => name === undefined || shape.name === name);
  const chosen = shapeOf(shapes, columns, map);
  const people = ['id', 'externalId', 'email'] as const;
  if (chosen && people.some((field) => chosen.columns[field])) return chosen;
  const wanted = shapesOf[source]
    .map(({ name: table, needs, columns: documented }) => {
      const examples = needs.map((field) => `${field} (${documented[field]?.[0] ?? 'by map'})`);
      return `${table}: ${examples.join(', ') || 'id, externalId or email'}`;
    })
    .join('; ');
  throw new LaurelProblem(
    'import_columns_unknown',
    `The columns ${columns.join(', ')} are no table of "${source}". Needed are, for ${wanted}. Name the table (shape) or map columns.`,
  );
}

type Rows = Parameters<Handlers<'transfers'>['addRows']>[0]['rows'];

async function areKnown({ query, schema }: Database, id: string, rows: Rows): Promise<boolean> {
  const lines = [...new Set(rows.map(({ line }) => line))];
  const found = await query(`select from ${schema}.import_row where run_id = $1 and line = any($2::int[])`, [
    id,
    lines,
  ]);
  return found.length === lines.length;
}

/** Keeps rows, each line once, with what they say in our words, or why they cannot go in. */
async function storeRows(database: Database, run: Row<'import_run'>, rows: Rows): Promise<void> {
  const { schema } = database;
  const shape = shapesOf[run.source].find(({ name }) => name === run.shape);
  if (!shape) throw new LaurelProblem('import_state_conflict', 'This version knows the import’s table no more.');
  const [clock] = await database.query<{ now: Date }>('select now() as now');
  const reading = { source: run.source, shape, columns: run.columns, now: clock?.now ?? new Date() };
  const read = rows.map(({ line, values, fault }) => ({
    line,
    ...(fault === undefined ? readRow(values, reading) : { entry: null, reason: fault }),
  }));
  await database.query(
    `insert into ${schema}.import_row (run_id, line, entry, state, reason, unpaid_minor, unpaid_currency)
     select $1, line, entry::jsonb, case when entry is null then 'refused' else 'waiting' end, reason, minor, currency
     from unnest($2::int[], $3::text[], $4::text[], $5::bigint[], $6::text[]) as each(line, entry, reason, minor, currency)
     on conflict do nothing`,
    [
      run.id,
      read.map(({ line }) => line),
      read.map(({ entry }) => (entry ? JSON.stringify(entry) : null)),
      read.map(({ reason }) => reason),
      read.map(({ entry }) => entry?.unpaid?.minor ?? null),
      read.map(({ entry }) => entry?.unpaid?.currency ?? null),
    ],
  );
}

function readRow(values: Record<string, string>, reading: Parameters<typeof entryOf>[1]) {
  try {
    return { entry: entryOf(values, reading) as Entry, reason: null };
  } catch (error) {
    if (!(error instanceof CellError)) throw error;
    return { entry: null, reason: error.message };
  }
}

const finishIfDone = ({ query, schema }: Database, id: string) =>
  query(
    `update ${schema}.import_run set state = 'done' where id = $1
     and not exists (select from ${schema}.import_row where run_id = $1 and state = 'waiting')`,
    [id],
  );
