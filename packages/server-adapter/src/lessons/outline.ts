import type { Outline as OutlineSchema } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import { percentOfCourse } from '../curriculum/node-standing.ts';
import type { CourseNode } from '../db/course-tables.ts';
import { stateOf } from './node-state.ts';
import type { View } from './view.ts';

type Outline = z.output<typeof OutlineSchema>;

/** The course as a tree, with the states of who looks at it. What they do not see is not there. */
export function outlineOf(view: View): Outline {
  const { course, curriculum, enrolment } = view;
  return {
    course: course.slug,
    name: course.name,
    version: curriculum.version,
    enrolled: enrolment !== null,
    percent: enrolment ? percentOfCourse(view.kept, Number(enrolment.earned)) : 0,
    nodes: curriculum.nodes.filter(view.sees).map((node) => outlineNode(view, node)),
  };
}

function outlineNode(view: View, node: CourseNode): Outline['nodes'][number] {
  const { state, percent, locks, opensAt, completedAt } = stateOf(view, node);
  const { id, parent, type, title, summary, label, minutes, required, choose } = node;
  return {
    ...{ id, parent, type, title, summary, label, minutes, required, choose, state, percent, locks },
    kind: type === 'lesson' ? (node.kind ?? 'page') : null,
    opensAt: locks.length > 0 ? (opensAt?.toISOString() ?? null) : null,
    startsAt: instantText(node.startsAt),
    completedAt: completedAt?.toISOString() ?? null,
  };
}

/** An instant of an author, who may have written it with an offset, as UTC. */
export const instantText = (written: string | null): string | null =>
  written === null ? null : new Date(written).toISOString();
