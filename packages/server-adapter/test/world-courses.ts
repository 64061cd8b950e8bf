import type { TestLaurel } from '../src/testing.ts';
import { courseSamples, unwritten } from './samples-courses.ts';
import { sql } from './support.ts';
import type { World } from './values.ts';
import { lesson, twoWeeks, unit } from './written-courses.ts';

/** Settings that go together whatever is chosen of them. */
const settings: World = {
  name: ['Guitar', 'Pintura'],
  description: [null, 'From nothing to songs.'],
  language: ['en', 'pt-BR', 'zh', 'i-klingon'],
  tags: [[], ['music', 'art']],
  price: [null, { minor: 4900, currency: 'EUR' }],
  seats: [null, 1, 1_000_000],
  startsAt: [null, '2029-01-01T00:00:00Z'],
  endsAt: [null, '2031-01-01T00:00:00Z'],
  timeZone: ['UTC', 'Europe/Lisbon'],
  program: ['friends', null],
};

const nodes: World[string] = [
  [],
  twoWeeks,
  [unit('a'), unit('b', { parent: 'a', choose: 1 }), lesson('c', 'b'), lesson('d', 'b', { required: false })],
  [lesson('a', null, { opens: { kind: 'completed', node: 'b' } }), lesson('b', 'nowhere'), lesson('b', 'b')],
];

/** Makes courses after `seed`; answers by operation the values with which it can succeed. */
export async function courseWorlds(laurel: TestLaurel): Promise<Record<string, World>> {
  await courseSamples(laurel);
  const published: World = { course: ['course'] };
  return {
    'courses.create': { ...settings, slug: Array.from({ length: 200 }, (_, at) => `made-${at}`) },
    'courses.list': { q: ['course', 'lesson -hello', '"', 'the'], tag: ['music'], limit: [1, 20] },
    'courses.get': published,
    'courses.update': { ...settings, ...published, state: ['published', 'archived'] },
    'courses.draft': published,
    'courses.saveDraft': { course: ['saving'], revision: [0, 1, 2], nodes },
    'courses.preview': { course: ['course', 'writing'] },
    'courses.publish': { course: ['writing'], revision: [1], learners: ['keep', 'require', 'credit'] },
    'courses.versions': published,
    'courses.version': { ...published, version: [1] },
  };
}

/** Lets drafts be saved and published once more. */
export const rewrite = (laurel: TestLaurel) => sql(laurel, unwritten);
