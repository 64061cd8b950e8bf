import { prerequisitesOf } from './availability.ts';
import type { Curriculum } from './curriculum.ts';
import type { Learner } from './learner.ts';

/** What a learner goes by when it is asked what waits for what. */
type Goes = Pick<Learner, 'pinned' | 'cohort'>;

const kept = new WeakMap<Curriculum, Map<string | null, ReadonlyMap<string, readonly string[]>>>();

/** The lessons of a version that wait for each node, for learners of a cohort. */
function waitersIn(curriculum: Curriculum, cohort: string | null): ReadonlyMap<string, readonly string[]> {
  const byCohort = kept.get(curriculum) ?? new Map<string | null, ReadonlyMap<string, readonly string[]>>();
  kept.set(curriculum, byCohort);
  const known = byCohort.get(cohort);
  if (known) return known;
  const waiters = new Map<string, string[]>();
  for (const lesson of curriculum.lessons) {
    for (const awaited of new Set(prerequisitesOf(curriculum, lesson, cohort))) {
      const others = waiters.get(awaited);
      if (others) others.push(lesson.id);
      else waiters.set(awaited, [lesson.id]);
    }
  }
  byCohort.set(cohort, waiters);
  return waiters;
}

/** Whether anything in a version that a learner was ever pinned to waits for something else to be done. */
export const isEntangled = ({ pinned, cohort }: Goes): boolean =>
  pinned.some((version) => waitersIn(version, cohort).size > 0);

/** The lessons that wait for one of these nodes, in any version a learner was ever pinned to. */
export const waitersOf = ({ pinned, cohort }: Goes, nodes: Iterable<string>): Set<string> => {
  const all = [...nodes];
  return new Set(pinned.flatMap((version) => all.flatMap((id) => waitersIn(version, cohort).get(id) ?? [])));
};

/** The lessons and units that one of these lessons waits for, in any version a learner was ever pinned to. */
export const awaitedBy = ({ pinned, cohort }: Goes, lessons: readonly string[]): Set<string> =>
  new Set(
    pinned.flatMap((version) =>
      lessons.flatMap((id) => {
        const node = version.node(id);
        return node?.type === 'lesson' ? prerequisitesOf(version, node, cohort) : [];
      }),
    ),
  );
