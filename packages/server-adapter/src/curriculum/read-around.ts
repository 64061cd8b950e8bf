import { arrayText } from '../db/array-text.ts';
import type { Database } from '../db/database.ts';
import type { Around } from './newly-done.ts';
import { type StateObject, stateFrom, stateObject } from './read-standings.ts';

/** Parameters: arrays (enrolment, node). */
const statement = (schema: string) => `
select (
  select json_agg(${stateObject('state', `'enrolment', state.enrolment_id, 'done', state.completed_at is not null`)})
  from unnest((select $1::uuid[]), (select $2::text[])) asked(enrolment, node)
  cross join lateral (
    select * from ${schema}.lesson_state where enrolment_id = asked.enrolment and lesson_state.lesson = asked.node offset 0
  ) state
) as lessons, (
  select json_agg(json_build_array(enrolment_id, unit))
  from unnest((select $1::uuid[]), (select $2::text[])) asked(enrolment, node)
  cross join lateral (
    select * from ${schema}.unit_state
    where enrolment_id = asked.enrolment and unit_state.unit = asked.node and completed_at is not null offset 0
  ) kept
) as units`;

interface AroundRow {
  lessons: (StateObject & { enrolment: string; done: boolean })[] | null;
  units: [enrolment: string, unit: string][] | null;
}

/**
 * Reads what is kept of some lessons and units of enrolments.
 * @param asked - the nodes by enrolment
 */
export async function readAround(
  { query, schema }: Pick<Database, 'query' | 'schema'>,
  asked: ReadonlyMap<string, Iterable<string>>,
): Promise<Map<string, Around>> {
  const found = new Map([...asked.keys()].map((id) => [id, { states: new Map(), done: new Set<string>() }]));
  const pairs = [...asked].flatMap(([id, nodes]) => [...nodes].map((node) => [id, node] as const));
  if (pairs.length === 0) return found;
  const given = [arrayText(pairs.map(([id]) => id)), arrayText(pairs.map(([, node]) => node))];
  const [row] = await query<AroundRow>(statement(schema), given, 'laurel_progress_around');
  for (const { enrolment, done, ...object } of row?.lessons ?? []) {
    const around = found.get(enrolment);
    around?.states.set(object.lesson, stateFrom(object));
    if (done) around?.done.add(object.lesson);
  }
  for (const [enrolment, unit] of row?.units ?? []) found.get(enrolment)?.done.add(unit);
  return found;
}
