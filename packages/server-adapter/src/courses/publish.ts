import { hint } from '../bus.ts';
import type { Curriculum } from '../curriculum/curriculum.ts';
import { findCourse } from '../curriculum/find-course.ts';
import type { Curricula } from '../curriculum/kept-curricula.ts';
import { readDraft } from '../curriculum/read-draft.ts';
import type { Database } from '../db/database.ts';
import type { Handlers } from '../handlers.ts';
import { actorOf } from '../http/caller.ts';
import { LaurelProblem } from '../problem.ts';
import { isSame } from './difference.ts';
import { draftConflict } from './drafts.ts';
import { holdLearners, migrate } from './migrate.ts';
import { currentCurriculum, nextVersion } from './preview.ts';
import { keepSearch, publicLessons } from './search.ts';
import { type VersionRow, versionAnswer } from './versions.ts';

/** One of those who publish a draft wins: the others find another revision or version. */
const advanceSql = (schema: string) => `
with advanced as (
  update ${schema}.course set version = $2, lessons = $3, minutes = $4,
    state = case when state = 'draft' then 'published' else state end, updated_at = coalesce($10::timestamptz, now())
  where id = $1 and draft_revision = $5 and coalesce(version, 0) = $2 - 1 and sequential = $6
  returning id
)
insert into ${schema}.course_version (course_id, version, nodes, sequential, lessons, note, actor, published_at)
select id, $2, $7::jsonb, $6, $3, $8, $9, coalesce($10::timestamptz, now()) from advanced
returning version, note, lessons, published_at`;

/**
 * Publishes a draft as the next version and moves those who learn, all in one transaction. The course is held first, so that
 * nobody enrols by the version before, then the enrolments.
 */
export const publish =
  (curricula: Curricula, channel: string): Handlers<'courses'>['publish'] =>
  ({ course: reference, revision, learners: choice, note }, context) =>
    context.transaction(async ({ database, emit }) => {
      const course = await findCourse(database, reference, context.caller);
      const draft = await readDraft(database, course.id);
      if (draft.revision !== revision) throw draftConflict();
      const next = nextVersion(course, draft);
      assertNew(await currentCurriculum(database, curricula, course), next);

      const by = { actor: actorOf(context.caller), reason: note, now: context.now, channel };
      const version = await advance(database, next, revision, by);
      if (!version) throw draftConflict();
      await keepSearch(database, course.id, next);
      if (choice !== 'keep') {
        const enrolments = await holdLearners(database, course.id);
        await migrate(database, curricula, next, enrolments, { choice, ...by });
      }
      await emit('course.published', { course: course.id, version: next.version });
      await hint(database, channel, { cohorts: [course.id] });
      return versionAnswer(database, course, version);
    });

/** Writes the next version down; nothing, where the draft or the course is not what it was any more. */
async function advance(
  { query, schema }: Database,
  next: Curriculum,
  revision: number,
  { actor, reason, now }: { actor: string; reason: string | null; now: Date | null },
): Promise<VersionRow | undefined> {
  const lessons = publicLessons(next);
  const minutes = lessons.reduce((sum, each) => sum + (each.minutes ?? 0), 0);
  const [row] = await query<VersionRow>(advanceSql(schema), [
    ...[next.courseId, next.version, lessons.length, minutes, revision, next.sequential],
    ...[JSON.stringify(next.nodes), reason, actor, now],
  ]);
  return row;
}

function assertNew(former: Curriculum | null, next: Curriculum): void {
  if (!former || former.sequential !== next.sequential || !isSame(former.nodes, next.nodes)) return;
  throw new LaurelProblem(
    'course_invalid',
    `The draft says what version ${former.version} says already: there is nothing to publish.`,
    { errors: [{ pointer: '#/revision', detail: 'must be a draft that differs from the version before' }] },
  );
}
