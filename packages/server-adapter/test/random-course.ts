import { CourseNode } from '@laurelkit/sdk/contract';
import fc from 'fast-check';
import { type Curriculum, curriculumOf } from '../src/curriculum/curriculum.ts';
import { type LessonState, untouched } from '../src/curriculum/lesson-state.ts';

type Input = Parameters<typeof CourseNode.parse>[0];

const rule = fc.oneof(
  fc.constant({ kind: 'viewed' }),
  fc.record({ kind: fc.constant('time'), seconds: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ kind: fc.constant('watched'), percent: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ kind: fc.constant('gaps'), longestSeconds: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ kind: fc.constant('score'), atLeast: fc.nat(100) }),
  fc.constant({ kind: 'submitted' }),
  fc.constant({ kind: 'manual', by: 'learner' }),
  fc.constant({ kind: 'manual', by: 'staff' }),
  fc.constant({ kind: 'event', name: 'seen' }),
  fc.constant({ kind: 'all', of: [{ kind: 'viewed' }, { kind: 'watched', percent: 50 }] }),
  fc.constant({
    kind: 'some',
    count: 2,
    of: [{ kind: 'viewed' }, { kind: 'score', atLeast: 40 }, { kind: 'manual', by: 'learner' }],
  }),
);

/** What opens a node: something that stands before it, so nothing waits for itself. */
const opening = (before: readonly string[], lessons: readonly string[]) => {
  const cohort = fc.constantFrom({ kind: 'cohort', cohorts: ['spring'] });
  if (before.length === 0) return cohort;
  const completed = fc.record({ kind: fc.constant('completed'), node: fc.constantFrom(...before) });
  const score = lessons.map((node) =>
    fc.record({ kind: fc.constant('score'), node: fc.constant(node), atLeast: fc.nat(100) }),
  );
  const simple = fc.oneof({ weight: 6, arbitrary: completed }, ...score, cohort);
  return fc.oneof(
    { weight: 4, arbitrary: simple },
    fc.record({ kind: fc.constantFrom('all', 'any'), of: fc.array(simple, { minLength: 1, maxLength: 3 }) }),
    fc.record({ kind: fc.constant('not'), of: simple }),
  );
};

const weight = fc.option(fc.integer({ min: 1, max: 12 }), { freq: 3 });

/** A random tree of up to `most` nodes, three levels deep; a unit waits only for lessons before it. */
export const aTree = (most = 12): fc.Arbitrary<ReturnType<typeof CourseNode.parse>[]> =>
  fc
    .array(fc.record({ isUnit: fc.boolean(), up: fc.nat(2) }), { minLength: 1, maxLength: most })
    .chain((shape) => {
      const ids = shape.map((_, place) => `n${place}`);
      const parents: (string | null)[] = [];
      const path: string[] = [];
      for (const [place, { isUnit, up }] of shape.entries()) {
        path.length = Math.min(path.length, up);
        parents.push(path.at(-1) ?? null);
        if (isUnit) path.push(`n${place}`);
      }
      // Only lessons are chosen.
      const holdsUnits = (place: number) => shape.some(({ isUnit }, each) => isUnit && parents[each] === `n${place}`);
      const inside = (place: number) => {
        const above: string[] = [];
        for (let at: string | null = parents[place] ?? null; at !== null; at = parents[Number(at.slice(1))] ?? null) {
          above.push(at);
        }
        return above;
      };
      return fc.tuple(
        ...shape.map(({ isUnit }, place): fc.Arbitrary<Input> => {
          const others = ids.slice(0, place).filter((id) => !inside(place).includes(id));
          const common = {
            id: fc.constant(`n${place}`),
            parent: fc.constant(parents[place] ?? null),
            title: fc.constant(`Node ${place}`),
            weight,
            hidden: fc.boolean().map((is) => is && place % 4 === 3),
            required: fc.boolean().map((is) => is || place % 3 !== 0),
            cohorts: fc.constantFrom([], [], [], ['spring']),
            opens: fc
              .option(
                opening(
                  others,
                  others.filter((id) => !shape[Number(id.slice(1))]?.isUnit),
                ),
                { freq: 2 },
              )
              .map((opens) => (place % 2 ? opens : null)),
          };
          return isUnit
            ? fc.record({
                ...common,
                type: fc.constant('unit'),
                choose: holdsUnits(place) ? fc.constant(null) : fc.option(fc.integer({ min: 1, max: 3 }), { freq: 2 }),
              })
            : fc.record({
                ...common,
                type: fc.constant('lesson'),
                kind: fc.constant('video'),
                video: fc.constant({ provider: 'file', url: 'https://media.example/a.mp4', lengthMs: 60_000 }),
                done: fc.option(rule, { freq: 4 }),
              });
        }),
      );
    })
    .map((nodes) => nodes.map((node) => CourseNode.parse(node)));

/** A random curriculum. */
export const aCurriculum = (most = 12): fc.Arbitrary<Curriculum> =>
  fc
    .record({ nodes: aTree(most), sequential: fc.boolean() })
    .map(({ nodes, sequential }) => curriculumOf({ courseId: 'course', version: 1, sequential, nodes }));

/** Whom things are counted for. */
export const aCohort = fc.constantFrom('spring', 'autumn', null);

/** What may be known of a learner in a lesson. */
export const aState: fc.Arbitrary<LessonState> = fc.record({
  viewed: fc.boolean(),
  spentMs: fc.nat(90_000),
  watched: fc.oneof(
    fc.constant([]),
    fc.integer({ min: 1, max: 60_000 }).map((to) => [[0, to] as const]),
    fc.constant([[0, 20_000] as const, [40_000, 60_000] as const]),
  ),
  score: fc.option(fc.nat(100), { freq: 2 }),
  submitted: fc.boolean(),
  checked: fc.boolean(),
  signedOff: fc.boolean(),
  credited: fc.constant(false),
  happened: fc.constantFrom([], ['seen']),
});

/** The states of some lessons of a curriculum. */
export const someStates = ({ lessons }: Curriculum): fc.Arbitrary<Map<string, LessonState>> =>
  fc
    .array(fc.option(aState, { freq: 3 }), { minLength: lessons.length, maxLength: lessons.length })
    .map((states) => new Map(lessons.flatMap(({ id }, place) => (states[place] ? [[id, states[place]]] : []))));

/** Everything done that can be. */
export const perfect: LessonState = {
  ...untouched,
  viewed: true,
  spentMs: 86_400_000,
  watched: [[0, 86_400_000]],
  score: 100,
  submitted: true,
  checked: true,
  signedOff: true,
  happened: ['seen'],
};
