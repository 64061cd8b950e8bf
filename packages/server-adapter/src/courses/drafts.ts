import type { contract, Output } from '@laurelkit/sdk/contract';
import { instantOf } from '../clock.ts';
import { draftFaults } from '../curriculum/faults/draft-faults.ts';
import { type CourseRow, findCourse } from '../curriculum/find-course.ts';
import type { CourseNode } from '../db/course-tables.ts';
import type { Database } from '../db/database.ts';
import type { Handlers } from '../handlers.ts';
import { LaurelProblem } from '../problem.ts';

type DraftAnswer = Output<typeof contract.courses.draft>;
type DraftRow = Pick<CourseRow, 'id' | 'slug' | 'sequential' | 'draft' | 'draft_revision' | 'draft_at'>;

/** Slugs of the cohorts of a course. */
export async function cohortSlugs({ query, schema }: Database, courseId: string): Promise<string[]> {
  const rows = await query<{ slug: string }>(
    `select slug from ${schema}.course_cohort where course_id = $1 order by slug`,
    [courseId],
  );
  return rows.map(({ slug }) => slug);
}

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
        .returning(['id', 'slug', 'sequential', 'draft_revision', 'draft_at'])
        .executeTakeFirst();
      if (!saved) throw draftConflict();
      return answer(database, { ...saved, draft: nodes });
    }),
};

/** Somebody else was faster. */
export const draftConflict = () =>
  new LaurelProblem(
    'draft_conflict',
    'The draft was changed or published since this revision: read it again, and make your change from there.',
  );

async function answer(database: Database, row: DraftRow): Promise<DraftAnswer> {
  const nodes: readonly CourseNode[] = row.draft;
  const cohorts = await cohortSlugs(database, row.id);
  return {
    course: row.slug,
    revision: row.draft_revision,
    nodes: [...nodes],
    faults: draftFaults({ nodes, sequential: row.sequential, cohorts }),
    updatedAt: row.draft_at.toISOString(),
  };
}
