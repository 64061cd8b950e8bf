import type { TestLaurel } from '../src/testing.ts';
import type { Sample } from './samples.ts';
import { lesson, publishedCourse, twoWeeks } from './written-courses.ts';

/** A draft that a request may save or publish, again and again. */
const draft = { course: 'writing', revision: 1 };

/** Requests for the structure of courses after `seed`: a course that is published, and one whose draft waits to be. */
export async function courseSamples({ api }: Pick<TestLaurel, 'api'>): Promise<Record<string, Sample>> {
  await publishedCourse(api, 'course', twoWeeks, { tags: ['music'], program: 'friends' });
  await api.courses.create({ slug: draft.course, name: 'Writing' });
  await api.courses.saveDraft({ course: draft.course, revision: 0, nodes: twoWeeks });
  await api.courses.create({ slug: 'saving', name: 'Saving' });
  return {
    'courses.create': { path: '/courses', body: { slug: 'new', name: 'New' } },
    'courses.list': { path: '/courses?q=course&tag=music' },
    'courses.get': { path: '/courses/course' },
    'courses.update': { path: '/courses/course', body: { name: 'A course' } },
    'courses.draft': { path: '/courses/course/draft' },
    'courses.saveDraft': { path: '/courses/saving/draft', body: { revision: 0, nodes: [lesson('only')] } },
    'courses.preview': { path: '/courses/writing/draft/preview' },
    'courses.publish': { path: '/courses/writing/publish', body: { revision: draft.revision } },
    'courses.versions': { path: '/courses/course/versions' },
    'courses.version': { path: '/courses/course/versions/1' },
  };
}

/** Undoes what keeps a draft from being saved or published once more. */
export const unwritten = `
update $schema.course set draft_revision = case when slug = 'saving' then 0 else 1 end,
  draft = case when slug = 'saving' then '[]' else draft || jsonb_build_object(
    'id', 'more-' || jsonb_array_length(draft), 'parent', null, 'type', 'lesson', 'title', 'More', 'summary', null,
    'label', null, 'kind', null, 'markdown', null, 'video', null, 'url', null, 'startsAt', null, 'endsAt', null,
    'minutes', null, 'required', true, 'hidden', false, 'cohorts', '[]'::jsonb, 'weight', null, 'choose', null,
    'done', null, 'opens', null, 'event', null) end
where slug in ('saving', 'writing')`;
