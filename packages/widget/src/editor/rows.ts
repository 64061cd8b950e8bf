import type { ComponentChild } from 'preact';
import { listFault } from './fields.ts';
import { edit, type FormPen, valueAt } from './pen.ts';
import type { EditorKey } from './words.ts';

interface Keyed {
  key: number;
}

/** What a list of rows is. */
interface Rows<Item extends Keyed> {
  pointer: string;
  /** What the list is called, and what one row is: "Prize {n}". */
  title: EditorKey;
  one: EditorKey;
  add: EditorKey;
  empty?: EditorKey;
  most: number;
  make(): Item;
  row(pointer: string, item: Item, place: number): ComponentChild;
}

/** Moves one of a list by a step. */
export function moved<Item>(items: readonly Item[], from: number, step: number): Item[] {
  const copy = [...items];
  copy.splice(from + step, 0, ...copy.splice(from, 1));
  return copy;
}

/** A list whose rows are added, taken out and put in order by buttons. */
export function rows<Item extends Keyed>(
  pen: FormPen,
  { pointer, title, one, add, empty, most, make, row }: Rows<Item>,
) {
  const { h, say, editor, announce } = pen;
  const items = valueAt(pen.form, pointer) as Item[];
  const fixed = pen.fixed(pointer.split('/')[1] ?? '');
  const change = (next: Item[], focus: string, said?: string) => {
    editor.focus(focus);
    edit(pen, pointer, next);
    if (said) announce(said);
  };
  const button = (place: number, step: -1 | 1, word: EditorKey) => {
    const end = place + step < 0 || place + step >= items.length;
    const { key } = items[place] as Item;
    return h('button', {
      type: 'button',
      class: `button small ${step < 0 ? 'up' : 'down'}`,
      'aria-label': say(word, { what: say(one, { n: place + 1 }) }),
      'aria-disabled': end,
      onClick: () =>
        end ||
        change(
          moved(items, place, step),
          `[data-row="${key}"] .${step < 0 ? 'up' : 'down'}`,
          say('movedSaid', { n: place + step + 1, of: items.length }),
        ),
    });
  };
  return h(
    'div',
    { class: 'rowlist whole' },
    listFault(pen, pointer),
    items.length === 0 && empty && h('p', { class: 'muted small' }, say(empty)),
    h(
      'ol',
      { 'aria-label': say(title) },
      items.map((item, place) =>
        h(
          'li',
          { key: item.key, 'data-row': item.key, class: 'item', part: 'row' },
          h(
            'div',
            { class: 'itemhead' },
            h('b', { class: 'small' }, say(one, { n: place + 1 })),
            !fixed &&
              h(
                'span',
                { class: 'acts' },
                items.length > 1 && [button(place, -1, 'up'), button(place, 1, 'down')],
                h(
                  'button',
                  {
                    type: 'button',
                    class: 'button small',
                    'aria-label': say('removeThis', { what: say(one, { n: place + 1 }) }),
                    onClick: () => {
                      const left = items.filter((each) => each !== item);
                      const next = left[place] ?? left.at(-1);
                      change(left, next ? `[data-row="${next.key}"] .input` : `[data-add="${pointer}"]`);
                    },
                  },
                  say('remove'),
                ),
              ),
          ),
          h('div', { class: 'grid' }, row(`${pointer}/${place}`, item, place)),
        ),
      ),
    ),
    !fixed &&
      items.length < most &&
      h(
        'button',
        {
          type: 'button',
          class: 'button small add',
          'data-add': pointer,
          onClick: () => {
            const made = make();
            change([...items, made], `[data-row="${made.key}"] .input`);
          },
        },
        say(add),
      ),
  );
}
