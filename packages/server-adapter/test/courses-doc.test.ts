import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { storageName, testLaurel } from './support.ts';

const page = readFileSync(new URL('../../../docs/courses.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code ?? '');
const AsyncFunction = (async () => {}).constructor as new (...parts: string[]) => (laurel: unknown) => Promise<void>;

it(`the examples of docs/courses.md run, one after the other (${storageName})`, async () => {
  const laurel = await testLaurel();
  await new AsyncFunction('laurel', examples.join('\n'))(laurel);
  const course = await laurel.api.courses.get({ course: 'guitar' });
  expect(course).toMatchObject({ version: 2, state: 'archived', lessons: 4, minutes: 25, seats: 30, seatsLeft: 30 });
  expect((await laurel.api.courses.draft({ course: 'guitar' })).faults).toEqual([]);
}, 90_000);
