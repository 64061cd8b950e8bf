import type { Database } from '../db/database.ts';
import type { LessonState } from './lesson-state.ts';
import { readMultirange } from './multirange.ts';

/** What is kept of a learner in one lesson. */
export interface KeptState extends LessonState {
  completedAt: Date | null;
  /** Where the video was left, on whatever device. */
  positionMs: number | null;
}

interface StateRow {
  lesson: string;
  viewed: boolean;
  spent_ms: number;
  watched: string;
  score: number | null;
  submitted: boolean;
  checked: boolean;
  signed_off: boolean;
  credited: boolean;
  happened: string[];
  completed_at: Date | null;
  position_ms: number | null;
}

const states = (schema: string) => `
select lesson, viewed_at is not null as viewed, watched::text as watched, score, submitted_at is not null as submitted,
  checked_at is not null as checked, signed_off_at is not null as signed_off, credited_at is not null as credited,
  happened, completed_at, position_ms,
  (select coalesce(sum(extract(epoch from upper(each) - lower(each))), 0) * 1000 from unnest(spent) each)::float8 as spent_ms
from ${schema}.lesson_state where enrolment_id = $1`;

/** All that is known of a learner in the lessons of a course, by lesson; lessons nothing was told of are left out. */
export async function readStates({ query, schema }: Database, enrolmentId: string): Promise<Map<string, KeptState>> {
  const rows = await query<StateRow>(states(schema), [enrolmentId]);
  return new Map(
    rows.map((row) => [
      row.lesson,
      {
        viewed: row.viewed,
        spentMs: Math.round(row.spent_ms),
        watched: readMultirange(row.watched),
        score: row.score,
        submitted: row.submitted,
        checked: row.checked,
        signedOff: row.signed_off,
        credited: row.credited,
        happened: row.happened,
        completedAt: row.completed_at,
        positionMs: row.position_ms,
      },
    ]),
  );
}
