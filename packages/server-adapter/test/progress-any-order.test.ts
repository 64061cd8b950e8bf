import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { seedCohort, seedCourse, seedEnrolments } from './learning.ts';
import { aTree } from './random-course.ts';
import { inHostTransaction, sql, storageName, testLaurel } from './support.ts';

let laurel: TestLaurel;
beforeAll(async () => {
  laurel = await testLaurel();
});

const rounds = 60;
/** Learners of one history: each sees it in another order, split and repeated in another way. */
const twins = 4;
const start = Date.now() - 86_400_000;
const seed = Number(process.env.PROGRESS_SEED ?? Math.floor(Math.random() * 2 ** 31));

const anEvent = (lessons: readonly string[]) =>
  fc
    .record({
      lesson: fc.constantFrom(...lessons),
      kind: fc.constantFrom(
        'viewed',
        'spent',
        'watched',
        'position',
        'checked',
        'scored',
        'submitted',
        'signed_off',
        'happened',
      ),
      at: fc.nat(3_600_000),
      // A device whose clock is minutes off.
      skew: fc.constantFrom(0, 0, -120_000, 240_000),
      long: fc.integer({ min: 1, max: 60_000 }),
      from: fc.nat(50_000),
      score: fc.nat(100),
      device: fc.constantFrom('phone', 'desk'),
      timeZone: fc.constantFrom('UTC', 'Asia/Tokyo', 'America/New_York'),
    })
    .map(({ lesson, kind, at, skew, long, from, score, device, timeZone }) => {
      const occurredAt = start + at + skew;
      const timed = kind === 'spent' || kind === 'watched';
      return {
        ...{ id: randomUUID(), lesson, kind, device, timeZone, occurredAt: new Date(occurredAt).toISOString() },
        ...(timed && { from: new Date(occurredAt - long).toISOString() }),
        ...(kind === 'watched' && { segments: [[from, from + long]], positionMs: from + long }),
        ...(kind === 'position' && { positionMs: from }),
        ...(kind === 'scored' && { score }),
        ...(kind === 'happened' && { name: score > 30 ? 'seen' : 'met' }),
      } as never;
    });

/** Cuts a history into calls; some events go out again with a later one. */
const calls = (events: readonly never[]) =>
  fc
    .tuple(
      fc.shuffledSubarray([...events], { minLength: events.length }),
      fc.shuffledSubarray([...events]),
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: events.length + 1, maxLength: events.length + 1 }),
    )
    .map(([order, again, sizes]) => {
      const all = [...order, ...again];
      const cut: never[][] = [];
      for (let at = 0, turn = 0; at < all.length; turn++) {
        const size = sizes[turn] ?? 5;
        cut.push(all.slice(at, at + size));
        at += size;
      }
      return cut;
    });

const aCase = fc
  .record({ nodes: aTree(10), sequential: fc.boolean(), cohort: fc.constantFrom('spring', null) })
  .filter(({ nodes }) => nodes.some(({ type }) => type === 'lesson'))
  .chain(({ nodes, ...how }) => {
    const lessons = nodes.filter(({ type }) => type === 'lesson').map(({ id }) => id);
    return fc.array(anEvent(lessons), { minLength: 1, maxLength: 14 }).chain((events) =>
      fc.record({
        nodes: fc.constant(nodes),
        how: fc.constant(how),
        plans: fc.array(calls(events), { minLength: twins, maxLength: twins }),
      }),
    );
  });

it(`folds ${rounds * twins} histories on ${storageName} to what the events alone come to, whatever their order and split`, async () => {
  let turn = 0;
  await fc.assert(
    fc.asyncProperty(aCase, async ({ nodes, how: { sequential, cohort }, plans }) => {
      const course = await seedCourse(laurel, nodes, { sequential });
      await seedCohort(laurel, course, 'spring');
      const names = plans.map(() => `twin-${turn++}`);
      await seedEnrolments(laurel, course, names, { cohort });
      const record = (participant: string, events: never[]) =>
        laurel.api.progress.record({ course: course.slug, participant, events });
      await Promise.all(
        plans.map(async (plan, index) => {
          const name = names[index] as string;
          // One after the other, all at once as from several devices, or inside the host's own transactions.
          if (index % 4 === 1) await Promise.all(plan.map((events) => record(name, events)));
          else if (index % 4 === 2) {
            for (const events of plan) {
              await inHostTransaction(async (tx) => {
                await laurel.api.with(tx).progress.record({ course: course.slug, participant: name, events });
              });
            }
          } else for (const events of plan) await record(name, events);
        }),
      );
      const answers = await Promise.all(
        names.map(async (participant) => {
          const {
            percent,
            nodes: states,
            next,
            lessonsDone,
          } = await laurel.api.progress.get({
            course: course.slug,
            participant,
          });
          return {
            percent,
            next,
            lessonsDone,
            states: states.map((each) => ({ ...each, completedAt: each.completedAt !== null })),
          };
        }),
      );
      for (const answer of answers) expect(answer).toEqual(answers[0]);
    }),
    { numRuns: rounds, seed, interruptAfterTimeLimit: 120_000, markInterruptAsFailure: true },
  );
  expect(await laurel.recount({ of: 'courses' })).toEqual([]);
}, 150_000);

it('finds what was changed by hand, and makes it anew', async () => {
  const [row] = await sql<{ enrolment_id: string; lesson: string }>(
    laurel,
    'select enrolment_id, lesson from $schema.lesson_state where completed_at is not null limit 1',
  );
  await sql(
    laurel,
    `update $schema.lesson_state set score = 99, watched = '{[1,2)}' where enrolment_id = $1 and lesson = $2`,
    [row?.enrolment_id, row?.lesson],
  );
  await sql(laurel, 'update $schema.enrolment set total = total + 1, media_ms = 5 where id = $1', [row?.enrolment_id]);
  await sql(laurel, 'delete from $schema.learning_day where ctid = (select min(ctid) from $schema.learning_day)');
  const found = await laurel.recount({ of: 'courses' });
  const what = found.map((each) => (each.kind === 'progress' ? each.what : ''));
  expect(what).toEqual(
    expect.arrayContaining(['score', 'watched', 'total', 'media', expect.stringMatching(/^day 20/)]),
  );
  expect(await laurel.recount({ of: 'courses', rebuild: true })).toEqual(found);
  expect(await laurel.recount({ of: 'courses' })).toEqual([]);
});
