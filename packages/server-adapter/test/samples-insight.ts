import type { TestLaurel } from '../src/testing.ts';
import { cohortRow, courseRow, enrolmentRow, lessonNode, stateRow, watchedRow } from './course-rows.ts';
import type { Sample } from './samples.ts';
import { sql } from './support.ts';

/** Requests for each operation of streaks and insight after `seed`, with `ada` as the participant who asks: all learn. */
export async function insightSamples(laurel: TestLaurel): Promise<Record<string, Sample>> {
  const courseId = await courseRow(laurel, 'looked-into', [
    [
      lessonNode('page'),
      lessonNode('film', {
        kind: 'video',
        video: { provider: 'file', url: 'https://shop.example/film.mp4', lengthMs: 60_000 },
      }),
    ],
  ]);
  const cohortId = await cohortRow(laurel, courseId, 'autumn');
  const people = await sql<{ external_id: string }>(laurel, 'select external_id from $schema.participant');
  for (const { external_id: participant } of people) {
    const enrolment = await enrolmentRow(laurel, courseId, { participant, cohortId, earned: 50, lastLesson: 'film' });
    await stateRow(laurel, enrolment, 'page', { minutes: 3 });
    await stateRow(laurel, enrolment, 'film', { watched: '{[0,30000)}' });
    await watchedRow(laurel, enrolment, 'film', '{[0,30000)}');
  }
  return {
    'streaks.get': { path: '/streak?participant=ada' },
    'streaks.grant': {
      path: '/streak/freezes',
      body: { participant: 'ada', day: '2026-03-01', freezes: 1, idempotencyKey: 'new' },
    },
    'insight.learners': { path: '/courses/looked-into/learners' },
    'insight.funnel': { path: '/courses/looked-into/funnel' },
    'insight.heatMap': { path: '/courses/looked-into/lessons/film/heat-map' },
    'insight.board': { path: '/courses/looked-into/board' },
  };
}
