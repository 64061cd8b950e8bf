import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { createLaurel } from '../src/index.ts';
import { crashHost } from './crash/host.ts';
import { lesson, onSight, unit, video } from './learning.ts';
import { storageName } from './support.ts';

const rounds = 8;
const learners = 8;
const pages = 6;
const turns = new Map<string, number>();
const { start, kill, post, end, options, open, schema } = await crashHost();
afterAll(end);

const nodes = [
  unit('week-1', null, { event: 'week-1' }),
  ...Array.from({ length: pages }, (_, index) => lesson(`page-${index}`, 'week-1', onSight)),
  unit('week-2', null, { opens: { kind: 'completed', node: 'week-1' } }),
  lesson('film', 'week-2', video(600)),
];

/** Tells what a learner does until the server dies; keeps the events that were acknowledged. Some go out again. */
async function learn(
  base: string,
  participant: string,
  sent: Map<string, object>,
  acknowledged: Set<string>,
): Promise<void> {
  for (;;) {
    const n = turns.get(participant) ?? 0;
    turns.set(participant, n + 1);
    const now = Date.now();
    const film = n % 3 === 2;
    const event = {
      ...{
        id: randomUUID(),
        lesson: film ? 'film' : `page-${(n - Math.floor(n / 3)) % pages}`,
        kind: film ? 'watched' : 'viewed',
        timeZone: 'UTC',
      },
      occurredAt: new Date(now).toISOString(),
      ...(film && {
        from: new Date(now - 20_000).toISOString(),
        segments: [[(n * 7_000) % 580_000, ((n * 7_000) % 580_000) + 20_000]],
      }),
    };
    sent.set(event.id, { ...event, participant });
    try {
      const again = [...sent.values()]
        .filter((each) => (each as { participant: string }).participant === participant)
        .at(-3);
      const { participant: _, ...repeated } = (again ?? event) as typeof event & { participant?: string };
      const answer = await post(base, '/api/courses/course/progress', {
        participant,
        events: n % 5 === 0 && again ? [event, repeated] : [event],
      });
      if (answer.status !== 200) throw new Error(`answered ${answer.status}: ${await answer.text()}`);
      await answer.arrayBuffer();
      acknowledged.add(event.id);
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('answered')) throw error;
      return;
    }
  }
}

it(`kill -9 while people learn, ${rounds} times on ${storageName}: nothing acknowledged is lost, every percentage is what its events come to`, async () => {
  const sent = new Map<string, object>();
  const acknowledged = new Set<string>();
  let base = await start();
  await post(base, '/api/programs', { slug: 'friends', name: 'Friends', landingUrl: 'https://shop.example/' });
  await post(base, '/api/contests', {
    ...{ program: 'friends', slug: 'spring', name: 'Spring', scoring: [{ event: 'week-1', points: 100 }] },
    ...{ startsAt: '2020-01-01T00:00:00Z', endsAt: '2120-01-01T00:00:00Z' },
  });
  const names = Array.from({ length: learners }, (_, index) => `learner-${index}`);
  for (const externalId of names) await post(base, '/api/participants', { externalId });
  await kill();
  const { rows, close } = await open();
  await rows(`insert into ${schema}.course (id, slug, name, language, time_zone, drip_zone, sequential, access, waiting_list, listed, state, version, program_id)
    select gen_random_uuid(), 'course', 'Course', 'en', 'UTC', 'course', false, 'open', true, true, 'published', 1, id from ${schema}.program`);
  await rows(`insert into ${schema}.course_version (course_id, version, nodes, sequential, lessons, actor)
    select id, 1, '${JSON.stringify(nodes)}', false, ${pages + 1}, 'test' from ${schema}.course`);
  await rows(`insert into ${schema}.enrolment (id, course_id, participant_id, state, version, versions, time_zone, total, enrolled_at)
    select gen_random_uuid(), course.id, participant.id, 'active', 1, '{1}', 'UTC', ${pages + 1}, now() - interval '30 days' from ${schema}.course, ${schema}.participant`);
  await close();

  for (let round = 0; round < rounds; round++) {
    base = await start();
    const loads = names.map((name) => learn(base, name, sent, acknowledged));
    const before = acknowledged.size;
    while (acknowledged.size === before) await sleep(5);
    await sleep(Math.random() * 400);
    await kill();
    await Promise.all(loads);
  }

  // However slow the machine was, somebody is done with the week.
  base = await start();
  for (let page = 0; page < pages; page++) {
    const event = { id: randomUUID(), lesson: `page-${page}`, kind: 'viewed', timeZone: 'UTC' };
    const events = [{ ...event, occurredAt: new Date().toISOString() }];
    const answer = await post(base, '/api/courses/course/progress', { participant: names[0], events });
    expect(answer.status).toBe(200);
    sent.set(event.id, event);
    acknowledged.add(event.id);
  }
  await kill();

  const laurel = createLaurel(options);
  try {
    expect(await laurel.recount()).toEqual([]);
  } finally {
    await laurel.close();
  }
  const after = await open();
  const kept = new Set((await after.rows(`select id from ${schema}.progress_event`)).map(({ id }) => id));
  const [points] = await after.rows(
    `select count(*)::int as rows, count(distinct participant_id)::int as people from ${schema}.ledger`,
  );
  const [whole] = await after.rows(
    `select count(*)::int as units from ${schema}.unit_state where unit = 'week-1' and completed_at is not null`,
  );
  await after.close();
  console.log(
    `${storageName}: ${acknowledged.size} acknowledged, ${kept.size} kept, ${sent.size} sent, ${rounds} kills`,
  );
  expect(acknowledged.size).toBeGreaterThan(rounds);
  for (const id of acknowledged) expect(kept).toContain(id);
  for (const id of kept) expect(sent.has(id as string)).toBe(true);
  // Week 1 gave its points once to everybody who was done with it.
  expect(whole?.units).toBeGreaterThan(0);
  expect(points).toEqual({ rows: whole?.units, people: whole?.units });
}, 180_000);
