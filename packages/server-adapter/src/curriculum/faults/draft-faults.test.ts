import { courseNodes } from '@laurelkit/sdk/contract';
import { expect, it, test } from 'vitest';
import * as z from 'zod/mini';
import { curriculumOf } from '../curriculum.ts';
import { doesCount } from '../visible.ts';
import { draftFaults } from './draft-faults.ts';

type Nodes = z.input<typeof courseNodes>;
type Node = Nodes[number];

const unit = (id: string, fields: Partial<Node> = {}): Node => ({ id, type: 'unit', title: id, ...fields });
const lesson = (id: string, parent: string | null = null, fields: Partial<Node> = {}): Node => ({
  ...{ id, parent, type: 'lesson', title: id },
  ...fields,
});
const video = (fields: Partial<NonNullable<Node['video']>> = {}) => ({
  ...{ provider: 'file' as const, url: 'https://cdn.example/a.mp4', lengthMs: 60_000 },
  ...fields,
});
const chapter = (id: string, toMs = 60_000) => ({ id, title: id, fromMs: 0, toMs });
const after = (node: string) => ({ kind: 'completed' as const, node });

const faultsOf = (nodes: Nodes, { sequential = false, cohorts = ['spring'] as string[] | null } = {}) =>
  draftFaults({ nodes: z.parse(courseNodes, nodes), sequential, cohorts });
const pointersOf = (...given: Parameters<typeof faultsOf>) => faultsOf(...given).map(({ pointer }) => pointer);

