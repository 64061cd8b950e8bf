import type { CourseNode } from '@laurelkit/sdk/contract';
import fc from 'fast-check';
import type * as z from 'zod/mini';
import { nodeOf } from './course-stage.ts';

type Node = z.output<typeof CourseNode>;

const odd = [
  '---',
  '# x',
  '- a',
  'yes',
  'null',
  '1e3',
  '2026-03-01',
  ': ',
  ' #c',
  '\u2028',
  '\u0085',
  '\ufeff',
  '"',
  "'",
  '\\',
  '\r\n',
  '\n---\n',
  '\n',
  '\t',
  '~',
  '&a',
  '*a',
  '|',
  '>',
  '%',
  '@',
  'é',
  '𝕏',
];
const texts = (most: number) =>
  fc
    .array(fc.oneof(fc.constantFrom(...odd), fc.string({ unit: 'grapheme', maxLength: 8 })), {
      minLength: 1,
      maxLength: 6,
    })
    .map((parts) => parts.join('').replaceAll('\u0000', '').toWellFormed().slice(0, most).toWellFormed())
    .filter((text) => text !== '');
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 2 });
const slugs = fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}$/);
const days = fc.constantFrom('2030-01-01T09:00:00Z', '2031-05-05T10:00:00.5+02:00');

const fields = fc.record({
  title: texts(200),
  summary: maybe(texts(1000)),
  label: maybe(texts(40)),
  kind: maybe(fc.constantFrom('page', 'video', 'embed', 'quiz', 'live')),
  markdown: maybe(texts(10_000)),
  video: maybe(
    fc.record({
      provider: fc.constantFrom('file', 'youtube'),
      url: fc.constant('https://media.example/a?b=c#d'),
      lengthMs: fc.integer({ min: 1, max: 1000 }),
      chapters: fc.array(fc.record({ id: slugs, title: texts(50), fromMs: fc.constant(0), toMs: fc.constant(9) }), {
        maxLength: 2,
      }),
    }),
  ),
  url: maybe(fc.constant('https://a.example/')),
  startsAt: maybe(days),
  minutes: maybe(fc.integer({ min: 1, max: 60 })),
  required: fc.boolean(),
  hidden: fc.boolean(),
  cohorts: fc.array(slugs, { maxLength: 2 }),
  weight: maybe(fc.integer({ min: 1, max: 5 })),
  choose: maybe(fc.integer({ min: 1, max: 5 })),
  done: maybe(
    fc.constantFrom({ kind: 'viewed' }, { kind: 'some', of: [{ kind: 'watched', percent: 80 }, { kind: 'manual' }] }),
  ),
  opens: maybe(
    fc.constantFrom({ kind: 'date', from: '2026-03-01T09:00' }, { kind: 'not', of: { kind: 'completed', node: 'a' } }),
  ),
  event: maybe(fc.constantFrom('week-1', 'a.b_c')),
});

/** Curricula of up to 25 nodes in the order of the page, with texts that are hard to write down. */
export const curricula: fc.Arbitrary<Node[]> = fc
  .array(fc.tuple(slugs, fc.boolean(), fc.nat(), fields), { minLength: 1, maxLength: 25 })
  .map((drawn) => {
    const nodes: Node[] = [];
    for (const [slug, isUnit, place, given] of drawn) {
      const id = nodes.some((node) => node.id === slug) ? `${slug}-${nodes.length}x` : slug;
      // The last node, or one of the units it stands in: so children stay together.
      const chain: (string | null)[] = [null];
      for (let at = nodes.at(-1); at; at = nodes.find((node) => node.id === at?.parent))
        if (at.type === 'unit') chain.push(at.id);
      const parent = chain[place % chain.length] ?? null;
      nodes.push(nodeOf({ ...given, id, parent, type: isUnit ? 'unit' : 'lesson' } as Parameters<typeof nodeOf>[0]));
    }
    return nodes;
  });

/** Courses with such curricula. */
export const courses = fc.record({
  name: maybe(texts(160)),
  description: maybe(texts(5000)),
  language: maybe(fc.constantFrom('en', 'pt-BR')),
  nodes: curricula,
});
