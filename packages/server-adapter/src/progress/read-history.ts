import type { Interval } from '@laurelkit/sdk/progress';
import type { FoldedLesson, KeptEvent } from '../curriculum/fold.ts';
import { readMultirange } from '../curriculum/multirange.ts';
import type { Database } from '../db/database.ts';

type Reading = Pick<Database, 'query' | 'schema'>;

const milliseconds = (instant: string) => `floor(extract(epoch from ${instant}) * 1000)::float8`;

const eventsStatement = (schema: string) => `
select enrolment_id, id, lesson, kind, ${milliseconds('occurred_at')} as occurred, ${milliseconds('received_at')} as received,
  time_zone, day::text as day, device, ${milliseconds('lower(spent)')} as spent_from, ${milliseconds('upper(spent)')} as spent_to,
  watched::text as watched, rate, position_ms, score, name, suspect, actor
from ${schema}.progress_event where enrolment_id = any ((select $1::uuid[])::uuid[])`;

interface EventRow {
  enrolment_id: string;
  id: string;
  lesson: string;
  kind: string;
  occurred: number;
  received: number;
  time_zone: string;
  day: string;
  device: string | null;
  spent_from: number | null;
  spent_to: number | null;
  watched: string | null;
  rate: number | null;
  position_ms: number | null;
  score: number | null;
  name: string | null;
  suspect: boolean;
  actor: string;
}

/** Reads the events of enrolments, by enrolment, in no order. */
export async function readHistory(
  { query, schema }: Reading,
  ids: readonly string[],
): Promise<Map<string, KeptEvent[]>> {
  const found = new Map<string, KeptEvent[]>(ids.map((id) => [id, []]));
  for (const row of await query<EventRow>(eventsStatement(schema), [ids])) {
    found.get(row.enrolment_id)?.push({
      id: row.id,
      lesson: row.lesson,
      kind: row.kind,
      occurredAt: row.occurred,
      receivedAt: row.received,
      timeZone: row.time_zone,
      day: row.day,
      device: row.device,
      spent: row.spent_from === null || row.spent_to === null ? null : [row.spent_from, row.spent_to],
      watched: row.watched === null ? [] : readMultirange(row.watched),
      rate: row.rate,
      positionMs: row.position_ms,
      score: row.score,
      name: row.name,
      suspect: row.suspect,
      actor: row.actor,
    });
  }
  return found;
}

const statesStatement = (schema: string) => `
select enrolment_id, lesson, ${milliseconds('viewed_at')} as viewed, watched::text as watched, position_ms,
  (select jsonb_agg(jsonb_build_array(${milliseconds('lower(each)')}, ${milliseconds('upper(each)')})) from unnest(spent) each) as spent,
  ${milliseconds('position_at')} as position_at, position_id, score, ${milliseconds('submitted_at')} as submitted,
  ${milliseconds('checked_at')} as checked, ${milliseconds('signed_off_at')} as signed_off,
  ${milliseconds('credited_at')} as credited, happened, ${milliseconds('first_at')} as first, ${milliseconds('last_at')} as last,
  suspect, ${milliseconds('completed_at')} as completed
from ${schema}.lesson_state where enrolment_id = any ((select $1::uuid[])::uuid[])`;

interface StateRow {
  enrolment_id: string;
  lesson: string;
  viewed: number | null;
  watched: string;
  spent: Interval[] | null;
  position_ms: number | null;
  position_at: number | null;
  position_id: string | null;
  score: number | null;
  submitted: number | null;
  checked: number | null;
  signed_off: number | null;
  credited: number | null;
  happened: string[];
  first: number;
  last: number;
  suspect: boolean;
  completed: number | null;
}

/** The state of a lesson as it is kept. */
export interface KeptFold extends FoldedLesson {
  completedAt: number | null;
}

/** Reads the states of lessons as they are kept, by enrolment and lesson. */
export async function readFolds(
  { query, schema }: Reading,
  ids: readonly string[],
): Promise<Map<string, Map<string, KeptFold>>> {
  const found = new Map<string, Map<string, KeptFold>>(ids.map((id) => [id, new Map()]));
  for (const row of await query<StateRow>(statesStatement(schema), [ids])) {
    const { position_ms: ms, position_at: at, position_id: id } = row;
    found.get(row.enrolment_id)?.set(row.lesson, {
      viewedAt: row.viewed,
      spent: row.spent ?? [],
      watched: readMultirange(row.watched),
      position: ms === null || at === null || id === null ? null : { ms, at, id },
      score: row.score,
      submittedAt: row.submitted,
      checkedAt: row.checked,
      signedOffAt: row.signed_off,
      creditedAt: row.credited,
      happened: row.happened,
      firstAt: row.first,
      lastAt: row.last,
      suspect: row.suspect,
      completedAt: row.completed,
    });
  }
  return found;
}
