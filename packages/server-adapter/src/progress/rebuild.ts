import type { Database } from '../db/database.ts';
import type { KeptEnrolment, Replayed } from './replay.ts';
import { arrays, iso, keptOf, names, stateColumns } from './state-columns.ts';

const dropLessons = (schema: string) => `delete from ${schema}.lesson_state where enrolment_id = $1`;
const dropUnits = (schema: string) => `delete from ${schema}.unit_state where enrolment_id = $1`;

/** Parameters: enrolment, arrays of lessons and instants of completion, then those of the states. */
const keepLessons = (schema: string) => `
insert into ${schema}.lesson_state (enrolment_id, lesson, completed_at, ${names(stateColumns)})
select $1, lesson, completed_at, ${keptOf(stateColumns)}
from unnest(${arrays(['text', 'timestamptz', ...stateColumns.map(([, type]) => type)], 2)}) each(lesson, completed_at, ${names(stateColumns)})`;

const keepUnits = (schema: string) => `
insert into ${schema}.unit_state (enrolment_id, unit, earned, completed_at)
select $1, unit, earned, completed_at
from unnest($2::text[], $3::bigint[], $4::timestamptz[]) each(unit, earned, completed_at)`;

const keepEnrolment = (schema: string) => `
update ${schema}.enrolment set earned = $2, total = $3, media_ms = $4, spent_ms = $5, suspect = $6, last_lesson = $7,
  last_active_at = $8, completed_at = $9, seq = seq + 1, updated_at = $10
where id = $1`;

/**
 * Makes all that is kept of an enrolment anew from what its events come to, in the caller's transaction, which holds its row.
 * What is done keeps the instant it has; what has none gets that of the rebuild.
 */
export async function rebuild(
  { query, schema }: Pick<Database, 'query' | 'schema'>,
  kept: KeptEnrolment & { unitsDoneAt: ReadonlyMap<string, Date> },
  replayed: Replayed,
  at: Date,
): Promise<void> {
  const { id, completedAt, pinned } = kept.learner;
  const states = [...replayed.lessons];
  const doneAt = (lesson: string) => iso(kept.lessons.get(lesson)?.completedAt ?? at.getTime());
  await query(dropLessons(schema), [id]);
  await query(keepLessons(schema), [
    id,
    states.map(([lesson]) => lesson),
    states.map(([lesson]) => (replayed.done.has(lesson) ? doneAt(lesson) : null)),
    ...stateColumns.map(([, , of]) => states.map(([, state]) => of(state))),
  ]);
  const units = [...new Set([...replayed.unitEarned.keys(), ...kept.unitsDoneAt.keys()])].filter(
    (unit) => replayed.done.has(unit) || (replayed.unitEarned.get(unit) ?? 0) > 0,
  );
  await query(dropUnits(schema), [id]);
  await query(keepUnits(schema), [
    id,
    units,
    units.map((unit) => replayed.unitEarned.get(unit) ?? 0),
    units.map((unit) => (replayed.done.has(unit) ? (kept.unitsDoneAt.get(unit) ?? at) : null)),
  ]);
  const isComplete = replayed.total > 0 && replayed.earned === replayed.total;
  const stays = isComplete || pinned.length > 1 || kept.hasMoved;
  await query(keepEnrolment(schema), [
    id,
    replayed.earned,
    replayed.total,
    replayed.mediaMs,
    replayed.spentMs,
    replayed.suspect,
    replayed.last?.lesson ?? null,
    iso(replayed.last?.at ?? null),
    stays ? (completedAt ?? (isComplete ? at : null)) : null,
    at,
  ]);
}
