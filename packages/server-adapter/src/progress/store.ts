import type { FoldedLesson, KeptEvent } from '../curriculum/fold.ts';
import { isLearning } from '../curriculum/fold.ts';
import type { LessonState } from '../curriculum/lesson-state.ts';
import { type StateObject, stateFrom, stateObject } from '../curriculum/read-standings.ts';
import type { Database } from '../db/database.ts';
import { notify } from '../ledger/sequence.ts';
import { arrays, eventColumns, iso, names, stateColumns } from './state-columns.ts';

/** Events of one learner that are to be kept, and what they come to. */
export interface Arrived {
  enrolmentId: string;
  participantId: string;
  events: readonly KeptEvent[];
  folded: ReadonlyMap<string, FoldedLesson>;
  last: { lesson: string; at: number } | null;
  claimedMs: number;
}

/** What was kept: all of it, with the states of lessons that are not done yet (but for the time spent), or, where some was there before, what is new. */
export type Stored =
  | { fresh: null; states: { enrolmentId: string; suspect: boolean; lesson: string; state: LessonState }[] }
  | { fresh: { enrolmentId: string; id: string }[]; states: null };

const firstEvent = 5;
const firstState = firstEvent + 1 + eventColumns.length;
const firstDay = firstState + 2 + stateColumns.length;
const firstEnrolment = firstDay + 4;
const enrolmentTypes = ['uuid', 'text', 'timestamptz', 'bigint', 'boolean'];

/** SQL: a part of a state that only grows, `join` of what is kept and what comes; nulls are nothing. */
const grows = (column: string, join: 'least' | 'greatest') => `${column} = ${join}(kept.${column}, excluded.${column})`;
const positionIsLater = `excluded.position_at is not null
    and (kept.position_at is null or (excluded.position_at, excluded.position_id) > (kept.position_at, kept.position_id))`;
const ofPosition = (column: string) =>
  `${column} = case when ${positionIsLater} then excluded.${column} else kept.${column} end`;

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
].join(',\n    ');

/**
 * Keeps events, each once by its id, and merges what they come to.
 *
 * Parameters: `$1` the instant, `$2` how many events there are, `$3` the notification channel or null, `$4` what is told, then
 * arrays: events, states, learning days, enrolments. Where an event was there before, events are kept and nothing else: what
 * they come to was worked out with it.
 */
export const keepEvents = (schema: string) => `with
inserted as (
  insert into ${schema}.progress_event (enrolment_id, received_at, ${names(eventColumns)})
  select enrolment_id, $1::timestamptz, ${names(eventColumns)}
  from unnest(${arrays(['uuid', ...eventColumns.map(([, type]) => type)], firstEvent)}) each(enrolment_id, ${names(eventColumns)})
  on conflict (enrolment_id, id) do nothing
  returning enrolment_id, id
),
arrived as (select count(*) = $2::bigint as whole from inserted),
arriving as (
  select enrolment_id, lesson, ${names(stateColumns).replace('happened', "coalesce(string_to_array(happened, ' '), '{}') as happened")}
  from unnest(${arrays(['uuid', 'text', ...stateColumns.map(([, type]) => type)], firstState)})
    each(enrolment_id, lesson, ${names(stateColumns)})
  where (select whole from arrived)
),
newly_suspect as (
  select enrolment_id, lesson from arriving
  where suspect and not exists (
    select from ${schema}.lesson_state
    where enrolment_id = arriving.enrolment_id and lesson = arriving.lesson and lesson_state.suspect
  )
),
merged as (
  insert into ${schema}.lesson_state as kept (enrolment_id, lesson, ${names(stateColumns)})
  select enrolment_id, lesson, ${names(stateColumns)} from arriving
  on conflict (enrolment_id, lesson) do update set
    ${merges}
  returning *
),
learnt as (
  insert into ${schema}.learning_day as kept (participant_id, day, first_at, last_at)
  select participant_id, day, first_at, last_at
  from unnest(${arrays(['uuid', 'date', 'timestamptz', 'timestamptz'], firstDay)}) each(participant_id, day, first_at, last_at)
  where (select whole from arrived)
  order by participant_id, day
  on conflict (participant_id, day) do update set first_at = least(kept.first_at, excluded.first_at),
    last_at = greatest(kept.last_at, excluded.last_at)
    where excluded.first_at < kept.first_at or excluded.last_at > kept.last_at
),
touched as (
  update ${schema}.enrolment kept set seq = kept.seq + 1, media_ms = kept.media_ms + each.media_ms, suspect = kept.suspect or each.suspect,
    last_lesson = case when each.at is not null and (kept.last_active_at is null or (each.at, each.lesson collate "C") > (kept.last_active_at, kept.last_lesson))
      then each.lesson else kept.last_lesson end,
    last_active_at = greatest(kept.last_active_at, each.at)
  from unnest(${arrays(enrolmentTypes, firstEnrolment)}) each(id, lesson, at, media_ms, suspect)
  where kept.id = each.id and (select whole from arrived)
),
emitted as (
  insert into ${schema}.event (name, payload)
  select 'progress.suspected', jsonb_build_object('enrolment', enrolment.id, 'course', enrolment.course_id,
    'participant', enrolment.participant_id, 'lesson', newly_suspect.lesson)
  from newly_suspect join ${schema}.enrolment on enrolment.id = newly_suspect.enrolment_id
)
select case when not whole then (select coalesce(jsonb_agg(jsonb_build_array(enrolment_id, id)), '[]') from inserted) end as fresh,
  (select json_agg(${stateObject('merged', `'enrolment', enrolment_id, 'suspect', suspect`, '0')})
    from merged where completed_at is null) as states,
  ${notify('$3', '$4::text')} as notified
from arrived`;

