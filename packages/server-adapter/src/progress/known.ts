import type { Interval } from '@laurelkit/sdk/progress';
import { isTimed, ruleOf } from '../curriculum/completion.ts';
import type { KeptEvent } from '../curriculum/fold.ts';
import type { Learner } from '../curriculum/learner.ts';
import type { LessonState } from '../curriculum/lesson-state.ts';
import type { KeptUnit } from '../curriculum/newly-done.ts';
import { type StateObject, stateFrom, stateObject } from '../curriculum/read-standings.ts';
import { arrayText } from '../db/array-text.ts';
import type { Database } from '../db/database.ts';

/** What is kept of a lesson before something arrives. */
export interface KnownLesson {
  /** But for the time spent. */
  state: LessonState;
  /** In front of the learner, where a rule of the lesson goes by time; it takes long to read, and few do. */
  spent: readonly Interval[];
  done: boolean;
  suspect: boolean;
}

/** What is kept of what arrives, by enrolment. */
export interface Known {
  /** Whether an event was there before. */
  hasEvent(enrolmentId: string, id: string): boolean;
  lesson(enrolmentId: string, lesson: string): KnownLesson | undefined;
  /** The units above the lessons. */
  units(enrolmentId: string): ReadonlyMap<string, KeptUnit>;
}

const milliseconds = (instant: string) => `floor(extract(epoch from ${instant}) * 1000)`;

const further = `'enrolment', enrolment_id, 'done', completed_at is not null, 'suspect', suspect, 'times', case when asked.timed
  then (select json_agg(json_build_array(${milliseconds('lower(each)')}, ${milliseconds('upper(each)')})) from unnest(spent) each) end`;

/**
 * Parameters: arrays `$1`, `$2` of events (enrolment, id), `$3…$5` of lessons (enrolment, lesson, whether time matters), `$6`, `$7` of
 * units (enrolment, unit).
 */
const statement = (schema: string) => `
select (
  select json_agg(enrolment_id || ' ' || kept.id)
  from unnest((select $1::uuid[]), (select $2::uuid[])) asked(enrolment, id)
  cross join lateral (
    select enrolment_id, id from ${schema}.progress_event where enrolment_id = asked.enrolment and progress_event.id = asked.id offset 0
  ) kept
) as events, (
  select json_agg(${stateObject('state', further, '0')})
  from unnest((select $3::uuid[]), (select $4::text[]), (select $5::boolean[])) asked(enrolment, lesson, timed)
  cross join lateral (
    select * from ${schema}.lesson_state where enrolment_id = asked.enrolment and lesson_state.lesson = asked.lesson offset 0
  ) state
) as lessons, (
  select json_agg(json_build_array(enrolment_id, unit, earned, completed_at is not null))
  from unnest((select $6::uuid[]), (select $7::text[])) asked(enrolment, id)
  cross join lateral (
    select * from ${schema}.unit_state where enrolment_id = asked.enrolment and unit_state.unit = asked.id offset 0
  ) kept
) as units`;

interface KnownRow {
  events: string[] | null;
  units: [enrolment: string, unit: string, earned: number, done: boolean][] | null;
  lessons: (StateObject & { enrolment: string; done: boolean; suspect: boolean; times: Interval[] | null })[] | null;
}

/** Reads what is kept of events and their lessons, of enrolments whose rows are locked: nobody else writes to them meanwhile. */
export async function readKnown(
  { query, schema }: Pick<Database, 'query' | 'schema'>,
  arriving: readonly { learner: Learner; events: readonly KeptEvent[] }[],
): Promise<Known> {
  const events = arriving.flatMap(({ learner, events: each }) => each.map(({ id }) => [learner.id, id] as const));
  const lessons = arriving.flatMap(({ learner, events: each }) =>
    [...new Set(each.map(({ lesson }) => lesson))].map((lesson) => ({ learner, lesson })),
  );
  const units = above(lessons);
  const [row] = await query<KnownRow>(
    statement(schema),
    [
      arrayText(events.map(([enrolment]) => enrolment)),
      arrayText(events.map(([, id]) => id)),
      arrayText(lessons.map(({ learner }) => learner.id)),
      arrayText(lessons.map(({ lesson }) => lesson)),
      arrayText(lessons.map(({ learner, lesson }) => goesByTime(learner, lesson))),
      arrayText(units.map(([enrolment]) => enrolment)),
      arrayText(units.map(([, unit]) => unit)),
    ],
    'laurel_progress_known',
  );
  const there = new Set(row?.events ?? []);
  const states = new Map(
    (row?.lessons ?? []).map(({ enrolment, done, suspect, times, ...object }) => [
      `${enrolment} ${object.lesson}`,
      { state: stateFrom(object), spent: times ?? [], done, suspect },
    ]),
  );
  const unitsOf = new Map<string, Map<string, KeptUnit>>();
  for (const [enrolment, unit, earned, done] of row?.units ?? []) {
    const kept = unitsOf.get(enrolment) ?? new Map<string, KeptUnit>();
    unitsOf.set(enrolment, kept.set(unit, { earned, done }));
  }
  return {
    hasEvent: (enrolmentId, id) => there.has(`${enrolmentId} ${id}`),
    lesson: (enrolmentId, lesson) => states.get(`${enrolmentId} ${lesson}`),
    units: (enrolmentId) => unitsOf.get(enrolmentId) ?? none,
  };
}

const none: ReadonlyMap<string, KeptUnit> = new Map();

/** The units above lessons, each once for a learner. */
function above(lessons: readonly { learner: Learner; lesson: string }[]) {
  const found = new Map<string, readonly [enrolment: string, unit: string]>();
  for (const { learner, lesson } of lessons) {
    for (const { id } of learner.current.unitsOf(lesson)) found.set(`${learner.id} ${id}`, [learner.id, id]);
  }
  return [...found.values()];
}

const goesByTime = ({ pinned }: Learner, lesson: string): boolean =>
  pinned.some((version) => {
    const node = version.node(lesson);
    return node !== undefined && isTimed(ruleOf(node));
  });
