import type { Kit } from '../kit.ts';
import type { Speech } from './speech.ts';
import type { Lock, Node } from './state.ts';
import type { LearningKey } from './words.ts';

function sentence({ cleanName }: Kit, lock: Lock, { say, date }: Speech<LearningKey>): string {
  const title = cleanName(lock.title ?? '');
  if (lock.kind === 'score') return say('opensScore', { n: lock.atLeast ?? 0, title });
  if (lock.kind === 'completed' || lock.kind === 'sequence') return say('opensAfter', { title });
  if (lock.kind === 'date' && lock.opensAt) return say('opensOn', { date: date(lock.opensAt) });
  return say(`lock_${lock.kind}` as LearningKey);
}

/** Why a node is locked and when it opens; `''` where it is not. */
export function lockWords(kit: Kit, node: Node, speech: Speech<LearningKey>): string {
  if (node.state !== 'locked') return '';
  // That one has to enrol is said once, beside the way in.
  const own = node.locks.filter(({ kind }) => kind !== 'not_enrolled');
  if (own.length === 0 && node.locks.length > 0) return '';
  const all = own.map((lock) => sentence(kit, lock, speech));
  if (node.opensAt && !node.locks.some(({ kind }) => kind === 'date')) {
    all.push(speech.say('opensOn', { date: speech.date(node.opensAt) }));
  }
  return [...new Set(all)].join(' · ') || speech.say('state_locked');
}
