import { canonicalJson } from '@laurelkit/sdk/draws';
import type { CourseNode } from '../db/course-tables.ts';

/** Ids of nodes by what became of them, in the order of the page. */
export interface Difference {
  added: string[];
  removed: string[];
  /** Those whose own fields are others; to stand elsewhere among the same siblings is none. */
  changed: string[];
}

/** What a curriculum has that another had not, and the other way round. */
export function differenceOf(former: readonly CourseNode[], next: readonly CourseNode[]): Difference {
  const before = new Map(former.map((node) => [node.id, canonicalJson(node)]));
  const after = new Set(next.map(({ id }) => id));
  return {
    added: next.filter(({ id }) => !before.has(id)).map(({ id }) => id),
    removed: former.filter(({ id }) => !after.has(id)).map(({ id }) => id),
    changed: next
      .filter((node) => before.has(node.id) && before.get(node.id) !== canonicalJson(node))
      .map(({ id }) => id),
  };
}

/** Whether two curricula are the same to the letter, their order too. */
export const isSame = (one: readonly CourseNode[], other: readonly CourseNode[]): boolean =>
  canonicalJson(one) === canonicalJson(other);
