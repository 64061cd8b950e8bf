import type { TestLaurel } from '../src/testing.ts';
import { eventually, sql } from './support.ts';

/** Has the keepers of these Laurels’ schema come by now instead of within two seconds, and waits until `done` says so. */
export async function kept(laurel: Pick<TestLaurel, 'schema'>, done: () => Promise<boolean>): Promise<void> {
  const poke = () => sql(laurel, 'select pg_notify($1, $2)', [`laurel_${laurel.schema}`, '{"contests":[]}']);
  const isDone = await eventually(
    async () => {
      await poke();
      return done();
    },
    (answer) => answer,
  );
  if (!isDone) throw new Error('The keeper did not do what was due.');
}

/** The steps of a contest as `from>to`, oldest first. */
export async function stepsOf(laurel: Pick<TestLaurel, 'schema'>, slug = 'spring'): Promise<string[]> {
  const rows = await sql<{ step: string }>(
    laurel,
    `select coalesce(from_state, '') || '>' || to_state as step from $schema.contest_step
     join $schema.contest on contest.id = contest_id where slug = $1 order by contest_step.id`,
    [slug],
  );
  return rows.map(({ step }) => step);
}

/** How often events of a name were written about a contest. */
export async function eventsOf(laurel: Pick<TestLaurel, 'schema'>, name: string, slug = 'spring'): Promise<number> {
  const [row] = await sql<{ count: number }>(
    laurel,
    `select count(*)::int as count from $schema.event
     where name = $1 and payload ->> 'contest' = (select id::text from $schema.contest where slug = $2)`,
    [name, slug],
  );
  return row?.count ?? 0;
}
