import type { Kit } from '../kit.ts';

/** What became of sending a form. */
export interface Sent {
  busy: boolean;
  /** Said below the field: what is wrong, or that it was done. */
  text: string;
  wrong: boolean;
}

/** A form of one line: label, field, button, and what came of it. */
export function lineForm(
  { h }: Kit,
  name: string,
  sent: Sent,
  words: { label: string; hint: string; button: string },
  field: Record<string, unknown>,
  send: (value: string) => void,
) {
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const input = (event.currentTarget as HTMLFormElement).elements.namedItem(name) as HTMLInputElement;
    if (!sent.busy) send(input.value.trim());
  };
  const described = `${name}-hint ${name}-sent`;
  return h(
    'form',
    { key: name, class: 'form', onSubmit, noValidate: true },
    h('label', { for: name }, words.label),
    h(
      'div',
      { class: 'pair' },
      h('input', {
        id: name,
        name,
        class: 'input',
        autocomplete: 'off',
        'aria-describedby': described,
        'aria-invalid': sent.wrong,
        ...field,
      }),
      h('button', { type: 'submit', class: 'button', 'aria-disabled': sent.busy }, words.button),
    ),
    h('p', { id: `${name}-hint`, class: 'muted small' }, words.hint),
    h('p', { id: `${name}-sent`, class: sent.wrong ? 'small wrong' : 'small saved', part: 'error' }, sent.text),
  );
}
