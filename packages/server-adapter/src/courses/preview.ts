import type { Curriculum } from '../curriculum/curriculum.ts';
import { curriculumOf } from '../curriculum/curriculum.ts';
import { draftFaults } from '../curriculum/faults/draft-faults.ts';
import { type CourseRow, findCourse } from '../curriculum/find-course.ts';
import type { Curricula } from '../curriculum/kept-curricula.ts';
import { readDraft, type StoredDraft } from '../curriculum/read-draft.ts';
import { percentOf } from '../curriculum/weigh.ts';
import type { Database } from '../db/database.ts';
import type { Handlers } from '../handlers.ts';
import { differenceOf } from './difference.ts';
import { foresee } from './foresee.ts';
import { lackingOf } from './lacking.ts';
import { refuse } from './settings.ts';

/**
 * A draft as the next version of its course.
 * @throws LaurelProblem course_invalid where it has faults
 */
export function nextVersion(
  { id, sequential, version }: CourseRow,
  { nodes, cohorts, former }: StoredDraft,
): Curriculum {
  const faults = draftFaults({ nodes, sequential, cohorts, former });
  refuse(faults.map(({ pointer, detail }) => ({ pointer: `#${pointer}`, detail })));
  return curriculumOf({ courseId: id, version: (version ?? 0) + 1, sequential, nodes });
}

/** The version that new learners get now. */
export const currentCurriculum = async (
  database: Database,
  curricula: Curricula,
  { id, version }: Pick<CourseRow, 'id' | 'version'>,
): Promise<Curriculum | null> => (version === null ? null : curricula.of(database, id, version));

/** What publishing the draft would do to those who are learning, reckoned learner by learner. */
export const preview =
  (curricula: Curricula): Handlers<'courses'>['preview'] =>
  async ({ course: reference }, { database, caller }) => {
    const course = await findCourse(database, reference, caller);
    const draft = await readDraft(database, course.id);
    const next = nextVersion(course, draft);
    const former = await currentCurriculum(database, curricula, course);
    const learning = await database.query<{ id: string }>(
      `select id from ${database.schema}.enrolment where course_id = $1 and state = 'active' order by id`,
      [course.id],
    );
    const moves = { fall: 0, rise: 0, stay: 0 };
    const missing = new Map<string, number>();
    let fallBelowDone = 0;
    const ids = learning.map(({ id }) => id);
    for await (const slice of foresee(database, curricula, next, ids)) {
      for (const { learner, standing, wasDone } of slice) {
        const before = percentOf(learner.earned, learner.total);
        const after = percentOf(standing.earned, standing.total);
        moves[after < before ? 'fall' : after > before ? 'rise' : 'stay']++;
        if (!wasDone || after === 100) continue;
        fallBelowDone++;
        for (const { id } of lackingOf(next, learner.cohort, standing.done))
          missing.set(id, (missing.get(id) ?? 0) + 1);
      }
    }
    const difference = differenceOf(former?.nodes ?? [], next.nodes);
    return {
      revision: draft.revision,
      ...difference,
      returned: difference.added.filter((id) => draft.former.has(id)),
      learners: ids.length,
      fallBelowDone,
      ...moves,
      missing: next.lessons.flatMap(({ id, title }) => {
        const learners = missing.get(id);
        return learners === undefined ? [] : [{ lesson: id, title, learners }];
      }),
    };
  };
