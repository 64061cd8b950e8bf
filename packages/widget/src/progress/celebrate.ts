import type { LearningView } from '../learning/state.ts';
import { quietly } from '../quietly.ts';

const keyOf = ({ enrolment }: LearningView) => `laurel:finished:${enrolment?.id}`;

/** What each page has celebrated: it is not taken off the screen by the next drawing. */
const shown = new Set<string>();

/** Whether a course is done and this browser has not celebrated it yet; `true` for as long as the page is open. */
export function celebrates(view: LearningView): boolean {
  if (!view.progress?.completedAt) return false;
  const key = keyOf(view);
  if (shown.has(key)) return true;
  if (quietly(() => localStorage.getItem(key))) return false;
  return true;
}

/** Remembers the celebration; answers whether this is the first time. */
export function celebrated(view: LearningView): boolean {
  const key = keyOf(view);
  if (shown.has(key)) return false;
  shown.add(key);
  quietly(() => localStorage.setItem(key, '1'));
  return true;
}
