import type { Kit } from '../kit.ts';
import type { Program, Referral } from '../stores/referral.ts';
import type { Drawn } from '../views/kind.ts';
import { confirm } from './confirm.ts';
import { signupForm } from './form.ts';
import { setState, stateOf } from './state.ts';
import { tokenHere } from './token.ts';

export { style } from './style.ts';
export { words as english } from './words.ts';

/** How a stranger joins an open programme: a form, then a message to confirm the address by. */
export function signup(kit: Kit, card: Referral, program: Program, drawn: Drawn) {
  const { h } = kit;
  const { say } = drawn.language;
  const token = tokenHere();
  const known = stateOf(card);
  // Not while the card is being drawn.
  if (token && !known) setTimeout(() => confirm(kit, card, program, token, drawn));
  const state = known ?? { step: token ? 'confirming' : 'form', email: '', problem: null };
  const entering = state.step === 'in' && state.seen === card.state.value.view;
  if (state.step === 'confirming' || entering) {
    return h('p', { class: 'note step', role: 'status', 'aria-busy': true }, say('confirming'));
  }
  if (state.step === 'again') {
    return h(
      'div',
      { class: 'form step' },
      h('p', { class: 'note', part: 'error' }, state.problem?.text),
      h(
        'button',
        {
          type: 'button',
          class: 'button primary',
          onClick: () => (token ? confirm(kit, card, program, token, drawn) : setState(card, { step: 'form' })),
        },
        say('tryAgain'),
      ),
    );
  }
  if (state.step !== 'sent') return signupForm(kit, card, program, state, drawn);
  return h(
    'div',
    { class: 'form step sent', tabIndex: -1 },
    h('b', { class: 'sub' }, say('sentTitle')),
    h('p', null, say('sentText', { email: state.email })),
    h('p', { class: 'muted small' }, say('sentHint')),
    h(
      'button',
      { type: 'button', class: 'button quiet', onClick: () => setState(card, { step: 'form' }) },
      say('otherAddress'),
    ),
  );
}
