import type { ComponentChild } from 'preact';
import { listFault } from './fields.ts';
import { type Sheet, valueAt } from './sheet.ts';

interface Keyed {
  key: number | string;
}

/** What a list of rows is. */
interface Rows<Item extends Keyed, Key extends string> {
  pointer: string;
  /** What the list is called, and what one row is: "Prize {n}". */
  title: Key;
  one: Key;
  add: Key;
  empty?: Key;
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
export function rows<Item extends Keyed, Key extends string>(
  pen: Sheet<Key>,
  { pointer, title, one, add, empty, most, make, row }: Rows<Item, NoInfer<Key>>,
) {
  const { h, say, announce } = pen;
  const items = valueAt(pen.form, pointer) as Item[];
  const fixed = pen.fixed(pointer.split('/')[1] ?? '');
  const inRow = (place: number) => `[data-rows="${pointer}"] > :nth-child(${place + 1})`;
  const change = (next: Item[], focus: string, said?: string) => {
    pen.focus(focus);
    pen.edit(pointer, next);
    if (said) announce(said);
  };
  const button = (place: number, step: -1 | 1, word: 'up' | 'down') => {
    const end = place + step < 0 || place + step >= items.length;
    return h('button', {
      type: 'button',
      class: `button small ${step < 0 ? 'up' : 'down'}`,
      'aria-label': say(word, { what: say(one, { n: place + 1 }) }),
      'aria-disabled': end,
      onClick: () =>
        end ||
        change(
          moved(items, place, step),
          `${inRow(place + step)} .${step < 0 ? 'up' : 'down'}`,
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
      { 'aria-label': say(title), 'data-rows': pointer },
      items.map((item, place) =>
        h(
          'li',
          { key: item.key, class: 'item', part: 'row' },
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
                      const next = Math.min(place, left.length - 1);
                      change(left, left.length > 0 ? `${inRow(next)} .input` : `[data-add="${pointer}"]`);
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
            change([...items, make()], `${inRow(items.length)} .input`);
          },
        },
        say(add),
      ),
  );
}
