import { slugOf } from '../forms/slug.ts';
import type { CourseNode, Draft } from './node.ts';

const most = 64;

/** A slug nothing else has: of the words given, else `fallback`; with a number after it where it is taken. */
export function freeSlug(words: string, taken: ReadonlySet<string>, fallback: string): string {
  const stem = slugOf(words) || fallback;
  if (!taken.has(stem) && !looksLikeId(stem)) return stem;
  for (let number = 2; ; number += 1) {
    const end = `-${number}`;
    const slug = stem.slice(0, most - end.length).replace(/-$/, '') + end;
    if (!taken.has(slug)) return slug;
  }
}

/** A UUID would be taken for an id of the server's own. */
const looksLikeId = (slug: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(slug);

/** The ids that something new may not be given, by a draft as the API has it. */
export const usedBy = ({ nodes, retired }: Pick<Draft, 'nodes' | 'retired'>): Set<string> =>
  idsOf([...nodes, ...retired]);

/** The ids that nodes have. */
export const idsOf = (nodes: readonly Pick<CourseNode, 'id'>[]): Set<string> => new Set(nodes.map(({ id }) => id));
