import type { Kit } from '../kit.ts';
import type { Drawn } from '../views/kind.ts';
import { focusLater, rootOf } from './focus.ts';
import { joinForm } from './join-form.ts';
import type { ContestStore, Mine, View } from './state.ts';

/** What is to be confirmed before somebody takes part. */
const asked = (missing: Mine['missing']) => missing.some((each) => each !== 'email');

/** One button for strangers: to where the host signs people up, or told to the page as an event. */
function strangersWay({ h, Link, emit, safeUrl }: Kit, program: string, { read, language: { say } }: Drawn) {
  const href = safeUrl(read('join-url'), /^https?:$/);
  const button = {
    class: 'button primary',
    part: 'join',
    onClick(event: MouseEvent) {
      if (!emit(event.currentTarget as Element, 'join', { program })) event.preventDefault();
    },
  };
  return h(
    'div',
    { class: 'panel way' },
    h('p', { class: 'small' }, say('signedOut')),
    href ? h(Link, { href, ...button }, say('takePart')) : h('button', { type: 'button', ...button }, say('takePart')),
  );
}

/** How to take part: for strangers the way in; then what the rules ask; then what was said, and how to change it. */
export function joining(kit: Kit, store: ContestStore, drawn: Drawn) {
  const { h } = kit;
  const { say } = drawn.language;
  const { view, changing } = store.state.value;
  const { contest, me } = view as View;
  if (!me) return strangersWay(kit, contest.program, drawn);
  const offered = contest.kind === 'waitlist' || contest.names === 'opt_in';
  if (asked(me.missing) || changing || (offered && !me.joined)) return joinForm(kit, store, drawn);
  const answers = [
    me.joined && say('joinedAlready'),
    me.joined && contest.names === 'opt_in' && say(me.showName ? 'nameOn' : 'nameOff'),
  ].filter(Boolean);
  return [
    me.missing.includes('email') && h('p', { key: 'email', class: 'note small' }, h('span', null, say('emailMissing'))),
    answers.length > 0 &&
      h(
        'p',
        { key: 'joined', class: 'small muted joined', tabIndex: -1 },
        answers.join(' '),
        ' ',
        h(
          'button',
          {
            type: 'button',
            class: 'textual',
            onClick: ({ currentTarget }: MouseEvent) => {
              focusLater(rootOf(currentTarget as Element), '.joins select, .joins input');
              store.set({ changing: true });
            },
          },
          say('changeJoining'),
        ),
      ),
  ];
}
