import type { contract, Output } from '@laurelkit/sdk/contract';
import { instantOf } from '../clock.ts';
import { draftFaults } from '../curriculum/faults/draft-faults.ts';
import { type CourseRow, findCourse } from '../curriculum/find-course.ts';
import { readDraft } from '../curriculum/read-draft.ts';
import type { Database } from '../db/database.ts';
import type { Handlers } from '../handlers.ts';
import { LaurelProblem } from '../problem.ts';

/** The curriculum as it is being written: kept whatever faults it has, and never by two at once. */
export const drafts: Pick<Handlers<'courses'>, 'draft' | 'saveDraft'> = {
  draft: async ({ course }, { database, caller }) => answer(database, await findCourse(database, course, caller)),

  saveDraft: async ({ course: reference, revision, nodes }, context) =>
    context.transaction(async ({ database }) => {
      const course = await findCourse(database, reference, context.caller);
      const saved = await database.kysely
        .updateTable('course')
        .set({ draft: JSON.stringify(nodes), draft_revision: revision + 1, draft_at: instantOf(context) })
        .where('id', '=', course.id)
        .where('draft_revision', '=', revision)
        .returning('id')
        .executeTakeFirst();
      if (!saved) throw draftConflict();
      return answer(database, course);
    }),
};

/** Somebody else was faster. */
export const draftConflict = () =>
  new LaurelProblem(
    'draft_conflict',
    'The draft was changed or published since this revision: read it again, and make your change from there.',
  );

async function answer(
  database: Database,
  { id, slug, sequential }: CourseRow,
): Promise<Output<typeof contract.courses.draft>> {
  const { nodes, revision, updatedAt, cohorts, former } = await readDraft(database, id);
  const ids = new Set(nodes.map((node) => node.id));
  return {
    ...{ course: slug, revision, nodes },
    faults: draftFaults({ nodes, sequential, cohorts, former }),
    retired: [...former].filter(([each]) => !ids.has(each)).map(([each, type]) => ({ id: each, type })),
    updatedAt: updatedAt.toISOString(),
  };
}
