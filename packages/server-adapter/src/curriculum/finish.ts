import { type BusMessage, notificationsOf } from '../bus.ts';
import { arrayText } from '../db/array-text.ts';
import type { Database } from '../db/database.ts';
import type { WrittenEvent } from '../events.ts';
import { creditedPoints } from '../ledger/credits.ts';
import { notifyEach } from '../ledger/sequence.ts';
import type { Learner } from './learner.ts';

/** What changes of an enrolment by something that is newly done. */
export interface Change {
  learner: Learner;
  /** Lessons that are newly done. */
  lessons: readonly string[];
  /** What is earned in units by now, and whether each is newly done. */
  units: readonly { unit: string; earned: number; done: boolean }[];
  earned: number;
  total: number;
  /** Lessons and units that are newly done, in the order in which they became so. */
  newly: readonly string[];
  /** Whether all that counts is done by this. */
  completed: boolean;
  /** Lessons on which more was claimed than the clock allows: nothing that rests on them counts in contests. */
  suspects: ReadonlySet<string>;
}

interface Credit {
  programId: string;
  participantId: string;
  event: string;
  cause: string;
}

/** SQL: lessons that are newly done. Parameter `$1` is the instant, those from `first` are the values of `doneLessons`. */
export const finishLessons = (schema: string, first: number) => `
  -- By the unique key, whatever the planner believes of the sizes; the row is there.
  insert into ${schema}.lesson_state as lesson_state (enrolment_id, lesson, first_at, last_at, completed_at)
  select enrolment_id, lesson, $1::timestamptz, $1::timestamptz, $1::timestamptz
  from unnest((select $${first}::uuid[]), (select $${first + 1}::text[])) each(enrolment_id, lesson)
  on conflict (enrolment_id, lesson) do update set completed_at = excluded.completed_at where lesson_state.completed_at is null`;

/** The values of lessons (enrolment, lesson) for `finishLessons`. */
export const doneLessons = (lessons: readonly (readonly [enrolment: string, lesson: string])[]): unknown[] => [
  arrayText(lessons.map(([enrolment]) => enrolment)),
  arrayText(lessons.map(([, lesson]) => lesson)),
];

/**
 * SQL: parts of a `with` that write the units, the events and the points of what is newly done; contests are not locked: points
 * go into the ledger's intake. Parameter `$1` is the instant, those from `first` are what `consequences` answers.
 */
export const finishRest = (schema: string, first: number) => {
  const at = (place: number) => `$${first + place}`;
  return `units as (
  insert into ${schema}.unit_state as unit_state (enrolment_id, unit, earned, completed_at)
  select enrolment_id, unit, earned, case when done then $1::timestamptz end
  from unnest((select ${at(0)}::uuid[]), (select ${at(1)}::text[]), (select ${at(2)}::bigint[]), (select ${at(3)}::boolean[]))
    each(enrolment_id, unit, earned, done)
  on conflict (enrolment_id, unit)
    do update set earned = excluded.earned, completed_at = coalesce(unit_state.completed_at, excluded.completed_at)
),
emitted as (
  insert into ${schema}.event (name, payload)
  select name, payload::jsonb from unnest((select ${at(4)}::text[]), (select ${at(5)}::text[])) each(name, payload)
),
credits as (
  select ord, program_id, participant_id, event, cause, $1::timestamptz as occurred_at
  from unnest((select ${at(6)}::uuid[]), (select ${at(7)}::uuid[]), (select ${at(8)}::text[]), (select ${at(9)}::text[]))
    with ordinality each(program_id, participant_id, event, cause, ord)
),
points as (${creditedPoints(schema, 'credits', { exact: true })}),
given as (
  insert into ${schema}.ledger_intake (contest_id, participant_id, points, cause, occurred_at)
  select contest_id, participant_id, points, cause, occurred_at from points
  where not exists (select from ${schema}.ledger where contest_id = points.contest_id and cause = points.cause)
  on conflict do nothing
)`;
};

/**
 * The values for `finishRest`: units, events, and what may be worth something in contests.
 * @param more - events beside those of the changes
 */
