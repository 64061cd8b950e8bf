import type { ComponentChild } from 'preact';
import type { FormPen } from './pen.ts';
import type { EditorKey } from './words.ts';

/** A part of the form that opens and closes; `fields`: the settings in it, to say which of them are fixed. */
export function section(
  pen: FormPen,
  title: EditorKey,
  isOpen: boolean,
  fields: string[],
  ...children: ComponentChild[]
) {
  const { h, say, heading } = pen;
  const fixed = fields.length > 0 && fields.every(pen.fixed);
  return h(
    'details',
    { key: title, class: 'part', open: isOpen },
    h('summary', null, h(`h${heading}`, { class: 'subtitle' }, say(title))),
    fixed &&
      h('p', { class: 'note small' }, say(pen.contest !== 'new' && pen.fixed('name') ? 'fixedOver' : 'fixedLive')),
    h('div', { class: 'grid' }, children),
  );
}
