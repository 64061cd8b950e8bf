import { type BusMessage, notificationsOf } from '../bus.ts';
import { type Change, consequences, doneLessons, finishLessons, finishRest } from '../curriculum/finish.ts';
import { isLearning } from '../curriculum/fold.ts';
import { leastOffset } from '../curriculum/zoned-time.ts';
import { arrayText } from '../db/array-text.ts';
import type { Database } from '../db/database.ts';
import type { WrittenEvent } from '../events.ts';
import { notifyEach } from '../ledger/sequence.ts';
import { type Arrived, isSuspect } from './arrived.ts';
import type { Known } from './known.ts';
import { arrays, eventColumns, iso, keptOf, names, stateColumns } from './state-columns.ts';

const firstEvent = 4;
const firstState = firstEvent + 1 + eventColumns.length;
const firstDay = firstState + 3 + stateColumns.length;
const firstEnrolment = firstDay + 5;
const enrolmentTypes = [
  'uuid',
  'text',
  'text',
  'timestamptz',
  'bigint',
  'bigint',
  'boolean',
  'bigint',
  'bigint',
  'boolean',
];
const firstFollowing = firstEnrolment + enrolmentTypes.length;

/** SQL: a part of a state that only grows, `join` of what is kept and what comes; nulls are nothing. */
const grows = (column: string, join: 'least' | 'greatest') => `${column} = ${join}(kept.${column}, excluded.${column})`;
const positionIsLater = `excluded.position_at is not null
    and (kept.position_at is null or (excluded.position_at, excluded.position_id) > (kept.position_at, kept.position_id))`;
const ofPosition = (column: string) =>
  `${column} = case when ${positionIsLater} then excluded.${column} else kept.${column} end`;

/** SQL: whether what arrives of a learner is later than what is kept; the zone they are in goes with it. */
const isLater = `each.at is not null and (kept.last_active_at is null
      or (each.at, each.lesson collate "C", each.time_zone collate "C") > (kept.last_active_at, kept.last_lesson, kept.time_zone))`;

/** SQL: the columns of states as they merge, of the rows `kept` and `excluded`: joins, so in any order, however often. */
const merges = [
  ...['viewed_at', 'submitted_at', 'checked_at', 'signed_off_at', 'credited_at', 'first_at'].map((column) =>
    grows(column, 'least'),
  ),
  ...['score', 'last_at'].map((column) => grows(column, 'greatest')),
  'spent = kept.spent + excluded.spent',
  'watched = kept.watched + excluded.watched',
  ...['position_ms', 'position_at', 'position_id'].map(ofPosition),
  `happened = case when kept.happened @> excluded.happened then kept.happened
    else array(select distinct unnest(kept.happened || excluded.happened) collate "C" order by 1) end`,
  'suspect = kept.suspect or excluded.suspect',
  'completed_at = coalesce(kept.completed_at, excluded.completed_at)',
].join(',\n    ');

/**
 * Keeps events, merges what they come to, and writes what is newly done by it. The primary key keeps an event from being there twice.
 *
 * Parameters: `$1` the instant, `$2` the notification channel or null, `$3` what is told, then arrays: events, states, learning
 * days, enrolments, lessons that are done by what others were done, and the rest of what follows.
 */
export const keepEvents = (schema: string) => `with
inserted as (
  insert into ${schema}.progress_event (enrolment_id, received_at, ${names(eventColumns)})
  select enrolment_id, $1::timestamptz, ${keptOf(eventColumns)}
  from unnest(${arrays(['uuid', ...eventColumns.map(([, type]) => type)], firstEvent)}) each(enrolment_id, ${names(eventColumns)})
),
merged as (
  insert into ${schema}.lesson_state as kept (enrolment_id, lesson, completed_at, ${names(stateColumns)})
  select enrolment_id, lesson, case when done then $1::timestamptz end,
    ${keptOf(stateColumns)}
  from unnest(${arrays(['uuid', 'text', 'boolean', ...stateColumns.map(([, type]) => type)], firstState)})
    each(enrolment_id, lesson, done, ${names(stateColumns)})
  on conflict (enrolment_id, lesson) do update set
    ${merges}
),
learnt as (
  insert into ${schema}.learning_day as kept (participant_id, day, first_at, last_at, least_offset)
  select participant_id, day, first_at, last_at, least_offset
  from unnest(${arrays(['uuid', 'date', 'timestamptz', 'timestamptz', 'smallint'], firstDay)}) each(participant_id, day, first_at, last_at, least_offset)
  on conflict (participant_id, day) do update set first_at = least(kept.first_at, excluded.first_at),
    last_at = greatest(kept.last_at, excluded.last_at),
    least_offset = least(kept.least_offset, excluded.least_offset)
    where excluded.first_at < kept.first_at or excluded.last_at > kept.last_at
      or excluded.least_offset < coalesce(kept.least_offset, 32767)
),
touched as (
  update ${schema}.enrolment kept set seq = kept.seq + 1, media_ms = kept.media_ms + each.media_ms, spent_ms = kept.spent_ms + each.spent_ms,
    suspect = kept.suspect or each.suspect,
    last_lesson = case when ${isLater} then each.lesson else kept.last_lesson end,
    time_zone = case when ${isLater} then each.time_zone else kept.time_zone end,
    last_active_at = greatest(kept.last_active_at, each.at),
    earned = coalesce(each.earned, kept.earned), total = coalesce(each.total, kept.total),
    completed_at = coalesce(kept.completed_at, case when each.completed then $1::timestamptz end),
    updated_at = case when each.earned is null then kept.updated_at else $1::timestamptz end
  from unnest(${arrays(enrolmentTypes, firstEnrolment)}) each(id, lesson, time_zone, at, media_ms, spent_ms, suspect, earned, total, completed)
  where kept.id = each.id
),
following as (${finishLessons(schema, firstFollowing)}),
${finishRest(schema, firstFollowing + 2)}
select ${notifyEach('$2', '$3')} as notified`;

