import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { createLaurel } from '../src/index.ts';
import { crashHost } from './crash/host.ts';
import { storageName } from './support.ts';

const rounds = 6;
const courses = 6;
const seats = 10;
const people = 30;
const host = await crashHost();
afterAll(host.end);

const slugs = Array.from({ length: courses }, (_, n) => `course-${n}`);
const names = Array.from({ length: people }, (_, n) => `person-${n}`);
const { schema } = host;

/** Courses with seats to pay for, ten people on them, and twenty in the line of each. */
async function prepare(): Promise<void> {
  let base = await host.start();
  for (const externalId of names) await host.post(base, '/api/participants', { externalId });
  await host.kill();
  const { rows, close } = await host.open();
  for (const slug of slugs) {
    await rows(`with made as (
        insert into ${schema}.course (id, slug, name, language, time_zone, drip_zone, sequential, access, price_minor,
          currency, seats, waiting_list, listed, state, version)
        values (gen_random_uuid(), '${slug}', '${slug}', 'en', 'UTC', 'course', false, 'open', 100, 'EUR', ${seats}, true,
          true, 'published', 1)
        returning id
      ) insert into ${schema}.course_version (course_id, version, nodes, sequential, lessons, actor)
      select id, 1, '[]', false, 0, 'test' from made`);
  }
  await close();
  base = await host.start();
  for (const slug of slugs) {
    const enrol = (participant: string) => host.post(base, `/api/courses/${slug}/enroll`, { participant });
    const answers = await Promise.all(names.map(enrol));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  }
  await host.kill();
}

it(`kill -9 while seats go from hand to hand, ${rounds} times on ${storageName}: each is given once, none is lost`, async () => {
  await prepare();
  for (let round = 0; round < rounds; round++) {
    const { rows, close } = await host.open();
    await rows(`update ${schema}.enrolment set pay_by = now() where state = 'unpaid' and random() < 0.25`);
    await close();
    await host.start();
    await sleep(Math.random() * 200);
    await host.kill();
  }

  const { database, rows, close } = await host.open();
  const laurel = createLaurel({ ...host.options, database });
  const count = async () => {
    const [row] = await rows(`select
      (select count(*) from ${schema}.enrolment where state = 'unpaid' and pay_by <= now())::int as overdue,
      (select count(*) from (select course_id from ${schema}.enrolment where state = 'unpaid' group by 1
        having count(*) > ${seats}) over_sold)::int as oversold,
      (select count(*) from (select course_id from ${schema}.enrolment group by 1
        having count(*) filter (where state = 'unpaid') < least(${seats}, count(*) filter (where state <> 'cancelled'))) less)::int as empty,
      (select count(*) from ${schema}.enrolment where state = 'cancelled')::int as cancelled,
      (select count(*) from ${schema}.enrolment_step where to_state = 'cancelled')::int as "stepsOut",
      (select count(*) from ${schema}.event where name = 'enrolment.cancelled')::int as "toldOut",
      (select count(*) from ${schema}.enrolment_step where from_state = 'waiting' and to_state = 'unpaid')::int as "stepsIn",
      (select count(*) from ${schema}.event where name = 'enrolment.offered')::int as "toldIn"`);
    return row as Record<string, number>;
  };
  try {
    await laurel.start();
    await expect.poll(count, { timeout: 30_000 }).toMatchObject({ overdue: 0, empty: 0 });
    const found = await count();
    console.log(`${storageName}: ${JSON.stringify(found)}, ${rounds} kills`);
    const { cancelled = 0, stepsIn = 0 } = found;
    expect(cancelled).toBeGreaterThan(0);
    expect(found).toMatchObject({ oversold: 0, stepsOut: cancelled, toldOut: cancelled, toldIn: stepsIn });
    // Whoever waited longest is in first.
    const [jumped] = await rows(`select count(*)::int as count from ${schema}.enrolment waiting
      join ${schema}.enrolment seated on seated.course_id = waiting.course_id and seated.waiting_since > waiting.waiting_since
      where waiting.state = 'waiting' and seated.state <> 'waiting'`);
    expect((jumped as { count: number }).count).toBe(0);
  } finally {
    await laurel.close();
    await close();
  }
}, 180_000);
