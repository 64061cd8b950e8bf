import { fields, valuesOf } from '../contest/fields.ts';
import type { Action, ContestStore } from '../contest/state.ts';
import type { Kit } from '../kit.ts';
import type { Drawn } from '../views/kind.ts';
import { act } from './act.ts';

/** The host's own questions. */
export function form(kit: Kit, store: ContestStore, action: Action, drawn: Drawn) {
  const { h } = kit;
  const { say } = drawn.language;
  const sent = store.sentOf(action.id);
  const asked = action.fields ?? [];
  async function submit(form: HTMLFormElement): Promise<void> {
    const { values, missing } = valuesOf(form, asked);
    if (!missing) {
      await act(kit, store, action, { values }, drawn, form);
      return;
    }
    const text = say('fieldMissing', { field: missing.label });
    store.mark(action.id, { text, wrong: true });
    drawn.say(text);
    (form.elements.namedItem(missing.id) as HTMLElement | null)?.focus();
  }
  return h(
    'form',
    {
      class: 'form',
      part: 'form',
      noValidate: true,
      onSubmit: (event: SubmitEvent) => {
        event.preventDefault();
        if (!sent.busy) void submit(event.currentTarget as HTMLFormElement);
      },
    },
    fields(kit, action.id, asked, drawn),
    h(
      'button',
      { type: 'submit', class: 'button primary', 'aria-disabled': sent.busy },
      say(sent.busy ? 'sending' : 'send'),
    ),
  );
}
