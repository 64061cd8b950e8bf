import type { Kit } from '../kit.ts';
import type { OwnStore } from '../own/state.ts';
import { problemWord } from '../parts/problem-words.ts';
import type { Drawn } from '../views/kind.ts';

/** A form that is open: of which review, and what became of sending it. */
export interface Appeal {
  review: string;
  busy: boolean;
  problem: string;
}

const appeals = new WeakMap<OwnStore, Appeal | null>();

/** The form that is open in a card, if any. */
export const appealOf = (store: OwnStore): Appeal | null => appeals.get(store) ?? null;

/** Opens, changes or closes it, and draws the card again. */
export function setAppeal(store: OwnStore, next: Appeal | null): void {
  appeals.set(store, next);
  store.set({});
}

/** Sends what was written; focus goes to the field where something is missing, else to the review. */
async function submit(event: SubmitEvent, { session, call }: Kit, store: OwnStore, appeal: Appeal, drawn: Drawn) {
  event.preventDefault();
  if (appeal.busy) return;
  const { say } = drawn.language;
  const field = (event.currentTarget as HTMLFormElement).elements.namedItem('message') as HTMLTextAreaElement;
  const message = field.value.trim();
  const row = field.closest('li');
  if (!message) {
    setAppeal(store, { ...appeal, problem: say('appealEmpty') });
    return field.focus();
  }
  setAppeal(store, { ...appeal, busy: true, problem: '' });
  try {
    const { review } = appeal;
    const own = await session.mine((as) => call(as, 'POST /reviews/{review}/appeal')({ review, message }));
    if (own === undefined) throw own;
    if (own) drawn.say(say('appealSent'));
  } catch (error) {
    // Decided or appealed meanwhile: what is true now says so.
    if ((error as { code?: string } | undefined)?.code !== 'review_state_conflict') {
      const problem = say(problemWord(error, {}));
      setAppeal(store, { ...appeal, problem });
      return drawn.say(problem);
    }
  }
  setAppeal(store, null);
  store.read();
  row?.focus();
}

/** Asks for another look at a referral that was not counted, once. */
export function appealForm(kit: Kit, store: OwnStore, appeal: Appeal, drawn: Drawn) {
  const { h } = kit;
  const { say } = drawn.language;
  return h(
    'form',
    {
      class: 'form',
      onSubmit: (event: SubmitEvent) => void submit(event, kit, store, appeal, drawn),
      noValidate: true,
    },
    h('label', { for: 'message' }, say('appealLabel')),
    h('textarea', {
      id: 'message',
      name: 'message',
      class: 'input',
      rows: 3,
      maxLength: 1000,
      'aria-describedby': 'appeal-problem',
      'aria-invalid': !!appeal.problem,
    }),
    h('p', { id: 'appeal-problem', class: 'small wrong', part: 'error' }, appeal.problem),
    h(
      'div',
      { class: 'pair' },
      h(
        'button',
        { type: 'submit', class: 'button primary quiet', 'aria-disabled': appeal.busy },
        say(appeal.busy ? 'sending' : 'appealSend'),
      ),
      h('button', { type: 'button', class: 'button quiet', onClick: () => setAppeal(store, null) }, say('cancel')),
    ),
  );
}
