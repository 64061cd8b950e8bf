import type { h as create, VNode } from 'preact';
import type { emit } from '../emit.ts';
import type { Link } from '../parts/link.tsx';
import type { safeUrl } from '../parts/safe-url.ts';
import type { Program } from '../stores/referral.ts';
import type { Drawn } from '../views/kind.ts';

export { style } from './style.ts';
export { words as english } from './words.ts';

/** What the card is drawn with: the Preact and the parts of the script, so that there is one of each. */
interface Kit {
  h: typeof create;
  Link: typeof Link;
  emit: typeof emit;
  safeUrl: typeof safeUrl;
}

/** The card of a stranger: what there is to get and one way to get it. The host may say more in the default slot. */
export function join(
  { h, Link, emit, safeUrl }: Kit,
  { slug, archivedAt }: Program,
  title: VNode,
  { read, language: { say } }: Drawn,
) {
  const href = safeUrl(read('join-url'), /^https?:$/);
  const button = {
    class: 'button primary',
    part: 'join',
    onClick(event: MouseEvent) {
      if (!emit(event.currentTarget as Element, 'join', { program: slug })) event.preventDefault();
    },
  };
  const way = href
    ? h(Link, { href, ...button }, say('join'))
    : h('button', { type: 'button', ...button }, say('join'));
  const steps = (['step1', 'step2', 'step3'] as const).map((step) => h('li', { key: step }, say(step)));
  return h(
    'div',
    { class: 'stranger' },
    h('div', { class: 'head' }, title, h('slot', null), archivedAt && h('p', { class: 'muted' }, say('archived'))),
    !archivedAt && h('ol', { class: 'steps' }, steps),
    !archivedAt && way,
  );
}
