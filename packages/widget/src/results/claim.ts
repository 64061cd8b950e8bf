import { fields, valuesOf } from '../contest/fields.ts';
import { focusLater, rootOf } from '../contest/focus.ts';
import { send } from '../contest/send.ts';
import type { ContestStore, View, Won } from '../contest/state.ts';
import type { Kit } from '../kit.ts';
import type { Drawn } from '../views/kind.ts';

const route = 'POST /winners/{winner}/claim';
const problems = {
  claim_incomplete: 'claimIncomplete',
  claim_state_conflict: 'claimLate',
  winner_not_found: 'claimLate',
} as const;

/** The form by which a winner claims a prize, with until when. */
export function claim(kit: Kit, store: ContestStore, { winner, prize, claimBy }: Won, drawn: Drawn) {
  const { h, emit } = kit;
  const { say, date } = drawn.language;
  const { contest } = store.state.value.view as View;
  const asked = contest.claim?.fields ?? [];
  const name = `claim-${winner}`;
  const sent = store.sentOf(name);
  async function submit(form: HTMLFormElement): Promise<void> {
    const root = rootOf(form);
    const { values, missing } = valuesOf(form, asked);
    if (missing) {
      const text = say('fieldMissing', { field: missing.label });
      store.mark(name, { text, wrong: true });
      drawn.say(text);
      (form.elements.namedItem(missing.id) as HTMLElement | null)?.focus();
      return;
    }
    const work = () =>
      send(kit, store, drawn, name, (as) => kit.call(as, route)({ winner: winner ?? '', values }), problems);
    if (!(await work())) return;
    drawn.say(say('claimedSaid'));
    emit(form, 'claimed', { contest: contest.slug, prize });
    await store.read();
    focusLater(root, `[data-won="${winner}"]`);
  }
  return h(
    'form',
    {
      class: 'form',
      part: 'form',
      noValidate: true,
      'aria-label': say('claimTitle'),
      onSubmit: (event: SubmitEvent) => {
        event.preventDefault();
        if (!sent.busy) void submit(event.currentTarget as HTMLFormElement);
      },
    },
    claimBy && h('p', { class: 'small' }, say('claimBy', { date: date(claimBy, 'full') })),
    fields(kit, name, asked, drawn),
    h('p', { id: `${name}-sent`, class: 'small wrong', part: 'error' }, sent.text),
    h(
      'button',
      { type: 'submit', class: 'button primary', 'aria-disabled': sent.busy },
      say(sent.busy ? 'sending' : 'claimDo'),
    ),
  );
}
