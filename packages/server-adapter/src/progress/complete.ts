import type { Context } from '../context.ts';
import { type LockReason, lockOf } from '../curriculum/availability.ts';
import { isChecked, isToCome, ruleOf } from '../curriculum/completion.ts';
import type { Curriculum } from '../curriculum/curriculum.ts';
import type { CourseRow, EnrolmentRow } from '../curriculum/find-course.ts';
import type { Curricula } from '../curriculum/kept-curricula.ts';
import { readKept } from '../curriculum/read-kept.ts';
import { isVisible } from '../curriculum/visible.ts';
import { isHost } from '../http/caller.ts';
import { LaurelProblem } from '../problem.ts';
import { situationOf } from './read-progress.ts';

/**
 * Whether somebody may say that a lesson is done, and whether it is done already.
 * @throws LaurelProblem lesson_not_found, lesson_locked, completion_not_allowed
 */
export async function checkCompletion(
  { database, caller, now }: Context,
  curricula: Curricula,
  course: CourseRow,
  enrolment: EnrolmentRow,
  lesson: string,
): Promise<{ at: Date; done: boolean }> {
  const kept = await readKept(database, enrolment.id, now);
  const curriculum = await curricula.of(database, course.id, kept.version);
  const node = curriculum.node(lesson);
  if (node?.type !== 'lesson' || !isVisible(curriculum, node, enrolment.cohort)) {
    throw new LaurelProblem('lesson_not_found', `The course has no lesson "${lesson}".`);
  }
  const done = kept.done.has(lesson);
  const { locks } = lockOf(curriculum, lesson, situationOf(course, enrolment, kept));
  const [reason] = locks;
  if (reason && !done) throw new LaurelProblem('lesson_locked', whyLocked(reason, curriculum));
  if (!isChecked(ruleOf(node), isHost(caller) ? 'staff' : 'learner')) {
    throw new LaurelProblem(
      'completion_not_allowed',
      'This lesson is done by what its rule asks for, not by saying so. "todo" of the lesson tells what is left.',
    );
  }
  if (!done && !isHost(caller) && isToCome(node, kept.at)) {
    throw new LaurelProblem(
      'lesson_locked',
      `It takes place at ${node.startsAt}. Say that it is done once it has begun.`,
    );
  }
  return { at: kept.at, done };
}

/** Why a lesson is locked, and what to do about it. */
function whyLocked({ kind, node, atLeast, opensAt }: LockReason, curriculum: Curriculum): string {
  const title = node === null ? '' : `"${curriculum.node(node)?.title ?? node}"`;
  switch (kind) {
    case 'completed':
    case 'sequence':
      return `Do ${title} first.`;
    case 'score':
      return `Reach at least ${atLeast} of 100 in ${title} first.`;
    case 'date':
      return opensAt ? `It opens at ${opensAt.toISOString()}.` : 'Nobody has said yet when it opens.';
    case 'cohort':
      return 'It is open to other cohorts only.';
    default:
      return 'It is closed to this learner.';
  }
}