test.each<[what: string, nodes: Nodes, pointers: string[]]>([
  ['nothing', [], ['/nodes']],
  ['an id that comes twice', [lesson('a'), lesson('a')], ['/nodes/1/id']],
  ['a parent that is not there', [lesson('a', 'b')], ['/nodes/0/parent']],
  ['a parent that comes later', [lesson('a', 'b'), unit('b')], ['/nodes/0/parent']],
  ['a parent that is a lesson', [lesson('a'), lesson('b', 'a')], ['/nodes/1/parent']],
  ['a node in itself', [unit('a', { parent: 'a' }), lesson('b')], ['/nodes/0/parent']],
  ['two units in each other', [unit('a', { parent: 'b' }), unit('b', { parent: 'a' })], ['/nodes/0/parent']],
  ['content apart from its unit', [unit('a'), lesson('b'), lesson('c', 'a')], ['/nodes/2/parent']],
  [
    'a unit with what lessons have',
    [unit('a', { minutes: 5, markdown: '#' }), lesson('b')],
    ['/nodes/0/markdown', '/nodes/0/minutes'],
  ],
  [
    'a lesson with what units have',
    [lesson('a', null, { label: 'Week', choose: 1 })],
    ['/nodes/0/label', '/nodes/0/choose'],
  ],
  ['a page with a video', [lesson('a', null, { video: video() })], ['/nodes/0/video']],
  ['a video without one', [lesson('a', null, { kind: 'video' })], ['/nodes/0/video']],
  ['an embed without an address', [lesson('a', null, { kind: 'embed' })], ['/nodes/0/url']],
  ['a page with an address', [lesson('a', null, { url: 'https://a.example/' })], ['/nodes/0/url']],
  ['a page that takes place', [lesson('a', null, { startsAt: '2030-01-01T00:00:00Z' })], ['/nodes/0/startsAt']],
  [
    'a session that ends before it starts',
    [lesson('a', null, { kind: 'live', startsAt: '2030-01-01T10:00:00Z', endsAt: '2030-01-01T10:00:00+02:00' })],
    ['/nodes/0/endsAt'],
  ],
  [
    'a session that only ends',
    [lesson('a', null, { kind: 'live', endsAt: '2030-01-01T10:00:00Z' })],
    ['/nodes/0/startsAt'],
  ],
  [
    'chapters twice and beyond the end',
    [lesson('a', null, { kind: 'video', video: video({ chapters: [chapter('one'), chapter('one', 60_001)] }) })],
    ['/nodes/0/video/chapters/1/id', '/nodes/0/video/chapters/1/toMs'],
  ],
  [
    'a player’s video that is elsewhere',
    [lesson('a', null, { kind: 'video', video: video({ provider: 'youtube', url: 'https://notyoutube.com/watch' }) })],
    ['/nodes/0/video/url'],
  ],
  [
    'a video to be watched that is not there',
    [lesson('a', null, { done: { kind: 'watched', percent: 90 } })],
    ['/nodes/0/done'],
  ],
  [
    'rules inside of rules',
    [
      lesson('a', null, {
        done: {
          kind: 'some',
          count: 3,
          of: [{ kind: 'viewed' }, { kind: 'all', of: [{ kind: 'gaps', longestSeconds: 5 }] }],
        },
      }),
    ],
    ['/nodes/0/done/count', '/nodes/0/done/of/1/of/0'],
  ],
  [
    'chapters of a rule that are not there or come twice',
    [
      lesson('a', null, {
        kind: 'video',
        video: video({ chapters: [chapter('one')] }),
        done: { kind: 'chapters', chapters: ['one', 'two', 'one'] },
      }),
    ],
    ['/nodes/0/done/chapters/1', '/nodes/0/done/chapters/2'],
  ],
  [
    'cohorts that are not there',
    [
      lesson('a', null, {
        cohorts: ['spring', 'autumn'],
        opens: { kind: 'not', of: { kind: 'cohort', cohorts: ['winter'] } },
      }),
    ],
    ['/nodes/0/cohorts/1', '/nodes/0/opens/of/cohorts/0'],
  ],
  ['waiting for what is not there', [lesson('a', null, { opens: after('b') })], ['/nodes/0/opens/node']],
  ['waiting for oneself', [lesson('a', null, { opens: after('a') })], ['/nodes/0/opens/node']],
  [
    'a unit that waits for what is in it',
    [unit('a', { opens: after('b') }), lesson('b', 'a')],
    ['/nodes/0/opens/node'],
  ],
  [
    'waiting for what nobody sees',
    [unit('a', { hidden: true }), lesson('b', 'a'), lesson('c', null, { opens: { kind: 'any', of: [after('b')] } })],
    ['/nodes/2/opens/of/0/node'],
  ],
  [
    'a score of a unit',
    [unit('a'), lesson('b', 'a'), lesson('c', null, { opens: { kind: 'score', node: 'a', atLeast: 5 } })],
    ['/nodes/2/opens/node'],
  ],
  ['waiting for an empty unit', [unit('a'), lesson('b', null, { opens: after('a') })], ['/nodes/1/opens/node']],
  [
    'waiting for a unit that does not count',
    [unit('a', { required: false }), lesson('b', 'a'), lesson('c', null, { opens: after('a') })],
    ['/nodes/2/opens/node'],
  ],
  [
    'two that wait for each other',
    [lesson('a', null, { opens: after('b') }), lesson('b', null, { opens: after('a') })],
    ['/nodes/0/opens', '/nodes/1/opens'],
  ],
  [
    'two that wait for each other’s score, if only perhaps',
    [
      lesson('a', null, {
        opens: {
          kind: 'any',
          of: [
            { kind: 'score', node: 'b', atLeast: 1 },
            { kind: 'instant', from: '2030-01-01T00:00:00Z' },
          ],
        },
      }),
      lesson('b', null, { opens: { kind: 'not', of: after('a') } }),
    ],
    ['/nodes/0/opens', '/nodes/1/opens'],
  ],
  ['a lesson that waits for its own unit', [unit('a'), lesson('b', 'a', { opens: after('a') })], ['/nodes/1/opens']],
  [
    'units that wait for each other',
    [
      unit('a', { opens: after('d') }),
      unit('b', { parent: 'a' }),
      lesson('c', 'b'),
      unit('d', { opens: after('b') }),
      lesson('e', 'd'),
    ],
    ['/nodes/0/opens', '/nodes/3/opens'],
  ],
  [
    'more to choose than there is',
    [unit('a', { choose: 2 }), lesson('b', 'a'), lesson('c', 'a', { required: false })],
    ['/nodes/0/choose'],
  ],
  [
    'units to choose from',
    [unit('a', { choose: 1 }), unit('b', { parent: 'a' }), lesson('c', 'b')],
    ['/nodes/0/choose'],
  ],
  ['weights of what is chosen from', [unit('a', { choose: 1 }), lesson('b', 'a', { weight: 2 })], ['/nodes/1/weight']],
  ['nothing that counts', [lesson('a', null, { required: false }), lesson('b', null, { hidden: true })], ['/nodes']],
])('finds %s', (_, nodes, pointers) => {
  expect(pointersOf(nodes)).toEqual(pointers);
});

it('finds those who wait for themselves by the order of the course', () => {
  const nodes = [lesson('a', null, { opens: after('c') }), lesson('b'), lesson('c')];
  expect(pointersOf(nodes)).toEqual([]);
  expect(pointersOf(nodes, { sequential: true })).toEqual(['/nodes/0/opens']);
});

it('finds those who wait for themselves in one cohort alone', () => {
  const nodes = [
    lesson('a', null, { opens: after('c') }),
    lesson('b', null, { cohorts: ['spring'], opens: after('a') }),
    lesson('c', null, { opens: after('b') }),
  ];
  expect(pointersOf(nodes)).toEqual(['/nodes/0/opens', '/nodes/1/opens', '/nodes/2/opens']);
});

