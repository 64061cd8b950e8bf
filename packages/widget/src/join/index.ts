import type { VNode } from 'preact';
import type { Kit } from '../kit.ts';
import type { Program, Referral } from '../stores/referral.ts';
import type { Drawn } from '../views/kind.ts';

export { style } from './style.ts';
export { words as english } from './words.ts';

/** One button: to where the host signs people up, or told to the page as an event. */
function hostsWay({ h, Link, emit, safeUrl }: Kit, program: string, { read, language: { say } }: Drawn) {
  const href = safeUrl(read('join-url'), /^https?:$/);
  const button = {
    class: 'button primary',
    part: 'join',
    onClick(event: MouseEvent) {
      if (!emit(event.currentTarget as Element, 'join', { program })) event.preventDefault();
    },
  };
  return href ? h(Link, { href, ...button }, say('join')) : h('button', { type: 'button', ...button }, say('join'));
}

/**
 * The card of a stranger: what there is to get and one way to get it, a form where the programme is open. The host may
 * say more in the default slot. `undefined` until the form is there.
 */
export function join(kit: Kit, store: Referral, program: Program, title: VNode, drawn: Drawn) {
  const { h } = kit;
  const { slug, archivedAt, joining } = program;
  const { read, language } = drawn;
  const { say } = language;
  const open = joining === 'open' && !archivedAt && read('join-url') === undefined;
  const form = open ? kit.chunk('signup') : null;
  if (form === undefined) return undefined;
  const back = kit.session.own.value && kit.chunk('settings')?.returning(kit, store, program, drawn);
  if (back) return h('div', { class: 'stranger' }, h('div', { class: 'head' }, title), back);
  const way = form ? form.signup(kit, store, program, drawn) : hostsWay(kit, slug, drawn);
  const steps = (['step1', 'step2', 'step3'] as const).map((step) => h('li', { key: step }, say(step)));
  return h(
    'div',
    { class: 'stranger' },
    h('div', { class: 'head' }, title, h('slot', null), archivedAt && h('p', { class: 'muted' }, say('archived'))),
    !archivedAt && h('ol', { class: 'steps' }, steps),
    !archivedAt && way,
  );
}
