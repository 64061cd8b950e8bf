import { type Database, databaseOn } from '../db/database.ts';
import type { KeeperStep } from '../keeper.ts';
import { closeSessions } from './close-sessions.ts';
import { atDesk, type Desk } from './desk.ts';
import { advanceLine } from './line.ts';
import type { SeatKeeperServices } from './services.ts';
import { cancelAll, type Only } from './transitions.ts';

const batchSize = 200;

/** That a seat was kept for as long as it is. `$3` is the instant or null, as for every change. */
const isOverdue: Only = { sql: 'pay_by <= coalesce($3::timestamptz, now())' };

/** Parameter: instant or null. */
const coursesWithOverdue = (schema: string) => `
select distinct course_id as id from ${schema}.enrolment
where state = 'unpaid' and pay_by <= coalesce($1::timestamptz, now())`;

/** Parameters: course, instant or null. */
const overdueStatement = (schema: string) => `
select id from ${schema}.enrolment
where course_id = $1 and state = 'unpaid' and pay_by <= coalesce($2::timestamptz, now())
order by pay_by limit ${batchSize}`;

/** Courses in which somebody waits although there is a seat for them: more seats were made, or the course takes people again. */
const coursesWithRoom = (schema: string) => `
with waiting as (select distinct course_id, cohort_id from ${schema}.enrolment where state = 'waiting')
select distinct course.id from waiting
join ${schema}.course on course.id = waiting.course_id
left join ${schema}.course_cohort cohort on cohort.id = waiting.cohort_id
where course.state = 'published'
  and (course.seats is null or course.seats > course.seats_taken)
  and (cohort.seats is null or cohort.seats > cohort.seats_taken)`;

/** Takes seats back that were not paid for in time; answers how many. */
async function expire(desk: Desk): Promise<number> {
  const { database, course, now } = desk;
  const overdue = await database.query<{ id: string }>(overdueStatement(database.schema), [course.id, now]);
  const ids = overdue.map(({ id }) => id);
  // Whoever has just gone to pay has got more time.
  await cancelAll(desk, ids, { from: ['unpaid'], reason: 'not paid in time' }, isOverdue);
  return ids.length;
}

/**
 * What the keeper does about seats: those that were not paid for in time go, whoever waits gets what is free, and nobody goes
 * on paying for what is not to be paid. Each course in a transaction of its own, locked, so a seat is given once whichever node
 * does it.
 */
export function enrolmentSteps(services: SeatKeeperServices): KeeperStep[] {
  const { storage, schema: name, clock, onFailure } = services;

  const inEach = async (
    statement: (schema: string) => string,
    values: unknown[],
    work: (desk: Desk) => Promise<number>,
  ) => {
    const { query, schema } = databaseOn(storage, name);
    for (const { id } of await query<{ id: string }>(statement(schema), values)) {
      const visit = { courseId: id, actor: 'system', now: clock() };
      const once = () =>
        storage.transaction((transaction) => {
          const database: Database = databaseOn(transaction, name);
          return atDesk(services, database, visit, async (desk) => {
            const done = await work(desk);
            await advanceLine(desk);
            return done;
          });
        });
      try {
        while ((await once()) === batchSize);
      } catch (error) {
        // Other courses have nothing to do with it.
        onFailure(error);
      }
    }
  };

  return [
    () => inEach(coursesWithOverdue, [clock()], expire),
    () => inEach(coursesWithRoom, [], async () => 0),
    closeSessions(services),
  ];
}
