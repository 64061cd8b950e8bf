import type { MessageKey } from '../i18n/en.ts';
import type { Language } from '../i18n/index.ts';
import type { Kit } from '../kit.ts';
import type { Drawn } from '../views/kind.ts';
import { focusLater, rootOf } from './focus.ts';
import { addressOf } from './foot.ts';
import { send } from './send.ts';
import type { Contest, ContestStore, View } from './state.ts';

const route = 'POST /contests/{contest}/join';
const problems = {
  rules_outdated: 'rulesChanged',
  not_eligible: 'notEligible',
  validation_failed: 'notEligible',
  contest_closed: 'notRunning',
} as const;

type Field = 'country' | 'age' | 'rules';

/** The first thing that is missing, and what to say of it. */
function missingOf(form: HTMLFormElement): [Field, MessageKey] | undefined {
  const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement | null;
  if (field('country')?.value === '') return ['country', 'countryNeeded'];
  if (field('age')?.checked === false) return ['age', 'ageNeeded'];
  if (field('rules')?.checked === false) return ['rules', 'rulesNeeded'];
}

async function submit(event: SubmitEvent, kit: Kit, store: ContestStore, contest: Contest, drawn: Drawn) {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement | null;
  const root = rootOf(form);
  const wrong = missingOf(form);
  if (wrong) {
    const text = drawn.language.say(wrong[1]);
    store.mark('join', { text, wrong: true });
    drawn.say(text);
    field(wrong[0])?.focus();
    return;
  }
  const country = field('country')?.value;
  const answer = await send(
    kit,
    store,
    drawn,
    'join',
    (as) =>
      kit.call(
        as,
        route,
      )({
        contest: contest.id,
        rulesVersion: contest.rulesVersion,
        ageConfirmed: field('age')?.checked ?? false,
        showName: field('name')?.checked ?? false,
        ...(country && { country }),
      }),
    problems,
  );
  if (!answer) return;
  kit.emit(form, 'entered', { contest: contest.slug });
  drawn.say(drawn.language.say('joinedSaid'));
  await store.read();
  store.set({ changing: false });
  focusLater(root, '.joined');
}

/** Where somebody lives, of the countries the rules name and elsewhere. */
function country({ h }: Kit, allowed: readonly string[], { say, locale }: Language) {
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' });
  const options = allowed.map((code) => [code, names.of(code) ?? code] as const);
  options.sort(([, one], [, other]) => one.localeCompare(other, locale));
  return [
    h('label', { key: 'label', for: 'country' }, say('countryLabel')),
    h(
      'select',
      { key: 'country', id: 'country', name: 'country', class: 'input', autocomplete: 'country', required: true },
      h('option', { value: '' }, say('choose')),
      options.map(([code, name]) => h('option', { key: code, value: code }, name)),
    ),
  ];
}

/** What the rules ask: the rules themselves, and where they say so country, age and whether the name is shown. */
export function joinForm(kit: Kit, store: ContestStore, drawn: Drawn) {
  const { h, Link } = kit;
  const { say } = drawn.language;
  const { contest, me } = store.state.value.view as View;
  const { countries, minimumAge } = contest.eligibility;
  const sent = store.sentOf('join');
  const tick = (name: string, text: string, checked: boolean, more?: unknown) =>
    h(
      'div',
      { key: name, class: 'agree' },
      h('input', { id: `join-${name}`, name, type: 'checkbox', defaultChecked: checked }),
      h('span', { class: 'small' }, h('label', { for: `join-${name}` }, text), more as never),
    );
  const rules = addressOf(kit, contest.id, 'rules.html');
  return h(
    'form',
    {
      key: 'join',
      class: 'form panel joins',
      part: 'form',
      noValidate: true,
      'aria-busy': sent.busy,
      onSubmit: (event: SubmitEvent) => {
        if (sent.busy) event.preventDefault();
        else void submit(event, kit, store, contest, drawn);
      },
    },
    h('p', { class: 'strong' }, say(contest.kind === 'waitlist' ? 'joinWaitlist' : 'joinTitle')),
    countries && country(kit, countries, drawn.language),
    minimumAge && tick('age', say('ageConfirm', { n: minimumAge }), false),
    tick('rules', say('rulesConfirm'), false, [
      ' ',
      h(Link, { key: 'rules', href: rules, outside: true, part: 'terms' }, say('rulesLink')),
    ]),
    contest.names === 'opt_in' && tick('name', say('showName'), me?.showName ?? false),
    h('p', { id: 'join-sent', class: 'small wrong', part: 'error' }, sent.text),
    h(
      'button',
      { type: 'submit', class: 'button primary', part: 'join', 'aria-disabled': sent.busy },
      say(sent.busy ? 'sending' : store.state.value.changing ? 'save' : 'joinButton'),
    ),
  );
}
