import type { ProgressEvent } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import { readMultirange } from '../curriculum/multirange.ts';
import type { Database } from '../db/database.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { LaurelProblem } from '../problem.ts';

type Answer = z.output<typeof ProgressEvent>;

interface EventRow {
  id: string;
  lesson: string;
  kind: Answer['kind'];
  occurred_at: Date;
  received_at: Date;
  time_zone: string;
  day: string;
  device: string | null;
  watched: string | null;
  position_ms: number | null;
  score: number | null;
  name: string | null;
  suspect: boolean;
}

/** Parameters: enrolment, lesson or null, instant and id to go on after or null, how many. */
const statement = (schema: string) => `
select id, lesson, kind, occurred_at, received_at, time_zone, day::text as day, device, watched::text as watched, position_ms,
  score, name, suspect
from ${schema}.progress_event
where enrolment_id = $1 and ($2::text is null or lesson = $2) and kind <> 'credited'
  and ($3::timestamptz is null or (received_at, id) < ($3::timestamptz, $4::uuid))
order by received_at desc, id desc
limit $5`;

/** The beginning of the year 10000: no clock of ours says that. */
const lastInstant = 253_402_300_800_000;

/**
 * The events of an enrolment, those that arrived last first.
 * @throws LaurelProblem enrolment_not_found, invalid_cursor
 */
export async function listEvents(
  { query, schema, kysely }: Database,
  enrolmentId: string,
  { lesson, limit, cursor }: { lesson: string | undefined; limit: number; cursor: string | undefined },
) {
  const after = cursor === undefined ? null : readCursor(cursor, ['integer', 'id']);
  const found = await kysely.selectFrom('enrolment').select('id').where('id', '=', enrolmentId).executeTakeFirst();
  if (!found) throw new LaurelProblem('enrolment_not_found', 'There is no such enrolment.');
  const since = after && new Date(after[0]);
  if (since && !(since.getTime() >= 0 && since.getTime() < lastInstant)) {
    throw new LaurelProblem('invalid_cursor', 'Use the nextCursor of the page before, unchanged, or leave it out.');
  }
  const rows = await query<EventRow>(statement(schema), [
    enrolmentId,
    lesson ?? null,
    since,
    after?.[1] ?? null,
    limit + 1,
  ]);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map((row) => answerOf(row, enrolmentId)),
    nextCursor: last ? writeCursor([last.received_at.getTime(), last.id]) : null,
  };
}

const answerOf = (row: EventRow, enrolment: string): Answer => ({
  id: row.id,
  enrolment,
  lesson: row.lesson,
  kind: row.kind,
  occurredAt: row.occurred_at.toISOString(),
  receivedAt: row.received_at.toISOString(),
  timeZone: row.time_zone,
  day: row.day,
  device: row.device,
  segments: row.watched === null ? [] : readMultirange(row.watched).map(([from, to]) => [from, to]),
  positionMs: row.position_ms,
  score: row.score,
  name: row.name,
  suspect: row.suspect,
});
