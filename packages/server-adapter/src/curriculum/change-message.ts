import type { BusMessage } from '../bus.ts';

const mostNamed = 50;

/** What nodes are told when learners moved on: whose own progress, and of which courses. */
export function changeMessage(learners: readonly { courseId: string; participantId: string }[]): BusMessage {
  const cohorts = [...new Set(learners.map(({ courseId }) => courseId))];
  return {
    selves:
      learners.length > mostNamed
        ? 'all'
        : learners.map(({ courseId, participantId }): [string, string] => [courseId, participantId]),
    ...(cohorts.length > mostNamed ? { missed: true } : { cohorts }),
  };
}
