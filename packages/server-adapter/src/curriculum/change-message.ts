import type { BusMessage } from '../bus.ts';

/** Beyond, everybody looks anew: naming more would take longer than that. */
const mostLearners = 1_000;
const mostCourses = 50;

/** What nodes are told when learners moved on: whose own progress, and of which courses. */
export function changeMessage(learners: readonly { courseId: string; participantId: string }[]): BusMessage {
  const cohorts = [...new Set(learners.map(({ courseId }) => courseId))];
  return {
    selves:
      learners.length > mostLearners
        ? 'all'
        : learners.map(({ courseId, participantId }): [string, string] => [courseId, participantId]),
    ...(cohorts.length > mostCourses ? { missed: true } : { cohorts }),
  };
}
