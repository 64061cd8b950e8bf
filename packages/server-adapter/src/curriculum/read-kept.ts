import type { Database } from '../db/database.ts';
import type { LessonState } from './lesson-state.ts';
import { type StateObject, stateFrom, stateObject } from './read-standings.ts';

/** What is kept of a learner in one lesson. */
export interface KeptLesson {
  state: LessonState;
  completedAt: Date | null;
  /** Where the video was left, on whatever device. */
  positionMs: number | null;
}

/** All that is kept of a learner in a course, of one instant. */
export interface KeptProgress {
  at: Date;
  version: number;
  earned: number;
  completedAt: Date | null;
  seq: number;
  lessons: ReadonlyMap<string, KeptLesson>;
  units: ReadonlyMap<string, { earned: number; completedAt: Date | null }>;
  /** Lessons and units that are done. */
  done: ReadonlySet<string>;
  scores: ReadonlyMap<string, number>;
}

interface KeptRow {
  at: Date;
  version: number;
  earned: number;
  completed_at: Date | null;
  seq: number;
  lessons: (StateObject & { completed: number | null; position: number | null })[] | null;
  units: { unit: string; earned: number; completed: number | null }[] | null;
}

const milliseconds = (instant: string) => `floor(extract(epoch from ${instant}) * 1000)`;

/** Parameters: enrolment, instant or null. One statement, so that nothing moves between its parts. */
const statement = (schema: string) => `
select coalesce($2::timestamptz, now()) as at, version, earned::float8 as earned, completed_at, seq::float8 as seq,
  (select json_agg(${stateObject('state', `'completed', ${milliseconds('state.completed_at')}, 'position', state.position_ms`)})
    from ${schema}.lesson_state state where state.enrolment_id = enrolment.id) as lessons,
  (select jsonb_agg(jsonb_build_object('unit', unit, 'earned', earned, 'completed', ${milliseconds('completed_at')}))
    from ${schema}.unit_state where enrolment_id = enrolment.id) as units
from ${schema}.enrolment where id = $1`;

const dateOf = (at: number | null) => (at === null ? null : new Date(at));

/** Reads how far an enrolment is, by what is kept. */
export async function readKept(
  { query, schema }: Pick<Database, 'query' | 'schema'>,
  enrolmentId: string,
  now: Date | null,
): Promise<KeptProgress> {
  const [row] = await query<KeptRow>(statement(schema), [enrolmentId, now], 'laurel_progress_kept');
  if (!row) throw new Error('enrolments are not deleted');
  const lessons = new Map(
    (row.lessons ?? []).map((object) => [
      object.lesson,
      { state: stateFrom(object), completedAt: dateOf(object.completed), positionMs: object.position },
    ]),
  );
  const units = new Map(
    (row.units ?? []).map(({ unit, earned, completed }) => [unit, { earned, completedAt: dateOf(completed) }]),
  );
  return {
    at: row.at,
    version: row.version,
    earned: row.earned,
    completedAt: row.completed_at,
    seq: row.seq,
    lessons,
    units,
    done: new Set([...lessons, ...units].filter(([, { completedAt }]) => completedAt !== null).map(([id]) => id)),
    scores: new Map(
      [...lessons].flatMap(([id, { state }]) => (state.score === null ? [] : [[id, state.score] as const])),
    ),
  };
}
