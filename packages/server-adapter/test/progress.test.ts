import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { happening, lesson, onSight, seedCourse, seedEnrolments, unit, video } from './learning.ts';
import { ask, inHostTransaction, sql, storageName, testLaurel } from './support.ts';

let laurel: TestLaurel;
beforeAll(async () => {
  laurel = await testLaurel();
});

const nodes = [
  unit('week-1'),
  lesson('intro', 'week-1', onSight),
  lesson('film', 'week-1', video(60)),
  unit('week-2'),
  lesson('task', 'week-2'),
];

let count = 0;
/** Somebody new in a course of these nodes. */
async function learner(of = nodes, how = {}) {
  const course = await seedCourse(laurel, of, how);
  const name = `learner-${++count}`;
  const [enrolment = ''] = await seedEnrolments(laurel, course, [name]);
  const record = (...events: never[]) => laurel.api.progress.record({ course: course.slug, participant: name, events });
  const get = () => laurel.api.progress.get({ course: course.slug, participant: name });
  return { course, name, enrolment, record, get };
}

describe(`progress on ${storageName}`, () => {
  it('rolls what is done up to the course', async () => {
    const { record, get } = await learner();
    const event = happening('intro', 'viewed');
    const first = await record(event);
    expect(first).toMatchObject({ percent: 33, completed: ['intro'], completedAt: null, seq: 1 });
    expect(first.outcomes).toMatchObject([{ outcome: 'recorded', code: null }]);
    const again = await record(event, event);
    expect(again).toMatchObject({ percent: 33, completed: [], seq: 1 });
    expect(again.outcomes).toMatchObject([{ outcome: 'repeated' }, { outcome: 'repeated' }]);
    const now = Date.now();
    const watched = happening('film', 'watched', {
      from: new Date(now - 31_000).toISOString(),
      segments: [[0, 30_000]],
      positionMs: 30_000,
    });
    expect(await record(event, watched)).toMatchObject({ percent: 33, seq: 2 });
    const progress = await get();
    expect(progress.nodes).toMatchObject([
      { id: 'week-1', state: 'started', percent: 50 },
      { id: 'intro', state: 'done', percent: 100 },
      { id: 'film', state: 'started', percent: 55, positionMs: 30_000 },
      { id: 'week-2', state: 'open', percent: 0 },
      { id: 'task', state: 'open', percent: 0 },
    ]);
    expect(progress).toMatchObject({ next: { lesson: 'film' }, lessons: 3, lessonsDone: 1 });
    const rest = happening('film', 'watched', {
      from: new Date(now - 31_000).toISOString(),
      segments: [[29_000, 56_000]],
    });
    expect(await record(rest)).toMatchObject({ percent: 66, completed: ['film', 'week-1'] });
    const last = await record(happening('task', 'checked'));
    expect(last).toMatchObject({ percent: 100, completed: ['task', 'week-2'] });
    expect(last.completedAt).not.toBeNull();
  });
});
