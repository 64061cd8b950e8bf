import type { TestLaurel } from '../src/testing.ts';
import { happening, lesson, seedCourse, seedEnrolments, video } from './learning.ts';
import type { Sample } from './samples.ts';

/** A course in which everybody of `seed` learns, and the enrolment of `ada` with an event. */
export async function learnt(laurel: TestLaurel): Promise<{ enrolment: string; event: never }> {
  const course = await seedCourse(laurel, [lesson('page'), lesson('film', null, video(60))], { slug: 'being-learnt' });
  const [enrolment = ''] = await seedEnrolments(laurel, course, ['ada', 'bob', 'cleo']);
  const event = happening('page', 'viewed');
  await laurel.api.progress.record({ course: course.slug, participant: 'ada', events: [event] });
  return { enrolment, event };
}

/** Requests for each operation of progress after `seed`, with `ada` as the participant who asks. */
export async function progressSamples(laurel: TestLaurel): Promise<Record<string, Sample>> {
  const { enrolment, event } = await learnt(laurel);
  return {
    'progress.get': { path: '/courses/being-learnt/progress?participant=ada' },
    'progress.record': { path: '/courses/being-learnt/progress', body: { participant: 'ada', events: [event] } },
    'progress.complete': { path: '/courses/being-learnt/complete', body: { participant: 'ada', lesson: 'page' } },
    'progress.events': { path: `/enrolments/${enrolment}/events` },
  };
}
