import type { CourseNode } from './node.ts';
import type { CoursePen } from './pen.ts';

/** Changes fields of a node. `renew`: what is drawn of it is another now. */
export function edit(pen: CoursePen, id: string, changes: Partial<CourseNode>, renew = false): void {
  if (renew) pen.author.renew();
  pen.author.change(
    (pen.author.state.peek().nodes ?? []).map((node) => (node.id === id ? { ...node, ...changes } : node)),
  );
}
