import { createHash, timingSafeEqual } from 'node:crypto';
import type { Database } from '../db/database.ts';

/** An answer as it is compared: neither case, nor spaces, nor the way its letters are encoded matter (Unicode NFKC). */
export const folded = (answer: string): string =>
  // Upper case first: some letters have one upper case and several lower ones.
  answer.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC').replace(/\s+/gu, ' ').trim();

const digestOf = (answer: string) => createHash('sha256').update(folded(answer)).digest();

/** Whether an answer is one of the right ones. It takes as long whichever it is. */
export function isRight(answer: string, answers: readonly string[]): boolean {
  const given = digestOf(answer);
  return answers.map((each) => timingSafeEqual(digestOf(each), given)).includes(true);
}

/** Seconds to wait after the first, second, … try; the last holds for all that follow. */
export const waits = [0, 0, 30, 120, 600, 3600] as const;

/** Parameters: contest, action, participant, instant or null, waits. No row while it is too early. */
const statement = (schema: string) => `
insert into ${schema}.contest_action_try as known (contest_id, action, participant_id, tries, opened_at, retry_at)
select $1, $2, $3, 1, at, at + make_interval(secs => ($5::integer[])[1])
from (select coalesce($4::timestamptz, now()) as at) moment
on conflict (contest_id, participant_id, action) do update set tries = known.tries + 1,
  retry_at = excluded.opened_at + make_interval(secs => ($5::integer[])[least(known.tries + 1, cardinality($5::integer[]))])
where known.retry_at <= excluded.opened_at
returning retry_at`;

/**
 * Counts a try before it is looked at, so that tries at once are not free.
 * @returns when the next may follow; `null` when this one came too early
 */
export async function takeTry(
  { query, schema }: Database,
  { contestId, action, participantId }: { contestId: string; action: string; participantId: string },
  now: Date | null,
): Promise<Date | null> {
  const parameters = [contestId, action, participantId, now, [...waits]];
  const [row] = await query<{ retry_at: Date }>(statement(schema), parameters);
  return row?.retry_at ?? null;
}
