import { quietly } from '../quietly.ts';
import type { CourseNode } from './node.ts';
import type { Nodes } from './tree.ts';

/** A draft that is not saved yet, with what it was made from. */
export interface Kept {
  revision: number;
  base: CourseNode[];
  nodes: CourseNode[];
}

const nameOf = (course: string) => `laurel:draft:${course}`;

/** Keeps what is not saved on this device, so that it outlives the page; `null` once all is saved. */
export function keepDraft(course: string, kept: { revision: number; base: Nodes; nodes: Nodes } | null): void {
  quietly(() => {
    if (kept) localStorage.setItem(nameOf(course), JSON.stringify(kept));
    else localStorage.removeItem(nameOf(course));
  });
}

/** What was kept, if anything was. */
export const keptDraft = (course: string): Kept | null =>
  quietly(() => {
    const kept = JSON.parse(localStorage.getItem(nameOf(course)) ?? 'null') as Kept | null;
    return kept && Array.isArray(kept.nodes) && Array.isArray(kept.base) ? kept : null;
  }) ?? null;
