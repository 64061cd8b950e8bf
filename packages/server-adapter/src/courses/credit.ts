import { uuidv7 } from 'uuidv7';
import type { Curriculum } from '../curriculum/curriculum.ts';
import type { Curricula } from '../curriculum/kept-curricula.ts';
import { localDay } from '../curriculum/zoned-time.ts';
import type { Database } from '../db/database.ts';
import { foresee, slicesOf } from './foresee.ts';
import { lackingOf } from './lacking.ts';

interface Credit {
  enrolment: string;
  lesson: string;
  timeZone: string;
}

/** Events and states at once; both are kept in the same instant, so that the state is the fold of the events. */
const creditSql = (schema: string) => `
with given as (
  select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::date[]) each(enrolment_id, id, lesson, time_zone, day)
),
events as (
  insert into ${schema}.progress_event (enrolment_id, id, lesson, kind, occurred_at, received_at, time_zone, day, actor)
  select enrolment_id, id, lesson, 'credited', $6::timestamptz, $6::timestamptz, time_zone, day, $7 from given
)
insert into ${schema}.lesson_state as state (enrolment_id, lesson, credited_at, first_at, last_at)
select enrolment_id, lesson, $6::timestamptz, $6::timestamptz, $6::timestamptz from given
on conflict (enrolment_id, lesson) do update set
  credited_at = least(state.credited_at, excluded.credited_at),
  first_at = least(state.first_at, excluded.first_at),
  last_at = greatest(state.last_at, excluded.last_at)`;

const doneSql = (schema: string) => `
select id from ${schema}.enrolment where id = any($1::uuid[]) and total > 0 and earned = total order by id`;

const creditsAtOnce = 5_000;

/**
 * Counts as done what a new version has that those lack who had done all before it. In the caller's transaction, which holds
 * their enrolments.
 */
export async function creditNew(
  database: Database,
  curricula: Curricula,
  next: Curriculum,
  { enrolments, actor, now }: { enrolments: readonly string[]; actor: string; now: Date | null },
): Promise<void> {
  const { query, schema } = database;
  const [clock] = await query<{ now: Date }>(
    `select date_trunc('milliseconds', coalesce($1::timestamptz, now())) as now`,
    [now],
  );
  const at = clock?.now as Date;
  for (const slice of slicesOf(enrolments, creditsAtOnce)) {
    const done = await query<{ id: string }>(doneSql(schema), [slice]);
    const ids = done.map(({ id }) => id);
    for await (const foreseen of foresee(database, curricula, next, ids)) {
      const credits = foreseen.flatMap(({ learner, standing }) =>
        lackingOf(next, learner.cohort, standing.done).map(
          ({ id: lesson }): Credit => ({ enrolment: learner.id, lesson, timeZone: learner.timeZone }),
        ),
      );
      for (const some of slicesOf(credits, creditsAtOnce)) await write(some, at);
    }
  }

  async function write(credits: readonly Credit[], at: Date): Promise<void> {
    await query(creditSql(schema), [
      credits.map(({ enrolment }) => enrolment),
      credits.map(() => uuidv7()),
      credits.map(({ lesson }) => lesson),
      credits.map(({ timeZone }) => timeZone),
      credits.map(({ timeZone }) => localDay(at, timeZone)),
      ...[at, actor],
    ]);
  }
}