interface StoredRow {
  fresh: [string, string][] | null;
  states: (StateObject & { enrolment: string; suspect: boolean })[] | null;
}

/** What is done beside keeping. */
export interface Keeping {
  at: Date;
  channel: string | null;
  /** What is told, as JSON. */
  message: string;
  /** Whether the events are there already: only what they come to is merged. */
  kept: boolean;
}

/** Keeps what arrived in enrolments whose rows are locked. */
export async function store(
  { query, schema }: Pick<Database, 'query' | 'schema'>,
  all: readonly Arrived[],
  { at, channel, message, kept }: Keeping,
): Promise<Stored> {
  const events = kept ? [] : all.flatMap((each) => each.events.map((event) => [each.enrolmentId, event] as const));
  const states = all.flatMap((each) =>
    [...each.folded].map(([lesson, state]) => [each.enrolmentId, lesson, state] as const),
  );
  const days = daysOf(all);
  const [row] = await query<StoredRow>(
    keepEvents(schema),
    [
      at,
      events.length,
      channel,
      message,
      events.map(([id]) => id),
      ...eventColumns.map(([, , of]) => events.map(([, event]) => of(event))),
      states.map(([id]) => id),
      states.map(([, lesson]) => lesson),
      ...stateColumns.map(([, , of]) => states.map(([, , state]) => of(state))),
      days.map(({ participantId }) => participantId),
      days.map(({ day }) => day),
      days.map(({ first }) => iso(first)),
      days.map(({ last }) => iso(last)),
      all.map(({ enrolmentId }) => enrolmentId),
      all.map(({ last }) => last?.lesson ?? null),
      all.map(({ last }) => iso(last?.at ?? null)),
      all.map(({ claimedMs }) => claimedMs),
      all.map(({ folded }) => [...folded.values()].some(({ suspect }) => suspect)),
    ],
    'laurel_progress',
  );
  if (row?.fresh) return { fresh: row.fresh.map(([enrolmentId, id]) => ({ enrolmentId, id })), states: null };
  return {
    fresh: null,
    states: (row?.states ?? []).map((object) => ({
      enrolmentId: object.enrolment,
      lesson: object.lesson,
      suspect: object.suspect,
      state: stateFrom(object),
    })),
  };
}

/** The days on which these learners learnt, each once. */
function daysOf(all: readonly Arrived[]) {
  const days = new Map<string, { participantId: string; day: string; first: number; last: number }>();
  for (const { participantId, events } of all) {
    for (const { kind, day, occurredAt } of events) {
      if (!isLearning(kind)) continue;
      const key = `${participantId} ${day}`;
      const known = days.get(key);
      if (known) {
        known.first = Math.min(known.first, occurredAt);
        known.last = Math.max(known.last, occurredAt);
      } else days.set(key, { participantId, day, first: occurredAt, last: occurredAt });
    }
  }
  return [...days.values()];
}
