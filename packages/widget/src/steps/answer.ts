import type { Action, ContestStore } from '../contest/state.ts';
import type { Kit } from '../kit.ts';
import type { Drawn } from '../views/kind.ts';
import { act } from './act.ts';

/** A question with choices or a line to type, or a code word. */
export function answer(kit: Kit, store: ContestStore, action: Action, drawn: Drawn) {
  const { h } = kit;
  const { say } = drawn.language;
  const { id, kind, question, choices } = action;
  const sent = store.sentOf(id);
  const name = `answer-${id}`;
  async function submit(form: HTMLFormElement): Promise<void> {
    const given = (new FormData(form).get(name) ?? '').toString().trim();
    if (given) await act(kit, store, action, { answer: given }, drawn, form);
    else {
      store.mark(id, { text: say('answerEmpty'), wrong: true });
      drawn.say(say('answerEmpty'));
    }
    if (form.isConnected && (!given || store.sentOf(id).wrong))
      form.querySelector<HTMLElement>('input:checked, input')?.focus();
  }
  const label = kind === 'code_word' ? say('codeWordLabel') : (question ?? say('answerLabel'));
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
    choices
      ? h(
          'fieldset',
          { class: 'choices', 'aria-describedby': `${id}-sent` },
          h('legend', { class: 'strong' }, label),
          choices.map((choice, index) =>
            h(
              'label',
              { key: index, class: 'choice' },
              h('input', { type: 'radio', name, value: choice }),
              h('span', null, choice),
            ),
          ),
        )
      : [
          h('label', { key: 'label', for: name }, label),
          h('input', {
            key: 'input',
            id: name,
            name,
            class: 'input',
            autocomplete: 'off',
            maxLength: 200,
            'aria-invalid': sent.wrong,
            'aria-describedby': `${id}-sent`,
            ...(kind === 'code_word' && { autocapitalize: 'characters', spellcheck: false }),
          }),
        ],
    h(
      'button',
      { type: 'submit', class: 'button primary', 'aria-disabled': sent.busy },
      say(sent.busy ? 'sending' : 'send'),
    ),
  );
}
