import type { Database } from '../db/database.ts';
import type { Row } from '../db/references.ts';
import { hasSqlState } from '../db/storage.ts';
import { LaurelProblem } from '../problem.ts';
import { type Made, type Outcome, steps } from './apply.ts';
import type { Entry } from './entry.ts';
import { type Destination, Overtaken } from './people.ts';

/** Most rows of one transaction. */
const sliceSize = 500;

interface Waiting {
  line: number;
  stage: number;
  entry: Entry;
}

/**
 * The rows of a step that wait next, with the run held: nobody else applies it meanwhile.
 * @throws LaurelProblem import_not_found
 */
async function nextRows({ query, schema }: Database, runId: string): Promise<Waiting[]> {
  const held = await query(`select from ${schema}.import_run where id = $1 for update`, [runId]);
  if (held.length === 0) throw new LaurelProblem('import_not_found', 'There is no such import.');
  return query<Waiting>(
    `select line, stage, entry from ${schema}.import_row where run_id = $1 and state = 'waiting' and stage = (
       select min(stage) from ${schema}.import_row where run_id = $1 and state = 'waiting'
     ) order by line limit ${sliceSize}`,
    [runId],
  );
}

/** Once a row is done, what it said of people is not kept. */
const settleRows = (schema: string) => `
update ${schema}.import_row row set
  stage = row.stage + 1,
  state = case when each.refused then 'refused' when row.stage + 1 >= ${steps.length} then 'done' else 'waiting' end,
  entry = case when each.refused or row.stage + 1 >= ${steps.length} then null else row.entry end,
  reason = nullif(concat_ws('; ', row.reason, nullif(each.reason, '')), ''),
  participants = row.participants + each.participants, codes = row.codes + each.codes,
  referrals = row.referrals + each.referrals, conversions = row.conversions + each.conversions,
  past_rewards = row.past_rewards + each.past_rewards
from unnest($2::int[], $3::boolean[], $4::text[], $5::int[], $6::int[], $7::int[], $8::int[], $9::int[])
  as each(line, refused, reason, participants, codes, referrals, conversions, past_rewards)
where row.run_id = $1 and row.line = each.line`;

/** Does the next step of up to 500 rows in the transaction it is given; answers how many it was. */
export async function applySlice(run: Row<'import_run'>, destination: Destination): Promise<number> {
  const { query, schema } = destination.database;
  const rows = await nextRows(destination.database, run.id);
  const state = rows.length === 0 ? 'done' : 'applying';
  await query(
    `update ${schema}.import_run set state = $2, updated_at = coalesce($3::timestamptz, now())
     where id = $1 and state <> 'done'`,
    [run.id, state, destination.now],
  );
  if (rows.length === 0) return 0;
  const outcomes = await together(rows, destination);
  const column = (name: keyof Made) => outcomes.map((each) => each?.made[name] ?? 0);
  await query(settleRows(schema), [
    run.id,
    rows.map(({ line }) => line),
    outcomes.map((each) => each === null),
    outcomes.map((each) => each?.notes.join('; ') ?? 'the database refused it'),
    ...(['participants', 'codes', 'referrals', 'conversions', 'pastRewards'] as const).map(column),
  ]);
  return rows.length;
}

const mostAttempts = 5;

/** All rows at one go; where the database refuses one of them, each by itself, so that it alone stays out (`null`). */
async function together(rows: readonly Waiting[], destination: Destination): Promise<(Outcome | null)[]> {
  const attempt = async (part: readonly Waiting[]): Promise<Outcome[] | null> => {
    const step = steps[part[0]?.stage ?? 0] ?? (async () => []);
    for (let turn = 1; ; turn++) {
      const done = await savepoint(destination.database, () =>
        step(
          part.map(({ entry }) => entry),
          destination,
        ),
      );
      if (done !== 'overtaken') return done;
      if (turn === mostAttempts) throw new Overtaken();
    }
  };
  const all = await attempt(rows);
  if (all) return all;
  const outcomes: (Outcome | null)[] = [];
  for (const row of rows) outcomes.push((await attempt([row]))?.[0] ?? null);
  return outcomes;
}

/**
 * What `work` answers; nothing of it is done where the database refused a row (`null`, SQLSTATE class 22 or 23) or somebody else
 * wrote first, or waits for it in a circle, which ends by letting go of what it did (`overtaken`).
 */
async function savepoint<Result>(
  { query }: Database,
  work: () => Promise<Result>,
): Promise<Result | 'overtaken' | null> {
  await query('savepoint import_rows');
  try {
    const result = await work();
    await query('release savepoint import_rows');
    return result;
  } catch (error) {
    const isRefusal = error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code));
    if (!isRefusal && !(error instanceof Overtaken || hasSqlState(error, '40P01'))) throw error;
    await query('rollback to savepoint import_rows');
    return isRefusal ? null : 'overtaken';
  }
}
