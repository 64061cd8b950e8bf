import type { migrationChoices } from '@laurelkit/sdk/contract';
import type { Curriculum } from '../curriculum/curriculum.ts';
import type { Curricula } from '../curriculum/kept-curricula.ts';
import { repin } from '../curriculum/repin.ts';
import type { Database } from '../db/database.ts';
import { letOthersIn } from '../let-others-in.ts';
import { creditNew } from './credit.ts';
import { slicesOf } from './foresee.ts';

/** What becomes of those who learn, and who says so. */
export interface Migration {
  choice: (typeof migrationChoices)[number];
  actor: string;
  reason: string | null;
  now: Date | null;
  channel: string;
}

const holdSql = (schema: string) => `
select id from ${schema}.enrolment where course_id = $1 and state in ('active', 'waiting', 'unpaid')
order by id for no key update`;

/**
 * Keeps the progress of those who learn or are about to as it is until the transaction ends, in the order of their ids.
 * @returns the ids of their enrolments
 */
export async function holdLearners({ query, schema }: Database, courseId: string): Promise<string[]> {
  const rows = await query<{ id: string }>(holdSql(schema), [courseId]);
  return rows.map(({ id }) => id);
}

/**
 * Moves learners who are held to a version, as `choice` says, in the caller's transaction. By the slice, so that no statement
 * takes long, however many they are.
 */
export async function migrate(
  database: Database,
  curricula: Curricula,
  next: Curriculum,
  enrolments: readonly string[],
  { choice, ...by }: Migration,
): Promise<void> {
  const known = knowing(next, curricula);
  if (choice === 'credit') await creditNew(database, curricula, next, { enrolments, ...by });
  for (const slice of slicesOf(enrolments)) {
    await repin(database, { enrolments: slice, version: next.version, curricula: known, ...by });
    await letOthersIn();
  }
}

/** The house's memory and a version that is not kept there before the transaction is. */
const knowing = (next: Curriculum, curricula: Curricula): Curricula => ({
  of: async (database, courseId, version) =>
    courseId === next.courseId && version === next.version ? next : curricula.of(database, courseId, version),
});
