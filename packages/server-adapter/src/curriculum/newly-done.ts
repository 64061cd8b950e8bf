import { mayCount } from './availability.ts';
import { completionOf } from './completion.ts';
import type { Change } from './finish.ts';
import type { Learner } from './learner.ts';
import { type LessonState, untouched } from './lesson-state.ts';
import { reckon } from './reckon.ts';
import { awaitedBy, waitersOf } from './waiting.ts';
import { weigh } from './weigh.ts';

/** Whether the rule of a lesson is met in any version the learner was ever pinned to. */
export const isMet = ({ pinned }: Pick<Learner, 'pinned'>, lesson: string, state: LessonState): boolean =>
  pinned.some((version) => {
    const node = version.node(lesson);
    return node?.type === 'lesson' && completionOf(node, state).met;
  });

/** What is kept of nodes beside those that something arrived of. */
export interface Around {
  states: ReadonlyMap<string, LessonState>;
  /** Lessons and units. */
  done: ReadonlySet<string>;
}

/** Nothing is known of anything else. */
export const nothingAround: Around = { states: new Map(), done: new Set() };

/** What arrived of a learner, for what may be newly done by it. */
export interface Arriving {
  learner: Learner;
  /** Lessons with what arrived. */
  states: ReadonlyMap<string, LessonState>;
  /** Those of them that have another score: what waits for a score may open. */
  scored: readonly string[];
  /** Of these lessons, those that are done, and the units above them. */
  done: ReadonlySet<string>;
  units: ReadonlyMap<string, KeptUnit>;
}

const metIn = ({ learner, states, done }: Arriving): string[] =>
  [...states].filter(([lesson, state]) => !done.has(lesson) && isMet(learner, lesson, state)).map(([lesson]) => lesson);

/** What to know before `newlyDone` can tell: what the lessons wait for whose rule is met, and what waits for them. */
export function askedFor(arriving: Arriving): Set<string> {
  const { learner, scored, units } = arriving;
  const met = metIn(arriving);
  const { newly } = addUp(learner, met, units, new Set());
  return new Set([...awaitedBy(learner, met), ...waitersOf(learner, [...newly, ...scored])]);
}

/**
 * The lessons that are newly done by what arrived, in page order. `null` where others follow them, since what they waited for is
 * done: then all states decide.
 */
export function newlyDone(arriving: Arriving, around: Around): string[] | null {
  const { learner, states, scored, units } = arriving;
  const { pinned, cohort } = learner;
  const done = new Set([...around.done, ...arriving.done]);
  const known = new Map([...around.states, ...states]);
  const scores = new Map([...known].flatMap(([id, { score }]) => (score === null ? [] : [[id, score] as const])));
  const lessons = metIn(arriving).filter((lesson) =>
    pinned.some((version) => {
      const node = version.node(lesson);
      if (node?.type !== 'lesson' || !completionOf(node, states.get(lesson) ?? untouched).met) return false;
      return mayCount(version, lesson, { cohort, done, scores });
    }),
  );
  const { newly } = addUp(learner, lessons, units, new Set());
  const follow = [...waitersOf(learner, [...newly, ...scored])].some(
    (id) => !done.has(id) && !lessons.includes(id) && isMet(learner, id, known.get(id) ?? untouched),
  );
  return follow ? null : inPageOrder(learner, lessons);
}

const inPageOrder = ({ current }: Learner, lessons: readonly string[]): string[] => {
  if (lessons.length < 2) return [...lessons];
  const place = new Map(current.lessons.map(({ id }, index) => [id, index]));
  return [...lessons].sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
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
