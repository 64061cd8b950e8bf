import type { Storage } from '../db/storage.ts';

/** The days that the events come to: those of the learner's own, but for what is suspect. */
const countedDays = (schema: string, whose = 'true') => `counted as (
  select enrolment.participant_id, event.day, min(event.occurred_at) as first_at, max(event.occurred_at) as last_at
  from ${schema}.progress_event event join ${schema}.enrolment on enrolment.id = event.enrolment_id
  where event.kind not in ('signed_off', 'credited') and not event.suspect and ${whose} group by 1, 2
)`;

/** The days as the events have them, beside those that are kept. */
const daysStatement = (schema: string) => `
with ${countedDays(schema)}
select participant_id as participant, day::text as day, kept.first_at || '/' || kept.last_at as kept,
  counted.first_at || '/' || counted.last_at as counted
from counted full join ${schema}.learning_day kept using (participant_id, day)
where (counted.first_at, counted.last_at) is distinct from (kept.first_at, kept.last_at)`;

const rebuildDays = (schema: string) => `
with ${countedDays(schema, 'enrolment.participant_id = any ($1::uuid[])')},
gone as (
  delete from ${schema}.learning_day kept where participant_id = any ($1::uuid[])
    and not exists (select from counted where counted.participant_id = kept.participant_id and counted.day = kept.day)
)
insert into ${schema}.learning_day (participant_id, day, first_at, last_at) select * from counted
on conflict (participant_id, day) do update set first_at = excluded.first_at, last_at = excluded.last_at`;

/** Who records progress holds the enrolment until the commit: whoever holds all of somebody's sees all of their events. */
const holdStatement = (schema: string) => `
select from ${schema}.enrolment where participant_id = any ($1::uuid[]) order by id for no key update`;

const sliceSize = 200;

/** A day on which somebody learnt, as it is kept and as the events have it: first and last instant, `null` for no such day. */
export interface DayDifference {
  participant: string;
  day: string;
  kept: string | null;
  counted: string | null;
}

/**
 * Compares the learning days with those that the progress events come to.
 * @param mend - what differs is made anew; learners are held by the few meanwhile
 */
export async function recountDays(
  storage: Pick<Storage, 'transaction'>,
  schema: string,
  mend: boolean,
): Promise<DayDifference[]> {
  const patiently = <Result>(work: Parameters<typeof storage.transaction<Result>>[0]) =>
    storage.transaction(async (transaction) => {
      await transaction.script('set local statement_timeout = 0');
      return work(transaction);
    });
  const found = await patiently(({ query }) => query<DayDifference>(daysStatement(schema)));
  const participants = mend ? [...new Set(found.map(({ participant }) => participant))] : [];
  for (let at = 0; at < participants.length; at += sliceSize) {
    const slice = participants.slice(at, at + sliceSize);
    await patiently(async ({ query }) => {
      await query(holdStatement(schema), [slice]);
      await query(rebuildDays(schema), [slice]);
    });
  }
  return found;
}