it('lets a lesson beyond what counts wait for its own unit', () => {
  expect(faultsOf([unit('a'), lesson('b', 'a'), lesson('c', 'a', { required: false, opens: after('a') })])).toEqual([]);
});

it('does not ask for cohorts where they are not known', () => {
  expect(faultsOf([lesson('a'), lesson('b', null, { cohorts: ['winter'] })], { cohorts: null })).toEqual([]);
});

it('finds weights that cannot be counted', () => {
  const primes = [997, 991, 983, 977, 971, 967, 953, 947];
  const nodes = primes.flatMap((prime, index) => [
    unit(`unit-${index}`, { weight: 1 }),
    ...[1, prime - 1].map((weight, place) => lesson(`lesson-${index}-${place}`, `unit-${index}`, { weight })),
  ]);
  expect(faultsOf(nodes)).toEqual([{ pointer: '/nodes', detail: expect.stringContaining('closer together') }]);
});

it.each<[what: string, nodes: Nodes]>([
  [
    'units in units',
    Array.from({ length: 1999 }, (_, at) => unit(`u${at}`, { parent: at === 0 ? null : `u${at - 1}` })),
  ],
  [
    'lessons one after the other, the last first',
    Array.from({ length: 1999 }, (_, at) => lesson(`u${at}`, null, at === 1998 ? {} : { opens: after(`u${at + 1}`) })),
  ],
])('is made for two thousand %s', (_, nodes) => {
  const last = nodes.at(-1)?.type === 'unit' ? 'u1998' : null;
  expect(faultsOf([...nodes, lesson('last', last)])).toEqual([]);
});

it('lets go what waits for a unit in which nothing counts for somebody: for them it does not count', () => {
  const nodes = z.parse(courseNodes, [
    unit('group'),
    lesson('theirs', 'group', { cohorts: ['spring'] }),
    lesson('next', null, { opens: after('group') }),
    lesson('last'),
  ]);
  expect(draftFaults({ nodes, sequential: false, cohorts: ['spring'] })).toEqual([]);
  const curriculum = curriculumOf({ courseId: '', version: 1, sequential: false, nodes });
  const counting = (cohort: string | null) =>
    curriculum.lessons.filter((each) => doesCount(curriculum, each, cohort)).map(({ id }) => id);
  expect(counting(null)).toEqual(['last']);
  expect(counting('spring')).toEqual(['theirs', 'next', 'last']);
});

test.each<[what: string, nodes: Nodes, pointers: string[]]>([
  [
    'a lesson for whoever has not passed',
    [
      lesson('quiz'),
      lesson('again', null, { opens: { kind: 'not', of: { kind: 'score', node: 'quiz', atLeast: 70 } } }),
    ],
    ['/nodes/1/opens'],
  ],
  [
    'a lesson that the clock closes',
    [lesson('a'), lesson('b', null, { opens: { kind: 'not', of: { kind: 'date', from: '2030-01-01T00:00' } } })],
    ['/nodes/1/opens'],
  ],
  [
    'a unit that closes, once for all in it',
    [lesson('a'), unit('u', { opens: { kind: 'not', of: after('a') } }), unit('v', { parent: 'u' }), lesson('b', 'v')],
    ['/nodes/1/opens'],
  ],
  [
    'a lesson that waits for one that can close',
    [
      lesson('a'),
      lesson('b', null, { required: false, opens: { kind: 'not', of: after('a') } }),
      lesson('c', null, { opens: after('b') }),
    ],
    ['/nodes/2/opens'],
  ],
])('asks nobody for %s', (_, nodes, pointers) => {
  expect(pointersOf(nodes)).toEqual(pointers);
  const curriculum = curriculumOf({ courseId: '', version: 1, sequential: true, nodes: z.parse(courseNodes, nodes) });
  const wrong = pointers.map((pointer) => nodes[Number(pointer.split('/')[2])]?.id);
  for (const each of curriculum.lessons) {
    const places = [each, ...curriculum.unitsOf(each.id)].map(({ id }) => id);
    if (places.some((id) => wrong.includes(id))) expect(doesCount(curriculum, each, null)).toBe(false);
  }
  const optional = nodes.map((node) => (wrong.includes(node.id) ? { ...node, required: false } : node));
  expect(faultsOf(optional)).toEqual([]);
});

it('lets close what another way opens again, or what is for cohorts', () => {
  const closes = { kind: 'not' as const, of: after('a') };
  const others = { kind: 'not' as const, of: { kind: 'cohort' as const, cohorts: ['spring'] } };
  const nodes = [
    lesson('a'),
    lesson('b', null, { opens: { kind: 'any', of: [closes, after('a')] } }),
    lesson('c', null, { opens: others }),
  ];
  expect(faultsOf(nodes)).toEqual([]);
});
