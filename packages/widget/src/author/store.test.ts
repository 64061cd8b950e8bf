import { afterEach, expect, test } from 'vitest';
import { type Kit, kit } from '../kit.ts';
import { session } from '../stores/session.ts';
import { type CourseForm, courseForm } from './course-form.ts';
import type { Course } from './node.ts';
import { createAuthor } from './store.ts';

const stops: (() => void)[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  session.identify(null);
  localStorage.clear();
});

const course = (id: string, name = id) =>
  ({
    ...{ id, slug: id, name, description: null, language: 'en', tags: [], imageUrl: null, timeZone: 'UTC' },
    ...{ dripZone: 'course', sequential: false, startsAt: null, endsAt: null, access: 'open', price: null },
    ...{ seats: null, waitingList: true, listed: true, program: null, state: 'draft', version: null },
  }) as unknown as Course;

const later = () => new Promise((done) => setTimeout(done, 5));

/** An editor of two courses; a course that is asked for by its slug waits until it is answered. */
async function write() {
  const asked: Record<string, (answer: Course | PromiseLike<Course>) => void> = {};
  const checked =
    (_: unknown, route: string) =>
    async ({ course: slug = '' }: { course?: string }) => {
      if (route === 'GET /courses') return { items: [course('a'), course('b')], nextCursor: null };
      if (route.endsWith('/draft')) return { revision: 1, nodes: [], faults: [], retired: [] };
      if (route === 'GET /courses/{course}')
        return new Promise<Course>((answer) => Object.assign(asked, { [slug]: answer }));
      return { items: [], nextCursor: null };
    };
  session.identify(() => 'token');
  const author = createAuthor({ ...kit, checked } as unknown as Kit, '', () => 'en');
  stops.push(author.stop);
  await later();
  const now = () => author.state.peek();
  const type = (name: string) => author.set({ form: { ...(now().form as CourseForm), name } });
  const opened = () => (now().open as Course | null)?.name;
  return { author, asked, now, type, opened };
}

test('settings that are saved are taken; what was typed since stays', async () => {
  const { author, now, type, opened } = await write();
  author.open(course('a'));
  type('One');
  expect(author.take(course('a', 'One'), now().form as CourseForm)).toBe(true);
  expect([opened(), now().form]).toEqual(['One', courseForm(course('a', 'One'))]);
  type('Two');
  const sent = now().form as CourseForm;
  type('Two and more');
  expect(author.take(course('a', 'Two'), sent)).toBe(false);
  expect([opened(), now().form?.name]).toEqual(['Two', 'Two and more']);
});

test('a course that is archived keeps what is typed of its settings', async () => {
  const { author, now, type } = await write();
  author.open(course('a'));
  type('Typed');
  expect(author.take({ ...course('a'), state: 'archived' })).toBe(false);
  expect([(now().open as Course).state, now().form?.name]).toEqual(['archived', 'Typed']);
});

test('what is saved of one course leaves another that is open alone', async () => {
  const { author, now, type, opened } = await write();
  author.open(course('a'));
  const sent = now().form as CourseForm;
  author.open(course('b'));
  type('Typed');
  expect(author.take(course('a', 'One'), sent)).toBe(false);
  expect([opened(), now().form?.name, now().courses?.map(({ name }) => name)]).toEqual(['b', 'Typed', ['One', 'b']]);
});

test('what was done in one course is not told in another', async () => {
  const { author, now } = await write();
  const refusal = { status: 400, message: 'No', errors: [{ pointer: '#/name', detail: 'No' }] };
  for (const work of [() => later().then(() => {}), () => later().then(() => Promise.reject(refusal))]) {
    author.open(course('a'));
    const done = author.act(work, 'savedSaid');
    author.open(course('b'));
    author.set({ faults: { '#/slug': 'Taken' } });
    expect(await done).toBeNull();
    expect([now().busy, now().faults]).toEqual([false, { '#/slug': 'Taken' }]);
    expect(now().note?.key).not.toBe('savedSaid');
  }
});

test('of two courses that are asked for, the last is opened', async () => {
  const { author, asked, opened } = await write();
  void author.openBy('a', false);
  void author.openBy('b', false);
  asked.b?.(course('b'));
  await later();
  asked.a?.(course('a'));
  await later();
  expect(opened()).toBe('b');
});
