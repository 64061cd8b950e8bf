import type { Desk } from './desk.ts';
import { type Room, readRoom } from './room.ts';
import { activate, offer } from './transitions.ts';

const batchSize = 200;

/** SQL: the first of those who wait for one cohort, or for none. */
const firstOf = (schema: string, cohort: string) => `
select id, cohort_id, price_minor, waiting_since from ${schema}.enrolment
where course_id = $1 and state = 'waiting' and cohort_id ${cohort} order by waiting_since limit $3`;

/** Parameters: course, cohorts that are full, how many. Who waits for a cohort that is full is not even looked at. */
const firstInLine = (schema: string) => `
select id, cohort_id, coalesce(price_minor, 0) > 0 as priced from (
  (${firstOf(schema, 'is null')})
  union all
  select first.* from ${schema}.course_cohort cohort cross join lateral (${firstOf(schema, '= cohort.id')}) first
  where cohort.course_id = $1 and cohort.id <> all($2::uuid[])
) first
order by waiting_since limit $3`;

interface Waiting {
  id: string;
  cohort_id: string | null;
  priced: boolean;
}

/**
 * Gives the seats that are free to those who wait, in the order of the line; who waits for a cohort that is full holds nobody
 * else up. A seat that costs something is kept for them until they pay. Answers what is left then: nobody who waits could
 * take it.
 */
export async function advanceLine(desk: Desk): Promise<Room> {
  const { database, course } = desk;
  const room = await readRoom(desk);
  while (course.state === 'published' && room.left > 0) {
    const most = Math.min(room.left, batchSize);
    const waiting = await database.query<Waiting>(firstInLine(database.schema), [course.id, room.full(), most]);
    const seated = waiting.filter(({ cohort_id }) => room.take(cohort_id));
    if (seated.length === 0) break;
    const idsOf = (priced: boolean) => seated.filter((each) => each.priced === priced).map(({ id }) => id);
    await activate(desk, idsOf(false), { from: ['waiting'], reason: 'a seat is free' });
    await offer(desk, idsOf(true));
  }
  return room;
}
