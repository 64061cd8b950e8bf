import type { Curriculum } from '../curriculum/curriculum.ts';
import { doesCount } from '../curriculum/visible.ts';
import type { CourseNode } from '../db/course-tables.ts';

/**
 * The lessons that somebody still has to do until a course is done, in the order of the page. Of lessons to choose from, as
 * many of the first as are wanting.
 */
export function lackingOf(curriculum: Curriculum, cohort: string | null, done: ReadonlySet<string>): CourseNode[] {
  const lacking = curriculum.lessons.filter((lesson) => !done.has(lesson.id) && doesCount(curriculum, lesson, cohort));
  const wanting = new Map<string, number>();
  for (const { id, choose } of curriculum.nodes) {
    if (choose === null) continue;
    const counting = curriculum.childrenOf(id).filter((each) => doesCount(curriculum, each, cohort));
    const has = counting.filter((each) => done.has(each.id)).length;
    wanting.set(id, Math.max(0, Math.min(choose, counting.length) - has));
  }
  return lacking.filter(({ parent }) => {
    const left = parent === null ? undefined : wanting.get(parent);
    if (parent === null || left === undefined) return true;
    wanting.set(parent, left - 1);
    return left > 0;
  });
}
