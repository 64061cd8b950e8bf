import { faultAt, type Sheet, valueAt } from './sheet.ts';

/** How a field is typed. */
interface How<Key extends string> {
  /** `lines`: a list, a line each. */
  as?: 'text' | 'number' | 'area' | 'lines' | 'time' | 'url';
  hint?: NoInfer<Key>;
  values?: Record<string, string | number>;
  most?: number;
  optional?: boolean;
  wide?: boolean;
  attributes?: Record<string, unknown>;
  /** What else changes with it. */
  also?(value: string): void;
}

const idOf = (pointer: string) => `e${pointer.slice(1).replaceAll('/', '-')}`;

/** What is wrong with a field or a list, below it. */
export function wrong<Key extends string>(
  { h }: Sheet<Key>,
  pointer: string,
  fault: string | undefined,
  alone = false,
) {
  return h(
    'p',
    { class: 'wrong small', part: 'error', id: `${idOf(pointer)}-wrong`, tabIndex: alone ? -1 : undefined },
    fault,
  );
}

/** What is wrong with a list as a whole. */
export const listFault = <Key extends string>(pen: Sheet<Key>, pointer: string) => {
  const fault = faultAt(pen, pointer, false);
  return fault && wrong(pen, pointer, fault, true);
};

/** A field with its label, a hint and what is wrong with it. */
export function field<Key extends string>(pen: Sheet<Key>, pointer: string, label: NoInfer<Key>, how: How<Key> = {}) {
  const { h, say } = pen;
  const { as = 'text', hint, values, most, optional, wide, attributes, also } = how;
  const id = idOf(pointer);
  const fault = faultAt(pen, pointer);
  const area = as === 'area' || as === 'lines';
  const fixed = pen.fixed(pointer.split('/')[1] ?? '');
  return h(
    'div',
    { class: `f${area || wide ? ' whole' : ''}${as === 'number' ? ' few' : ''}` },
    h('label', { for: id }, say(label), optional && [' ', h('span', { class: 'muted' }, say('optional'))]),
    h(area ? 'textarea' : 'input', {
      id,
      'data-at': pointer,
      class: 'input',
      ...(!area && { type: as === 'time' ? 'datetime-local' : as === 'url' ? 'url' : 'text' }),
      ...(as === 'number' && { inputMode: 'numeric' }),
      ...(as === 'time' && { step: 1, max: '9999-12-31T23:59:59' }),
      ...(area && { rows: as === 'lines' ? 3 : 4 }),
      ...(most && { maxLength: most }),
      autocomplete: 'off',
      dir: as === 'text' || area ? 'auto' : undefined,
      defaultValue: `${valueAt(pen.form, pointer)}`,
      disabled: fixed,
      'aria-invalid': !!fault,
      'aria-describedby': `${id}-hint ${id}-wrong`,
      ...attributes,
      onInput: ({ currentTarget }: Event) => {
        const { value } = currentTarget as HTMLInputElement;
        pen.edit(pointer, value);
        also?.(value);
      },
    }),
    h('p', { class: 'small muted', id: `${id}-hint` }, hint && say(hint, values)),
    wrong(pen, pointer, fault),
  );
}

/** A box to tick. */
export function tick<Key extends string>(pen: Sheet<Key>, pointer: string, label: NoInfer<Key>, hint?: NoInfer<Key>) {
  const { h, say } = pen;
  const id = idOf(pointer);
  const fault = faultAt(pen, pointer);
  return h(
    'div',
    { class: 'f whole' },
    h(
      'label',
      { class: 'tick' },
      h('input', {
        id,
        'data-at': pointer,
        type: 'checkbox',
        checked: valueAt(pen.form, pointer) as boolean,
        disabled: pen.fixed(pointer.split('/')[1] ?? ''),
        'aria-describedby': hint ? `${id}-hint` : undefined,
        onChange: ({ currentTarget }: Event) => pen.edit(pointer, (currentTarget as HTMLInputElement).checked),
      }),
      h('span', null, say(label)),
    ),
    hint && h('p', { class: 'small muted', id: `${id}-hint` }, say(hint)),
    fault && wrong(pen, pointer, fault),
  );
}

/** One of a few, in a list that opens; each is said by the word `prefix_value`. */
export function pick<Key extends string>(
  pen: Sheet<Key>,
  pointer: string,
  label: NoInfer<Key>,
  prefix: string,
  choices: readonly string[],
  hint?: NoInfer<Key>,
) {
  const { h, say } = pen;
  const id = idOf(pointer);
  const fault = faultAt(pen, pointer);
  const value = valueAt(pen.form, pointer);
  return h(
    'div',
    { class: 'f' },
    h('label', { for: id }, say(label)),
    h(
      'select',
      {
        id,
        'data-at': pointer,
        class: 'input',
        disabled: pen.fixed(pointer.split('/')[1] ?? ''),
        'aria-invalid': !!fault,
        'aria-describedby': `${id}-hint ${id}-wrong`,
        onChange: ({ currentTarget }: Event) => pen.edit(pointer, (currentTarget as HTMLSelectElement).value),
      },
      choices.map((choice) =>
        h('option', { key: choice, value: choice, selected: choice === value }, say(`${prefix}_${choice}` as Key)),
      ),
    ),
    h('p', { class: 'small muted', id: `${id}-hint` }, hint && say(hint)),
    wrong(pen, pointer, fault),
  );
}

/** One of a few, each with a sentence: its words are `prefix_value` and `prefix_value_is`. */
export function choose<Key extends string>(
  pen: Sheet<Key>,
  pointer: string,
  label: NoInfer<Key>,
  prefix: string,
  choices: readonly string[],
) {
  const { h, say } = pen;
  const fault = faultAt(pen, pointer);
  const fixed = pen.fixed(pointer.split('/')[1] ?? '');
  const value = valueAt(pen.form, pointer);
  return h(
    'fieldset',
    { class: 'f whole choose', disabled: fixed },
    h('legend', null, say(label)),
    // Of what cannot change any more the choice that was made is enough.
    (fixed ? choices.filter((choice) => choice === value) : choices).map((choice) =>
      h(
        'label',
        { key: choice, class: 'tick' },
        h('input', {
          type: 'radio',
          name: idOf(pointer),
          value: choice,
          'data-at': choice === value ? pointer : undefined,
          checked: choice === value,
          onChange: () => pen.edit(pointer, choice),
        }),
        h(
          'span',
          null,
          h('b', null, say(`${prefix}_${choice}` as Key)),
          h('span', { class: 'small muted' }, say(`${prefix}_${choice}_is` as Key)),
        ),
      ),
    ),
    fault && wrong(pen, pointer, fault, true),
  );
}
