import type { TestLaurel } from '../src/testing.ts';
import { stageCourse, stageEnrolment } from './course-stage.ts';
import type { Sample } from './samples.ts';

const lesson = { id: 'welcome', type: 'lesson', title: 'Welcome', markdown: '# Hello' } as const;
const file = { format: 'laurel-course', version: 1, nodes: [lesson] };

/** Requests for lessons, and courses as files, after `seed`, with `ada` as the participant who asks. */
export async function courseFileSamples(laurel: Pick<TestLaurel, 'schema'>): Promise<Record<string, Sample>> {
  const course = await stageCourse(laurel, 'reading', { versions: [[lesson]], draft: [lesson] });
  await stageEnrolment(laurel, course, 'ada');
  return {
    'lessons.outline': { path: '/courses/reading/outline' },
    'lessons.get': { path: '/courses/reading/lessons/welcome' },
    'courses.render': { path: '/courses/render', body: { markdown: '# Hello' } },
    'courses.convert': {
      path: '/courses/convert?format=json',
      raw: { text: JSON.stringify(file), headers: () => ({}) },
    },
    'courses.export': { path: '/courses/reading/export/json' },
  };
}
