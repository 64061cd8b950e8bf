import type { TestLaurel } from '../src/testing.ts';
import { happening } from './learning.ts';
import { learnt } from './samples-progress.ts';
import type { World } from './values.ts';

/** Makes a course that is learnt; answers by operation the values with which progress can succeed. */
export async function progressWorlds(laurel: TestLaurel): Promise<Record<string, World>> {
  const { enrolment, event } = await learnt(laurel);
  const from = new Date(Date.now() - 60_000).toISOString();
  const learning: World = {
    course: ['being-learnt'],
    participant: ['ada', 'bob', 'cleo'],
    lesson: ['page', 'film'],
    timeZone: ['UTC', 'Pacific/Apia'],
  };
  const most = 86_400_000;
  const odd = [
    { from: '1970-01-01T00:00:00Z', occurredAt: '9999-12-31T23:59:59Z', segments: [[0, most]], rate: 1600 },
    {
      from: '9999-12-31T23:59:59Z',
      occurredAt: '1970-01-01T00:00:00Z',
      segments: [[most - 1, most]],
      positionMs: most,
    },
    {
      from: '1970-01-01T00:00:00+14:00',
      occurredAt: '1970-01-01T00:00:01Z',
      segments: [
        [0, 1],
        [0, 1],
      ],
    },
  ].map((more) => happening('film', 'watched', more));
  return {
    'progress.get': learning,
    'progress.record': {
      ...learning,
      events: [[event], odd, [happening('film', 'spent', { from }), happening('film', 'position', { positionMs: 0 })]],
    },
    'progress.complete': learning,
    'progress.events': { enrolment: [enrolment], lesson: ['page', 'film'] },
  };
}
