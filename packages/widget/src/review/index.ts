import { speaker } from '../i18n/speak.ts';
import type { Kit } from '../kit.ts';
import type { Drawn, Host } from '../views/kind.ts';
import { bar } from './bar.ts';
import { item, type Speech } from './item.ts';
import { onKey } from './keys.ts';
import { createQueue, type Filter, type Queue } from './store.ts';
import { type ReviewKey, words } from './words.ts';

export { style } from './style.ts';

const filters: Filter[] = ['waiting', 'approved', 'rejected'];

/** The queue of a programme's reviews. */
export const open = (kit: Kit, { read }: Host): Queue => createQueue(kit, read('program') ?? '');

function speechOf({ locale, date }: Drawn['language']): Speech {
  const catalogue = words[locale.slice(0, 2).toLowerCase()] ?? words.en;
  return {
    ...speaker<ReviewKey>(locale, catalogue as NonNullable<typeof catalogue>),
    date: (instant) => date(instant, 'full'),
  };
}

/** Draws the queue: what waits, with reasons; everything by mouse and by keyboard. */
export function view(kit: Kit, queue: Queue, { language, heading, say: announce }: Drawn) {
  const { h } = kit;
  const { items, nextCursor, waiting, filter, selected, failed } = queue.state.value;
  const speech = speechOf(language);
  const { say } = speech;
  const all = !!items?.length && items.every(({ id }) => selected.has(id));
  const text = (title: ReviewKey, body: ReviewKey) =>
    h('div', { class: 'nothing' }, h('p', { class: 'title' }, say(title)), h('p', { class: 'muted' }, say(body)));
  const choose = (each: Filter) =>
    h(
      'button',
      { key: each, type: 'button', class: 'tab', 'aria-pressed': each === filter, onClick: () => queue.show(each) },
      say(`state_${each}`),
    );
  if (items === null) return h('section', { class: 'card', part: 'card' }, text('title', 'signedOut'));
  return h(
    'section',
    {
      class: 'card queue',
      part: 'card',
      'aria-label': say('title'),
      onKeyDown: (event: KeyboardEvent) => onKey(queue, event),
    },
    h(
      'div',
      { class: 'head' },
      h(`h${heading}`, { class: 'title', part: 'title' }, say('title')),
      h('p', { class: 'muted numbers' }, say('waiting', { n: waiting })),
    ),
    h(
      'div',
      { class: 'tools' },
      h('div', { class: 'tabs', role: 'group', 'aria-label': say('filter') }, filters.map(choose)),
      !!items?.length &&
        h(
          'label',
          { class: 'small pick' },
          h('input', {
            type: 'checkbox',
            checked: all,
            onChange: () => queue.set({ selected: new Set(all ? [] : items.map(({ id }) => id)) }),
          }),
          say('all'),
        ),
    ),
    failed &&
      h(
        'p',
        { class: 'note', part: 'error', role: 'alert' },
        say('failed'),
        ' ',
        h('button', { type: 'button', class: 'button small', onClick: queue.reload }, say('again')),
      ),
    items?.length === 0 && (filter === 'waiting' ? text('emptyTitle', 'empty') : text('emptyTitle', 'emptyState')),
    h(
      'ul',
      { class: 'reviews', 'aria-busy': !items },
      items?.map((review) => item(kit, queue, review, speech)),
    ),
    nextCursor && h('button', { type: 'button', class: 'button', onClick: () => void queue.more() }, say('more')),
    bar(kit, queue, speech, announce),
    !!items?.length && h('p', { class: 'small muted keys' }, h('b', null, say('keys')), ` ${say('keysText')}`),
  );
}

/** Keeps the focus where the keyboard is: at the reason while something is decided, else at the current review. */
export function drawn(queue: Queue, root: ShadowRoot): void {
  const { deciding, current } = queue.state.peek();
  const active = root.activeElement;
  const field = root.querySelector<HTMLInputElement>('[name=reason]');
  if (deciding) {
    if (field && !active?.closest('form')) field.focus();
    queue.focused = true;
    return;
  }
  const row = root.querySelector<HTMLElement>(`[data-id="${current}"]`);
  const inQueue = active?.closest('.review');
  const lost = queue.focused && (!active || active === row?.parentElement);
  if (row && ((inQueue && inQueue !== row) || lost)) row.focus();
  queue.focused = !!root.activeElement?.closest('.queue');
}
