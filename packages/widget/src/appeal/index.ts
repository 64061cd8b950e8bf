import type { MessageKey } from '../i18n/en.ts';
import type { Kit } from '../kit.ts';
import type { OwnStore, Review } from '../own/state.ts';
import { day } from '../parts/day.ts';
import { problemWord } from '../parts/problem-words.ts';
import type { Drawn } from '../views/kind.ts';

export { style } from './style.ts';
export { words as english } from './words.ts';

/** A form that is open: of which review, and what became of sending it. */
interface Form {
  review: string;
  busy: boolean;
  problem: string;
}

const why = {
  list: 'whyList',
  person: 'whyPerson',
  email: 'whyEmail',
  timing: 'whyTiming',
  value: 'whyValue',
  velocity: 'whyVelocity',
  traffic: 'whyTraffic',
  graph: 'whyGraph',
} as const satisfies Record<Review['groups'][number], MessageKey>;
const forms = new WeakMap<OwnStore, Form | null>();
const most = 1000;

/** Asks for another look at a rejected referral, once. */
function appealForm(kit: Kit, store: OwnStore, form: Form, drawn: Drawn) {
  const { h } = kit;
  const { say } = drawn.language;
  const set = (next: Form | null) => {
    forms.set(store, next);
    store.set({});
  };
  async function onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (form.busy) return;
    const field = (event.currentTarget as HTMLFormElement).elements.namedItem('message') as HTMLTextAreaElement;
    const message = field.value.trim();
    const row = field.closest('li');
    if (!message) {
      set({ ...form, problem: say('appealEmpty') });
      return field.focus();
    }
    set({ ...form, busy: true, problem: '' });
    try {
      const own = await kit.session.mine((as) =>
        kit.call(as, 'POST /reviews/{review}/appeal')({ review: form.review, message }),
      );
      if (!own) throw own;
      set(null);
      store.read();
      drawn.say(say('appealSent'));
      row?.focus();
    } catch (error) {
      const { code } = (error ?? {}) as { code?: string };
      // Decided or appealed meanwhile: what is true now says it.
      if (code === 'review_state_conflict' || code === 'review_not_found') {
        set(null);
        return store.read();
      }
      const problem = say(problemWord(error, {}));
      set({ ...form, busy: false, problem });
      drawn.say(problem);
    }
  }
  return h(
    'form',
    { class: 'form', onSubmit, noValidate: true },
    h('label', { for: 'message' }, say('appealLabel')),
    h('textarea', {
      id: 'message',
      name: 'message',
      class: 'input',
      rows: 3,
      maxLength: most,
      'aria-describedby': 'appeal-problem',
      'aria-invalid': !!form.problem,
    }),
    h('p', { id: 'appeal-problem', class: 'small wrong', part: 'error' }, form.problem),
    h(
      'div',
      { class: 'pair' },
      h(
        'button',
        { type: 'submit', class: 'button primary quiet', 'aria-disabled': form.busy },
        say(form.busy ? 'sending' : 'appealSend'),
      ),
      h('button', { type: 'button', class: 'button quiet', onClick: () => set(null) }, say('cancel')),
    ),
  );
}

/** What became of one referral, kindly, and why as far as it helps. */
function item(kit: Kit, store: OwnStore, review: Review, drawn: Drawn) {
  const { h, cleanName } = kit;
  const { say, locale } = drawn.language;
  const form = forms.get(store);
  const open = form?.review === review.id ? form : null;
  const start = ({ currentTarget }: { currentTarget: Element }) => {
    const row = currentTarget.closest('li');
    forms.set(store, { review: review.id, busy: false, problem: '' });
    store.set({});
    setTimeout(() => row?.querySelector('textarea')?.focus());
  };
  return h(
    'li',
    { key: review.id, class: 'review', part: 'review', tabIndex: -1 },
    h(
      'p',
      null,
      h('bdi', { class: 'name' }, review.referee ? cleanName(review.referee) : say('someone')),
      ' ',
      h('time', { class: 'muted small', dateTime: review.openedAt }, day(locale, review.openedAt)),
    ),
    h(
      'ul',
      { class: 'muted small' },
      review.groups.map((group) => h('li', { key: group }, say(why[group]))),
    ),
    review.state === 'appealed' && h('p', { class: 'note small' }, say('appealed')),
    open
      ? appealForm(kit, store, open, drawn)
      : review.mayAppeal &&
          h('button', { type: 'button', class: 'button quiet', part: 'appeal', onClick: start }, say('appeal')),
  );
}

/** Referrals that are being checked, in a sentence, and those that were not counted, with a way to ask again. */
export function reviews(kit: Kit, store: OwnStore, drawn: Drawn) {
  const { h } = kit;
  const { say } = drawn.language;
  const all = store.state.reviews;
  const open = all.filter(({ state }) => state === 'open').length;
  const rejected = all.filter(({ state }) => state === 'rejected' || state === 'appealed');
  return h(
    'section',
    { key: 'reviews', class: 'reviews', part: 'reviews', 'aria-label': say('checks') },
    open > 0 && h('p', { class: 'note small' }, say('beingChecked', { n: open })),
    rejected.length > 0 && [
      h(
        'details',
        { key: 'rejected' },
        h('summary', { class: 'small' }, say('notCounted', { n: rejected.length })),
        h(
          'ul',
          { class: 'list' },
          rejected.map((review) => item(kit, store, review, drawn)),
        ),
      ),
    ],
  );
}
