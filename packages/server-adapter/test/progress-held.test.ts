import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { happening, lesson, onSight, type SeededCourse, seedCourse, seedEnrolments } from './learning.ts';
import { inHostTransaction, sql, storageName, testLaurel } from './support.ts';

let laurel: TestLaurel;
beforeAll(async () => {
  laurel = await testLaurel({ connections: 8 });
});

const nodes = ['a', 'b', 'c'].map((id) => lesson(id, null, onSight));
const see = ({ slug: course }: SeededCourse, participant: string, ...lessons: string[]) =>
  laurel.api.progress.record({ course, participant, events: lessons.map((each) => happening(each, 'viewed')) });
const crowd = (name: string) => Array.from({ length: 100 }, (_, index) => `${name}-${index}`);

/** Whether a promise is settled by now. */
const isSettled = (promise: Promise<unknown>) =>
  Promise.race([promise.then(() => true), new Promise((resolve) => setImmediate(() => resolve(false)))]);

// Embedded there is one transaction at a time.
describe.runIf(storageName === 'postgres')('a learner whom a transaction of the host holds', () => {
  it('keeps nobody else waiting, and is answered once it ends', async () => {
    const course = await seedCourse(laurel, nodes);
    const others = crowd('other');
    await seedEnrolments(laurel, course, ['held', ...others]);
    let waiting: Promise<{ percent: number }>[] = [];
    await inHostTransaction(async (transaction) => {
      await laurel.api.with(transaction).progress.record({
        ...{ course: course.slug, participant: 'held', events: [happening('a', 'viewed')] },
      });
      // More of them than there are batches and connections.
      waiting = ['b', 'c', 'b', 'c', 'b', 'c', 'b', 'c', 'b', 'c'].map((each) => see(course, 'held', each));
      const began = performance.now();
      for (const each of ['a', 'b']) {
        const answers = await Promise.all(others.map((name) => see(course, name, each)));
        expect(new Set(answers.map(({ percent }) => percent))).toEqual(new Set([each === 'a' ? 33 : 66]));
      }
      expect(performance.now() - began).toBeLessThan(5000);
      for (const each of waiting) expect(await isSettled(each)).toBe(false);
    });
    const answers = await Promise.all(waiting);
    expect(Math.max(...answers.map(({ percent }) => percent))).toBe(100);
    expect(await laurel.recount({ of: 'courses' })).toEqual([]);
  });

  it('keeps nobody else waiting in another course either, where only the day is held', async () => {
    const [one, two] = [await seedCourse(laurel, nodes), await seedCourse(laurel, nodes)];
    const others = crowd('else');
    await seedEnrolments(laurel, one, ['twofold']);
    await seedEnrolments(laurel, two, ['twofold', ...others]);
    let waiting: Promise<{ percent: number }> | undefined;
    await inHostTransaction(async (transaction) => {
      await laurel.api.with(transaction).progress.record({
        ...{ course: one.slug, participant: 'twofold', events: [happening('a', 'viewed')] },
      });
      waiting = see(two, 'twofold', 'a');
      const answers = await Promise.all(others.map((name) => see(two, name, 'a')));
      expect(new Set(answers.map(({ percent }) => percent))).toEqual(new Set([33]));
      expect(await isSettled(waiting)).toBe(false);
    });
    expect(await waiting).toMatchObject({ percent: 33 });
  });

  it('never waits in a circle with it', async () => {
    const course = await seedCourse(laurel, nodes);
    const [first = '', second = ''] = await seedEnrolments(laurel, course, ['first', 'second']);
    // Against the order in which batches take them.
    const [one, other] = first < second ? ['second', 'first'] : ['first', 'second'];
    let meanwhile: Promise<unknown>[] = [];
    await inHostTransaction(async (transaction) => {
      const inside = laurel.api.with(transaction);
      const record = (participant: string) =>
        inside.progress.record({ course: course.slug, participant, events: [happening('a', 'viewed')] });
      await record(one);
      meanwhile = [one, other, one, other].map((name) => see(course, name, 'b', 'c'));
      await record(other);
    });
    await Promise.all(meanwhile);
    for (const participant of ['first', 'second']) {
      expect(await laurel.api.progress.get({ course: course.slug, participant })).toMatchObject({ percent: 100 });
    }
  });

  it('is refused for a while, by a problem that says so, when it is held for long', async () => {
    const course = await seedCourse(laurel, nodes);
    const [enrolment] = await seedEnrolments(laurel, course, ['long']);
    await inHostTransaction(async (transaction) => {
      await (transaction as { query(text: string, values: unknown[]): Promise<unknown> }).query(
        `select from "${laurel.schema}".enrolment where id = $1 for update`,
        [enrolment],
      );
      await expect(see(course, 'long', 'a')).rejects.toMatchObject({ code: 'overloaded', status: 503, retryAfter: 2 });
    });
    expect(await see(course, 'long', 'a')).toMatchObject({ percent: 33 });
    expect(await sql(laurel, 'select from $schema.progress_event where enrolment_id = $1', [enrolment])).toHaveLength(
      1,
    );
  }, 30_000);
});
