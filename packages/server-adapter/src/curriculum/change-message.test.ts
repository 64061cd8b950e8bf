import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { type BusMessage, longestNotification, notificationsOf } from '../bus.ts';
import { changeMessage } from './change-message.ts';

const learners = (count: number, courses = 1) => {
  const ids = Array.from({ length: courses }, () => randomUUID());
  return Array.from({ length: count }, (_, at) => ({
    courseId: ids[at % courses] as string,
    participantId: randomUUID(),
  }));
};

it('names everybody who moved on in notifications that PostgreSQL takes, each once, and the rest once', () => {
  for (const [count, courses] of [
    [1, 1],
    [50, 50],
    [51, 1],
    [1_000, 50],
  ] as const) {
    const moved = learners(count, courses);
    const message = { ...changeMessage(moved), outbox: true as const, intake: true as const };
    const parts = notificationsOf(message);
    expect(parts).toHaveLength(Math.ceil(count / 50));
    for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThan(longestNotification);
    const read = parts.map((part) => JSON.parse(part) as BusMessage);
    expect(read.flatMap(({ selves }) => (selves === 'all' ? [] : (selves ?? [])))).toEqual(
      moved.map(({ courseId, participantId }) => [courseId, participantId]),
    );
    expect(read.filter(({ outbox, cohorts }) => outbox || cohorts)).toHaveLength(1);
  }
});

it('has everybody look anew where there are too many to name', () => {
  expect(notificationsOf(changeMessage(learners(1_001)))).toHaveLength(1);
  expect(changeMessage(learners(1_001)).selves).toBe('all');
  expect(changeMessage(learners(60, 51)).missed).toBe(true);
});
