import type { Database } from '../db/database.ts';
import type { LessonState } from './lesson-state.ts';
import { readMultirange } from './multirange.ts';
import type { KeptStanding } from './newly-done.ts';

type Reading = Pick<Database, 'query' | 'schema'>;

/** A lesson's state as `stateObject` writes it. */
export interface StateObject {
  lesson: string;
  viewed: boolean;
  spent: number;
  watched: string;
  score: number | null;
  submitted: boolean;
  checked: boolean;
  signed: boolean;
  credited: boolean;
  happened: string[];
}

/** SQL: how long intervals of the clock are together, in milliseconds. */
export const spentOf = (multirange: string) =>
  `(select coalesce(sum(extract(epoch from upper(each) - lower(each))), 0) * 1000 from unnest(${multirange}) each)`;

/**
 * SQL: what rules go by of the row `state` of `lesson_state`, as JSON.
 * @param more - SQL of further members
 * @param spent - SQL of the time spent, which takes as long as all the rest
 */
export const stateObject = (
  state: string,
  more: string,
  spent = spentOf(`${state}.spent`),
) => `json_build_object('lesson', ${state}.lesson,
  'viewed', ${state}.viewed_at is not null, 'watched', ${state}.watched::text, 'score', ${state}.score,
  'submitted', ${state}.submitted_at is not null, 'checked', ${state}.checked_at is not null,
  'signed', ${state}.signed_off_at is not null, 'credited', ${state}.credited_at is not null, 'happened', ${state}.happened,
  'spent', ${spent}, ${more})`;

/** Reads what `stateObject` wrote. */
export const stateFrom = (object: StateObject): LessonState => ({
  viewed: object.viewed,
  spentMs: Math.round(object.spent),
  watched: object.watched === '{}' ? [] : readMultirange(object.watched),
  score: object.score,
  submitted: object.submitted,
  checked: object.checked,
  signedOff: object.signed,
  credited: object.credited,
  happened: object.happened,
});

const standings = (schema: string) => `
select asked.id,
  (select json_agg(${stateObject('state', `'done', state.completed_at is not null`)})
    from ${schema}.lesson_state state where state.enrolment_id = asked.id) as states,
  (select jsonb_agg(jsonb_build_array(unit, earned, completed_at is not null))
    from ${schema}.unit_state where enrolment_id = asked.id) as units
from unnest((select $1::uuid[])) asked(id)`;

interface StandingRow {
  id: string;
  states: (StateObject & { done: boolean })[] | null;
  units: [string, number, boolean][] | null;
}

/** Reads all that is kept of enrolments, by id. */
export async function readStandings(
  { query, schema }: Reading,
  ids: readonly string[],
): Promise<Map<string, KeptStanding>> {
  if (ids.length === 0) return new Map();
  const rows = await query<StandingRow>(standings(schema), [ids], 'laurel_standings');
  return new Map(
    rows.map(({ id, states, units }) => [
      id,
      {
        states: new Map((states ?? []).map((state) => [state.lesson, stateFrom(state)])),
        doneLessons: new Set((states ?? []).filter(({ done }) => done).map(({ lesson }) => lesson)),
        units: new Map((units ?? []).map(([unit, earned, done]) => [unit, { earned, done }])),
      },
    ]),
  );
}

const suspects = (schema: string) => `
select enrolment_id as id, array_agg(lesson) as lessons from ${schema}.lesson_state
where enrolment_id = any ((select $1::uuid[])::uuid[]) and suspect group by enrolment_id`;

/** Reads the lessons of enrolments on which more was claimed than the clock allows, by id. */
export async function readSuspects(
  { query, schema }: Reading,
  ids: readonly string[],
): Promise<Map<string, ReadonlySet<string>>> {
  if (ids.length === 0) return new Map();
  const rows = await query<{ id: string; lessons: string[] }>(suspects(schema), [ids]);
  return new Map(rows.map(({ id, lessons }) => [id, new Set(lessons)]));
}