/** What is written. */
export interface Writing {
  arrived: readonly Arrived[];
  known: Known;
  changes: readonly Change[];
  at: Date;
  /** `null`: the caller tells by another way. */
  channel: string | null;
  message: BusMessage;
}

/** Writes what arrived in enrolments whose rows are locked, with all that is newly done by it. */
export async function store(
  { query, schema }: Pick<Database, 'query' | 'schema'>,
  { arrived, known, changes, at, channel, message }: Writing,
): Promise<void> {
  const changeOf = new Map(changes.map((change) => [change.learner.id, change]));
  const events = arrived.flatMap((each) => each.events.map((event) => [each.learner.id, event] as const));
  const states = arrived.flatMap(({ learner, folded }) => {
    const done = new Set(changeOf.get(learner.id)?.lessons);
    return [...folded].map(([lesson, state]) => ({ id: learner.id, lesson, state, done: done.has(lesson) }));
  });
  const days = daysOf(arrived);
  const ofEnrolments = arrived.map((each) => ({ ...each, change: changeOf.get(each.learner.id) }));
  await query(
    keepEvents(schema),
    [
      at,
      channel,
      JSON.stringify(notificationsOf(message)),
      arrayText(events.map(([id]) => id)),
      ...eventColumns.map(([, , of]) => arrayText(events.map(([, event]) => of(event)))),
      arrayText(states.map(({ id }) => id)),
      arrayText(states.map(({ lesson }) => lesson)),
      arrayText(states.map(({ done }) => done)),
      ...stateColumns.map(([, , of]) => arrayText(states.map(({ state }) => of(state)))),
      arrayText(days.map(({ participantId }) => participantId)),
      arrayText(days.map(({ day }) => day)),
      arrayText(days.map(({ first }) => iso(first))),
      arrayText(days.map(({ last }) => iso(last))),
      arrayText(days.map(({ offset }) => offset)),
      arrayText(arrived.map(({ learner }) => learner.id)),
      arrayText(arrived.map(({ last }) => last?.lesson ?? null)),
      arrayText(arrived.map(({ last }) => last?.timeZone ?? null)),
      arrayText(arrived.map(({ last }) => iso(last?.at ?? null))),
      arrayText(arrived.map(({ claimed }) => claimed.media)),
      arrayText(arrived.map(({ claimed }) => claimed.spent)),
      arrayText(arrived.map(isSuspect)),
      arrayText(ofEnrolments.map(({ change }) => change?.earned ?? null)),
      arrayText(ofEnrolments.map(({ change }) => change?.total ?? null)),
      arrayText(ofEnrolments.map(({ change }) => change?.completed ?? null)),
      ...doneLessons(following(arrived, changeOf)),
      ...consequences(
        changes,
        arrived.flatMap((each) => suspicions(each, known)),
      ),
    ],
    'laurel_progress',
  );
}

/** Lessons that are newly done though nothing arrived of them: what they waited for is done. */
const following = (arrived: readonly Arrived[], changeOf: ReadonlyMap<string, Change>) =>
  arrived.flatMap(({ learner, folded }) =>
    (changeOf.get(learner.id)?.lessons ?? [])
      .filter((lesson) => !folded.has(lesson))
      .map((lesson) => [learner.id, lesson] as const),
  );

/** Tells of each lesson that becomes suspect. */
const suspicions = ({ learner, folded }: Arrived, known: Known): WrittenEvent[] =>
  [...folded]
    .filter(([lesson, { suspect }]) => suspect && known.lesson(learner.id, lesson)?.suspect !== true)
    .map(([lesson]) => [
      'progress.suspected',
      { enrolment: learner.id, course: learner.courseId, participant: learner.participantId, lesson },
    ]);

/** The days on which these learners learnt, each once, in one order for all writers. What is suspect makes none. */
function daysOf(arrived: readonly Arrived[]) {
  const days = new Map<string, { participantId: string; day: string; first: number; last: number; offset: number }>();
  for (const { learner, events } of arrived) {
    const { participantId } = learner;
    for (const { kind, day, occurredAt, timeZone, suspect } of events) {
      if (suspect || !isLearning(kind)) continue;
      const offset = leastOffset(occurredAt, timeZone);
      const key = `${participantId} ${day}`;
      const known = days.get(key);
      if (known) {
        known.first = Math.min(known.first, occurredAt);
        known.last = Math.max(known.last, occurredAt);
        known.offset = Math.min(known.offset, offset);
      } else days.set(key, { participantId, day, first: occurredAt, last: occurredAt, offset });
    }
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, day]) => day);
}
