import type { Import, ImportProblem } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import type { Database } from '../db/database.ts';
import type { Row } from '../db/references.ts';
import { LaurelProblem } from '../problem.ts';

type Answer = z.output<typeof Import>;

interface Sums {
  all: number;
  waiting: number;
  done: number;
  refused: number;
  participants: number;
  codes: number;
  referrals: number;
  conversions: number;
  past_rewards: number;
}

const sums = (schema: string) => `
select count(*)::int as all, (count(*) filter (where state = 'waiting'))::int as waiting,
  (count(*) filter (where state = 'done'))::int as done, (count(*) filter (where state = 'refused'))::int as refused,
  coalesce(sum(participants), 0)::int as participants, coalesce(sum(codes), 0)::int as codes,
  coalesce(sum(referrals), 0)::int as referrals, coalesce(sum(conversions), 0)::int as conversions,
  coalesce(sum(past_rewards), 0)::int as past_rewards
from ${schema}.import_row where run_id = $1`;

const owed = (schema: string) => `
select unpaid_currency as currency, sum(unpaid_minor)::float8 as minor from ${schema}.import_row
where run_id = $1 and unpaid_currency is not null and state <> 'refused' group by 1 order by 1`;

/**
 * The import and its programme.
 * @throws LaurelProblem import_not_found
 */
export async function findRun(
  { query, schema }: Database,
  id: string,
): Promise<Row<'import_run'> & { program: string }> {
  const [run] = await query<Row<'import_run'> & { program: string }>(
    `select import_run.*, program.slug as program from ${schema}.import_run
     join ${schema}.program on program.id = program_id where import_run.id = $1`,
    [id],
  );
  if (!run) throw new LaurelProblem('import_not_found', 'There is no such import.');
  return run;
}

/** How far an import is. @throws LaurelProblem import_not_found */
export async function importAnswer(database: Database, id: string): Promise<Answer> {
  const run = await findRun(database, id);
  const [counted] = await database.query<Sums>(sums(database.schema), [id]);
  const { participants, codes, referrals, conversions, past_rewards: pastRewards, ...rows } = counted as Sums;
  return {
    id,
    program: run.program,
    source: run.source,
    shape: run.shape,
    state: run.state,
    rows,
    made: { participants, codes, referrals, conversions, pastRewards },
    unpaid: await database.query<Answer['unpaid'][number]>(owed(database.schema), [id]),
    createdAt: run.created_at.toISOString(),
    updatedAt: run.updated_at.toISOString(),
  };
}

/** Rows that did not go in, or not wholly, by line. */
export const problemsOfRun = (
  { query, schema }: Database,
  id: string,
  after: number,
  limit: number,
): Promise<z.output<typeof ImportProblem>[]> =>
  query(
    `select line, state, reason from ${schema}.import_row
     where run_id = $1 and reason is not null and line > $2::bigint order by line limit $3`,
    [id, after, limit],
  );