export function consequences(changes: readonly Change[], more: readonly WrittenEvent[] = []): unknown[] {
  const units = changes.flatMap(({ learner, units: each }) => each.map((unit) => ({ ...unit, id: learner.id })));
  const events = [...more, ...changes.flatMap(eventsOf)];
  const credits = changes.flatMap(creditsOf);
  return [
    arrayText(units.map(({ id }) => id)),
    arrayText(units.map(({ unit }) => unit)),
    arrayText(units.map(({ earned }) => earned)),
    arrayText(units.map(({ done }) => done)),
    arrayText(events.map(([name]) => name)),
    arrayText(events.map(([, payload]) => JSON.stringify(payload))),
    arrayText(credits.map(({ programId }) => programId)),
    arrayText(credits.map(({ participantId }) => participantId)),
    arrayText(credits.map(({ event }) => event)),
    arrayText(credits.map(({ cause }) => cause)),
  ];
}

/**
 * Parameters: `$1` instant, `$2` the notification channel or null, `$3` what is told, `$4…$7` enrolments (id, earned, total,
 * completed), then those of lessons and of the rest.
 */
const statement = (schema: string) => `with
lessons as (${finishLessons(schema, 8)}),
moved as (
  update ${schema}.enrolment set earned = each.earned, total = each.total, updated_at = $1::timestamptz,
    completed_at = coalesce(enrolment.completed_at, case when each.completed then $1::timestamptz end)
  from unnest((select $4::uuid[]), (select $5::bigint[]), (select $6::bigint[]), (select $7::boolean[])) each(id, earned, total, completed)
  where enrolment.id = each.id
),
${finishRest(schema, 10)}
select ${notifyEach('$2', '$3')} as notified`;

/**
 * Writes what is newly done into enrolments whose rows are locked: lessons, units, percentages, events, points for
 * contests (in the ledger's intake: contests are not locked), and tells.
 * @param channel - `null`: the caller tells by another way
 */
export async function finish(
  { query, schema }: Pick<Database, 'query' | 'schema'>,
  changes: readonly Change[],
  { at, channel, message }: { at: Date; channel: string | null; message: BusMessage },
): Promise<void> {
  const lessons = changes.flatMap(({ learner, lessons: each }) => each.map((lesson) => [learner.id, lesson] as const));
  await query(
    statement(schema),
    [
      at,
      channel,
      JSON.stringify(notificationsOf(message)),
      changes.map(({ learner }) => learner.id),
      changes.map(({ earned }) => earned),
      changes.map(({ total }) => total),
      changes.map(({ completed }) => completed),
      ...doneLessons(lessons),
      ...consequences(changes),
    ],
    'laurel_finish',
  );
}

function eventsOf({ learner, lessons, units, completed }: Change): WrittenEvent[] {
  const who = { enrolment: learner.id, course: learner.courseId, participant: learner.participantId };
  return [
    ...lessons.map((lesson): WrittenEvent => ['lesson.completed', { ...who, lesson }]),
    ...units.filter(({ done }) => done).map(({ unit }): WrittenEvent => ['unit.completed', { ...who, unit }]),
    ...(completed ? [['course.completed', who] satisfies WrittenEvent] : []),
  ];
}

/** What a change may be worth in contests. */
function creditsOf({ learner, lessons, units, completed, suspects }: Change): Credit[] {
  const { programId, participantId, courseId, current, pinned } = learner;
  if (programId === null) return [];
  const nodeOf = (id: string) => current.node(id) ?? pinned.map((version) => version.node(id)).find(Boolean);
  const credit = (event: string, node: string, suffix: string): Credit => ({
    programId,
    participantId,
    event,
    cause: `course:${courseId}:${node}:${participantId}${suffix}`,
  });
  const ofNode = (id: string, any: string) => {
    const event = nodeOf(id)?.event;
    return [...(event ? [credit(event, id, '')] : []), credit(any, id, ':any')];
  };
  const isSuspectUnit = (unit: string) =>
    [...suspects].some((lesson) => pinned.some((version) => version.unitsOf(lesson).some(({ id }) => id === unit)));
  return [
    ...lessons.filter((id) => !suspects.has(id)).flatMap((id) => ofNode(id, 'lesson.completed')),
    ...units
      .filter(({ unit, done }) => done && !isSuspectUnit(unit))
      .flatMap(({ unit }) => ofNode(unit, 'unit.completed')),
    ...(completed && suspects.size === 0 ? [credit('course.completed', '', ':any')] : []),
  ];
}
