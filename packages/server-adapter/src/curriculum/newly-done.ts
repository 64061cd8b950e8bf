import { mayCount, prerequisitesOf } from './availability.ts';
import { completionOf } from './completion.ts';
import type { Curriculum } from './curriculum.ts';
import type { Change } from './finish.ts';
import type { Learner } from './learner.ts';
import type { LessonState } from './lesson-state.ts';
import { reckon } from './reckon.ts';
import { weigh } from './weigh.ts';

const kept = new WeakMap<Curriculum, Map<string | null, boolean>>();

/** Whether anything in a version waits for something else to be done, for learners of a cohort. */
function hasPrerequisites(curriculum: Curriculum, cohort: string | null): boolean {
  const byCohort = kept.get(curriculum) ?? new Map<string | null, boolean>();
  kept.set(curriculum, byCohort);
  const known = byCohort.get(cohort);
  if (known !== undefined) return known;
  const found = curriculum.lessons.some((lesson) => prerequisitesOf(curriculum, lesson, cohort).length > 0);
  byCohort.set(cohort, found);
  return found;
}

/** Whether what is done in one lesson can let another count: then all states decide, not only those that changed. */
export const isEntangled = ({ pinned, cohort }: Pick<Learner, 'pinned' | 'cohort'>): boolean =>
  pinned.some((version) => hasPrerequisites(version, cohort));

/** Whether the rule of a lesson is met in any version the learner was ever pinned to. */
export const isMet = ({ pinned }: Pick<Learner, 'pinned'>, lesson: string, state: LessonState): boolean =>
  pinned.some((version) => {
    const node = version.node(lesson);
    return node?.type === 'lesson' && completionOf(node, state).met;
  });

/** Whether a lesson is done where nothing waits for anything else: its rule is met in a version in which it is for the learner. */
export const isDoneAlone = ({ pinned, cohort }: Learner, lesson: string, state: LessonState): boolean => {
  const nothing = { cohort, done: new Set<string>(), scores: new Map<string, number>() };
  return pinned.some((version) => {
    const node = version.node(lesson);
    return node?.type === 'lesson' && completionOf(node, state).met && mayCount(version, lesson, nothing);
  });
};

/** What is kept of a unit. */
export interface KeptUnit {
  earned: number;
  done: boolean;
}

/**
 * What changes when these lessons are newly done: their units are added to every unit above, cut off at what each counts.
 * @param units - what is kept of the units above them
 */
export function addUp(
  learner: Learner,
  lessons: readonly string[],
  units: ReadonlyMap<string, KeptUnit>,
  suspects: ReadonlySet<string>,
): Change {
  const { current, cohort } = learner;
  const weights = weigh(current, cohort);
  const now = new Map<string, number>();
  let { earned } = learner;
  for (const lesson of lessons) {
    let more = weights.ofLesson(lesson);
    for (const { id } of current.unitsOf(lesson)) {
      if (more === 0) break;
      const before = now.get(id) ?? units.get(id)?.earned ?? 0;
      const after = Math.min(before + more, weights.ofUnit(id));
      now.set(id, after);
      more = after - before;
    }
    earned += more;
  }
  const moved = [...now].map(([unit, each]) => ({
    unit,
    earned: each,
    done: each === weights.ofUnit(unit) && units.get(unit)?.done !== true,
  }));
  return {
    learner,
    lessons,
    units: moved,
    newly: [...lessons, ...moved.filter(({ done }) => done).map(({ unit }) => unit)],
    earned,
    total: weights.total,
    completed: earned === weights.total && weights.total > 0 && learner.completedAt === null,
    suspects,
  };
}

/** What is kept of a learner in a course. */
export interface KeptStanding {
  states: ReadonlyMap<string, LessonState>;
  doneLessons: ReadonlySet<string>;
  units: ReadonlyMap<string, KeptUnit>;
}

/** What is newly done and what changes by it, from everything that is kept of a learner. Nothing that was done is taken back. */
export function reckonAnew(
  learner: Learner,
  { states, doneLessons, units }: KeptStanding,
  suspects: ReadonlySet<string>,
): Change {
  const { current, pinned, cohort } = learner;
  const doneUnits = [...units].filter(([, { done }]) => done).map(([unit]) => unit);
  const before = new Set([...doneLessons, ...doneUnits]);
  const standing = reckon({ current, versions: pinned, cohort, states, doneUnits: before });
  const newly = [...standing.done].filter((id) => !before.has(id));
  const isUnit = (id: string) => standing.unitEarned.has(id);
  return {
    learner,
    lessons: newly.filter((id) => !isUnit(id)),
    newly,
    units: [...standing.unitEarned]
      .map(([unit, earned]) => ({ unit, earned, done: newly.includes(unit) }))
      .filter(({ unit, earned, done }) => done || earned !== (units.get(unit)?.earned ?? 0)),
    earned: standing.earned,
    total: standing.total,
    completed: standing.earned === standing.total && standing.total > 0 && learner.completedAt === null,
    suspects,
  };
}
