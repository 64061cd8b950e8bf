import { hint } from '../bus.ts';
import { changeMessage } from '../curriculum/change-message.ts';
import { type Curricula, createCurricula } from '../curriculum/kept-curricula.ts';
import { type Learner, lockLearners } from '../curriculum/learner.ts';
import { quoteSchema } from '../db/database.ts';
import type { Queryable, Storage } from '../db/storage.ts';
import { readFolds, readHistory } from './read-history.ts';
import { rebuild } from './rebuild.ts';
import { recountDays } from './recount-days.ts';
import { type Deviation, deviations, type KeptEnrolment, replay } from './replay.ts';

/** One difference between progress events and what is kept of them. */
export interface ProgressDifference extends Deviation {
  kind: 'progress';
  /** `null` for a learning day, which belongs to no course. */
  enrolment: string | null;
  participant: string;
}

const sliceSize = 200;

const sliceStatement = (schema: string) => `
select id from ${schema}.enrolment where ($1::uuid is null or id > $1) order by id limit ${sliceSize}`;

const furtherStatement = (schema: string) => `
select id, last_lesson, floor(extract(epoch from last_active_at) * 1000)::float8 as last_at, exists (
  select from ${schema}.enrolment_step step where step.enrolment_id = enrolment.id and step.cohort_id is distinct from enrolment.cohort_id
) as moved,
  (select jsonb_agg(jsonb_build_array(unit, earned, floor(extract(epoch from completed_at) * 1000))) from ${schema}.unit_state
    where enrolment_id = enrolment.id) as units
from ${schema}.enrolment where id = any ((select $1::uuid[])::uuid[])`;

interface FurtherRow {
  id: string;
  last_lesson: string | null;
  last_at: number | null;
  moved: boolean;
  units: [string, number, number | null][] | null;
}

/**
 * Compares the states of lessons, units and enrolments and the learning days with what the progress events alone come to. An
 * empty list means they agree. Enrolments are held by the few while they are looked at, so learners may go on meanwhile.
 * @param options - `rebuild`: what differs is made anew
 */
export async function recountProgress(
  storage: Storage,
  schemaName: string,
  { rebuild: mend, channel }: { rebuild: boolean; channel: string },
): Promise<ProgressDifference[]> {
  const schema = quoteSchema(schemaName);
  const curricula = createCurricula();
  const found: ProgressDifference[] = [];
  for (let after: string | null = null; ; ) {
    const ids: { id: string }[] = await storage.query<{ id: string }>(sliceStatement(schema), [after]);
    const last = ids.at(-1);
    if (!last) break;
    after = last.id;
    found.push(
      ...(await storage.transaction(async (transaction) => {
        await transaction.script('set local statement_timeout = 0');
        return recountSlice(
          transaction,
          schema,
          curricula,
          ids.map(({ id }) => id),
          { mend, channel },
        );
      })),
    );
  }
  const days = await recountDays(storage, schema, mend);
  return [
    ...found,
    ...days.map(({ participant, day, kept, counted }) => ({
      ...{ kind: 'progress' as const, enrolment: null, participant, node: null, what: `day ${day}`, kept, counted },
    })),
  ];
}

async function recountSlice(
  { query }: Queryable,
  schema: string,
  curricula: Curricula,
  ids: readonly string[],
  { mend, channel }: { mend: boolean; channel: string },
): Promise<ProgressDifference[]> {
  const database = { query, schema };
  const learners = [...(await lockLearners(database, curricula, ids)).values()].filter(
    ({ pinned }) => pinned.length > 0,
  );
  const further = new Map((await query<FurtherRow>(furtherStatement(schema), [ids])).map((row) => [row.id, row]));
  const history = await readHistory(database, ids);
  const folds = await readFolds(database, ids);
  const found: ProgressDifference[] = [];
  const rebuilt: Learner[] = [];
  for (const learner of learners) {
    const row = further.get(learner.id) as FurtherRow;
    const kept = keptOf(learner, row, folds.get(learner.id) ?? new Map());
    const replayed = replay(kept, history.get(learner.id) ?? []);
    const differences = deviations(kept, replayed);
    found.push(
      ...differences.map((each) => ({
        kind: 'progress' as const,
        enrolment: learner.id,
        participant: learner.participantId,
        ...each,
      })),
    );
    if (!mend || differences.length === 0) continue;
    await rebuild(database, kept, replayed, new Date());
    rebuilt.push(learner);
  }
  if (rebuilt.length > 0) await hint({ query }, channel, changeMessage(rebuilt));
  return found;
}

const keptOf = (learner: Learner, row: FurtherRow, lessons: KeptEnrolment['lessons']) => ({
  learner,
  lessons,
  units: new Map((row.units ?? []).map(([unit, earned, doneAt]) => [unit, { earned, done: doneAt !== null }])),
  unitsDoneAt: new Map(
    (row.units ?? []).flatMap(([unit, , doneAt]) => (doneAt === null ? [] : [[unit, new Date(doneAt)] as const])),
  ),
  last: row.last_lesson === null || row.last_at === null ? null : { lesson: row.last_lesson, at: row.last_at },
  hasMoved: row.moved,
});
