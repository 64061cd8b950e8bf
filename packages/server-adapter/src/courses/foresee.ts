import type { Curriculum } from '../curriculum/curriculum.ts';
import type { Curricula } from '../curriculum/kept-curricula.ts';
import { doneOf, type LearnerStates, readLearners } from '../curriculum/learner-states.ts';
import { reckon, type Standing } from '../curriculum/reckon.ts';
import type { Database } from '../db/database.ts';
import { letOthersIn } from '../let-others-in.ts';

/** A learner, and how far they would be by another curriculum. */
export interface Foreseen {
  learner: LearnerStates;
  standing: Standing;
  /** They have done all that counts by the version they are pinned to. */
  wasDone: boolean;
}

/** Learners read at once: their states are some hundred kilobytes. */
const sliceSize = 1000;

/** Lists by the slice. */
export function* slicesOf<Item>(items: readonly Item[], size = sliceSize): Generator<Item[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

/** How far learners would be by another curriculum, by the slice; requests are let in between. */
export async function* foresee(
  database: Database,
  curricula: Curricula,
  next: Curriculum,
  enrolments: readonly string[],
): AsyncGenerator<Foreseen[]> {
  for (const slice of slicesOf(enrolments)) {
    const learners = await readLearners(database, slice);
    const former = new Map<number, Curriculum>();
    for (const version of new Set(learners.flatMap(({ versions }) => versions))) {
      former.set(version, await curricula.of(database, next.courseId, version));
    }
    yield learners.map((learner) => {
      const versions = [...learner.versions.flatMap((version) => former.get(version) ?? []), next];
      const { earned, total } = learner;
      return {
        learner,
        standing: reckon({ ...learner, current: next, versions, doneUnits: doneOf(learner) }),
        wasDone: total > 0 && earned === total,
      };
    });
    await letOthersIn();
  }
}
