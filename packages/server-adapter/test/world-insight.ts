import type { TestLaurel } from '../src/testing.ts';
import { insightSamples } from './samples-insight.ts';
import type { World } from './values.ts';

/** Makes a course that is learnt; answers by operation the values with which streaks, insight and live progress can succeed. */
export async function insightWorlds(laurel: TestLaurel): Promise<Record<string, World>> {
  await insightSamples(laurel);
  const course: World = { course: ['looked-into'], cohort: ['autumn'] };
  return {
    'streaks.get': { participant: ['ada'] },
    'streaks.grant': {
      participant: ['ada'],
      day: ['2026-03-01', '2026-02-28'],
      freezes: [1, 30],
      idempotencyKey: Array.from({ length: 200 }, (_, index) => `freeze-${index}`),
    },
    'insight.learners': { ...course, q: ['a', '%', '\\', 'İ'] },
    'insight.funnel': course,
    'insight.heatMap': { ...course, lesson: ['film'] },
    'insight.board': course,
    'live.stream': { topics: ['course:looked-into', 'cohort:looked-into', 'contest:spring,cohort:looked-into'] },
  };
}
