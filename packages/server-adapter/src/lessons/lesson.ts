import type { Lesson as LessonSchema } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import { completionOf } from '../curriculum/completion.ts';
import { untouched } from '../curriculum/lesson-state.ts';
import type { CourseNode } from '../db/course-tables.ts';
import { LaurelProblem } from '../problem.ts';
import { reasonsOf } from './locks.ts';
import { stateOf } from './node-state.ts';
import { instantText } from './outline.ts';
import type { View } from './view.ts';

type Lesson = z.output<typeof LessonSchema>;

/** Reads the text of a lesson of a version into blocks. */
export type ReadText = (lesson: CourseNode) => Lesson['blocks'];

/**
 * A lesson to learn from, with how far the learner is.
 * @throws LaurelProblem lesson_not_found, lesson_locked
 */
export function lessonOf(view: View, id: string, readText: ReadText): Lesson {
  const node = view.curriculum.node(id);
  if (node?.type !== 'lesson' || !view.sees(node)) {
    throw new LaurelProblem('lesson_not_found', `The course has no lesson "${id}".`);
  }
  const { state, locks, opensAt, completedAt } = stateOf(view, node);
  if (locks.length > 0) throw new LaurelProblem('lesson_locked', reasonsOf({ locks, opensAt }));
  const known = view.states.get(id);
  return {
    course: view.course.slug,
    id,
    title: node.title,
    summary: node.summary,
    kind: node.kind ?? 'page',
    minutes: node.minutes,
    blocks: readText(node),
    video: node.video,
    url: node.url,
    startsAt: instantText(node.startsAt),
    endsAt: instantText(node.endsAt),
    todo: completedAt ? [] : todoOf(node, known),
    state,
    completedAt: completedAt?.toISOString() ?? null,
    positionMs: known?.positionMs ?? null,
    watched: (known?.watched ?? []).map(([from, to]) => [from, to]),
    ...neighbours(view, id),
  };
}

/** A score that is not there yet is as good as none. */
const todoOf = (node: CourseNode, state = untouched): Lesson['todo'] =>
  completionOf(node, state).todo.map((each) => ({ ...each, have: Math.max(0, each.have) }));

function neighbours(view: View, id: string): Pick<Lesson, 'previous' | 'next'> {
  const seen = view.curriculum.lessons.filter(view.sees);
  const at = seen.findIndex((lesson) => lesson.id === id);
  return { previous: seen[at - 1]?.id ?? null, next: seen[at + 1]?.id ?? null };
}
