import { mayCount } from './availability.ts';
import { completionOf } from './completion.ts';
import type { Curriculum } from './curriculum.ts';
import { type LessonState, untouched } from './lesson-state.ts';
import { weigh } from './weigh.ts';

/** All that decides how far a learner is. */
export interface Reckoned {
  /** The version they are pinned to. */
  current: Curriculum;
  /** All they were ever pinned to, this one too: a lesson that is done by the rule of one of them is done. */
  versions: readonly Curriculum[];
  cohort: string | null;
  states: ReadonlyMap<string, LessonState>;
  /** Units, and lessons, that were done before: they stay so. */
  doneUnits?: Iterable<string>;
}

/** How far a learner is. */
export interface Standing {
  /** Lessons and units that are done. */
  done: ReadonlySet<string>;
  /** What is earned in each unit, in whole units of the course. */
  unitEarned: ReadonlyMap<string, number>;
  earned: number;
  total: number;
}

/**
 * How far a learner is, from the states of their lessons alone: the least set of lessons such that each whose rule is met and
 * whose prerequisites are done, or that was credited, is in it. It does not depend on the order in which anything was done or arrived, and grows
 * with the states.
 */
export function reckon({ current, versions, cohort, states, doneUnits = [] }: Reckoned): Standing {
  const done = new Set(doneUnits);
  const scores = new Map([...states].flatMap(([id, { score }]) => (score === null ? [] : [[id, score] as const])));
  const met = versions.flatMap((version) =>
    version.lessons
      .filter((lesson) => !done.has(lesson.id) && completionOf(lesson, states.get(lesson.id) ?? untouched).met)
      .map(({ id }) => ({ version, id })),
  );
  for (;;) {
    const before = done.size;
    for (const { version, id } of met) {
      // Credit is given whatever comes first.
      if (states.get(id)?.credited || mayCount(version, id, { cohort, done, scores })) done.add(id);
    }
    const sums = sumUp(current, cohort, done);
    for (const unit of sums.complete) done.add(unit);
    if (done.size === before) return { done, ...sums.earnings };
  }
}

/** What is earned by a set of lessons that are done, and the units that it completes. */
export function sumUp(curriculum: Curriculum, cohort: string | null, done: ReadonlySet<string>) {
  const weights = weigh(curriculum, cohort);
  const unitEarned = new Map<string, number>();
  const complete: string[] = [];
  const earnedIn = (parent: string | null): number => {
    let earned = 0;
    for (const node of curriculum.childrenOf(parent)) {
      if (node.type === 'lesson') {
        if (done.has(node.id)) earned += weights.ofLesson(node.id);
        continue;
      }
      const most = weights.ofUnit(node.id);
      const inside = Math.min(earnedIn(node.id), most);
      unitEarned.set(node.id, inside);
      if (most > 0 && inside === most) complete.push(node.id);
      earned += inside;
    }
    return earned;
  };
  const earned = earnedIn(null);
  return { complete, earnings: { unitEarned, earned, total: weights.total } };
}
