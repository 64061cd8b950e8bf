import type { Lock as LockSchema } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import { type LockReason, lockOf } from '../curriculum/availability.ts';
import type { CourseNode } from '../db/course-tables.ts';
import type { View } from './view.ts';

export type Lock = z.output<typeof LockSchema>;

/** What keeps a node from being begun; no locks where it is open. */
export interface Locked {
  locks: Lock[];
  opensAt: Date | null;
}

const open: Locked = { locks: [], opensAt: null };
const enrolFirst: Lock = { kind: 'not_enrolled', node: null, title: null, atLeast: null, opensAt: null };

/** What keeps a node locked for who looks at it. What is done stays open, and to staff everything is. */
export function locksOf(view: View, { id }: CourseNode): Locked {
  if (view.isStaff || view.situation.done.has(id)) return open;
  const { locks, opensAt } = lockOf(view.curriculum, id, view.situation);
  const told = once(locks.map((reason) => lockAnswer(view, reason)));
  return { locks: view.enrolment ? told : [enrolFirst, ...told], opensAt };
}

/** A unit's lock and its lesson's can be the same. */
const once = (locks: readonly Lock[]) => [...new Map(locks.map((lock) => [JSON.stringify(lock), lock])).values()];

function lockAnswer({ curriculum, sees }: View, { kind, node, atLeast, opensAt }: LockReason): Lock {
  const awaited = node === null ? undefined : curriculum.node(node);
  const isSeen = awaited !== undefined && sees(awaited);
  return {
    ...{ kind, atLeast },
    node: isSeen ? awaited.id : null,
    title: isSeen ? awaited.title : null,
    opensAt: opensAt?.toISOString() ?? null,
  };
}

/** Why something is locked and when it opens, in words. */
export function reasonsOf({ locks, opensAt }: Locked): string {
  const when = opensAt ? [`It opens at ${opensAt.toISOString()}.`] : [];
  return [...new Set([...locks.map(reasonOf), ...when])].filter((reason) => reason !== '').join(' ');
}

function reasonOf({ kind, title, atLeast, opensAt }: Lock): string {
  const what = title === null ? 'what comes before' : `"${title}"`;
  switch (kind) {
    case 'not_enrolled':
      return 'Enrol first.';
    case 'completed':
    case 'sequence':
      return `Finish ${what} first.`;
    case 'score':
      return `It takes a score of at least ${atLeast} in ${what}.`;
    case 'cohort':
      return 'It is for other cohorts.';
    case 'not':
      return 'It is closed by its own condition.';
    case 'date':
      return opensAt === null ? 'Nobody has said yet when it opens.' : `It opens at ${opensAt}.`;
  }
}
