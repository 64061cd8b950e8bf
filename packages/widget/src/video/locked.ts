import type { Api } from '@laurelkit/sdk/client';
import type { Kit } from '../kit.ts';
import type { Drawn } from '../views/kind.ts';
import { speech, type VideoKey } from './words.ts';

/** A node of the outline as the API answers it. */
export type OutlineNode = Awaited<ReturnType<Api['lessons']['outline']>>['nodes'][number];

/** Why a lesson cannot be watched yet, and when it can. */
export function locked({ h, cleanName }: Kit, node: OutlineNode | undefined, drawn: Drawn) {
  const { say } = speech(drawn.language.locale);
  const reasons = (node?.locks ?? []).flatMap(({ kind, title, atLeast, opensAt }) => {
    if (kind === 'date') return opensAt ? [say('opensAt', { date: drawn.language.date(opensAt, 'full') })] : [];
    if (kind === 'not_enrolled') return [say('notEnrolled')];
    return [say(`lock_${kind}` satisfies VideoKey, { title: cleanName(title ?? ''), score: atLeast ?? 0 })];
  });
  const opens = node?.opensAt && !node.locks.some(({ kind }) => kind === 'date') ? node.opensAt : null;
  if (opens) reasons.push(say('opensAt', { date: drawn.language.date(opens, 'full') }));
  return h(
    'section',
    { class: 'card small-card', part: 'card', 'aria-label': say('locked') },
    h(`h${drawn.heading}`, { class: 'title', part: 'title' }, h('bdi', null, cleanName(node?.title ?? say('locked')))),
    h(
      'div',
      { class: 'shut' },
      h('p', { class: 'strong' }, say('lockedText')),
      h(
        'ul',
        null,
        reasons.map((reason) => h('li', { key: reason, class: 'muted' }, reason)),
      ),
    ),
  );
}
