import type { Kit } from '../kit.ts';
import type { Program, Referral } from '../stores/referral.ts';
import type { Drawn } from '../views/kind.ts';
import { send } from './send.ts';
import { problemAt, type SignupState, setState } from './state.ts';

const pattern = /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/;

/** Looks after what was typed; focus goes to the first field that is wrong, or to what was said after sending. */
async function submit(
  event: SubmitEvent,
  kit: Kit,
  card: Referral,
  program: Program,
  consentText: string,
  drawn: Drawn,
) {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  const root = form.getRootNode() as ShadowRoot;
  const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement;
  const email = field('email').value.trim();
  const displayName = field('name').value.trim();
  const wrong = (name: 'email' | 'consent', word: 'emailWrong' | 'consentNeeded') => {
    const text = drawn.language.say(word);
    setState(card, { problem: { field: name, text } });
    drawn.say(text);
    field(name).focus();
  };
  if (!pattern.test(email) || email.length > 254) return wrong('email', 'emailWrong');
  if (!field('consent').checked) return wrong('consent', 'consentNeeded');
  const where = await send(kit, card, program, { email, displayName, consentText }, drawn);
  if (where === 'consent') field('consent').checked = false;
  if (where) field(where).focus();
  else if (where === null) setTimeout(() => root.querySelector<HTMLElement>('.sent')?.focus());
}

/** The form: address, name, and agreement to the programme's own words. */
export function signupForm(kit: Kit, card: Referral, program: Program, state: SignupState, drawn: Drawn) {
  const { h, Link, safeUrl } = kit;
  const { say } = drawn.language;
  const { problem } = state;
  const busy = state.step === 'sending';
  const consentText = program.consentText ?? '';
  const terms = safeUrl(program.termsUrl, /^https?:$/);
  const about = (field: 'email' | 'name' | 'consent') => ({
    id: `signup-${field}`,
    name: field,
    'aria-invalid': problem?.field === field,
    'aria-describedby': `${field}-problem`,
  });
  const note = problem?.field === '' && h('p', { key: 'note', class: 'note small', part: 'error' }, problem.text);
  return h(
    'form',
    {
      class: 'form step',
      part: 'form',
      noValidate: true,
      'aria-busy': busy,
      onSubmit: (event: SubmitEvent) => {
        if (busy) event.preventDefault();
        else void submit(event, kit, card, program, consentText, drawn);
      },
    },
    // Where the reader is: at the top when the page has opened, at the button when it was pressed.
    !state.email && note,
    h('label', { for: 'signup-email' }, say('emailLabel')),
    h('input', {
      ...about('email'),
      class: 'input',
      type: 'email',
      autocomplete: 'email',
      inputMode: 'email',
      spellcheck: false,
      required: true,
      maxLength: 254,
      dir: 'ltr',
      defaultValue: state.email,
    }),
    problemAt(kit, state, 'email'),
    h('label', { for: 'signup-name' }, say('displayName'), ' ', h('span', { class: 'muted' }, say('optional'))),
    h('input', { ...about('name'), class: 'input', type: 'text', autocomplete: 'nickname', maxLength: 80 }),
    problemAt(kit, state, 'name'),
    h(
      'div',
      { class: 'agree' },
      h('input', { ...about('consent'), type: 'checkbox', required: true }),
      h(
        'span',
        { class: 'small' },
        h('label', { for: 'signup-consent' }, consentText),
        terms && [' ', h(Link, { key: 'terms', href: terms, outside: true, part: 'terms' }, say('terms'))],
      ),
    ),
    problemAt(kit, state, 'consent'),
    state.email && note,
    h(
      'button',
      { type: 'submit', class: 'button primary', part: 'join', 'aria-disabled': busy },
      say(busy ? 'sending' : 'joinNow'),
    ),
    h('p', { class: 'muted small' }, say('joinHint')),
  );
}
