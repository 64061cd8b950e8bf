import { focusLater, rootOf } from '../contest/focus.ts';
import type { Kit } from '../kit.ts';
import { type Holder, holderOf, withLearning } from '../learning/kit.ts';
import type { Speech } from '../learning/speech.ts';
import type { Drawn, Host } from '../views/kind.ts';
import { card } from './card.ts';
import { type Catalogue, createCatalogue } from './store.ts';
import { type CatalogueKey, words } from './words.ts';

export { style } from './style.ts';

const glass = 'M10.5 4a6.5 6.5 0 1 0 .01 0M15.5 15.5 20.5 20.5';
const mostTags = 12;

/** The store of one `<laurel-catalogue>`. */
export const open = (_: Kit, host: Host): Holder<Catalogue> => holderOf(host);

/** What one looks for: words, and topics where there are any. */
function finder({ h, icon, cleanName }: Kit, store: Catalogue, { say }: Speech<CatalogueKey>) {
  const { typed, tags, tag } = store.state.value;
  const topic = (each: string) =>
    h(
      'button',
      {
        key: each,
        type: 'button',
        class: 'tab',
        part: 'tab',
        'aria-pressed': each === tag,
        onClick: () => store.find(typed, each),
      },
      each ? h('bdi', null, cleanName(each)) : say('all'),
    );
  // The one that is chosen is always among them.
  const shown = [...new Set([...tags.slice(0, mostTags), ...(tag ? [tag] : [])])];
  return h(
    'div',
    { class: 'finder' },
    h(
      'form',
      {
        class: 'search',
        role: 'search',
        onSubmit: (event: SubmitEvent) => {
          event.preventDefault();
          store.find(store.state.peek().typed, store.state.peek().tag);
        },
      },
      icon(glass),
      h('input', {
        type: 'search',
        class: 'input',
        part: 'search',
        'aria-label': say('search'),
        placeholder: say('search'),
        maxLength: 200,
        autocomplete: 'off',
        enterkeyhint: 'search',
        value: typed,
        onInput: ({ currentTarget }: Event) => store.type((currentTarget as HTMLInputElement).value),
      }),
    ),
    shown.length > 0 &&
      h('div', { class: 'topics', role: 'group', 'aria-label': say('topics') }, topic(''), shown.map(topic)),
  );
}

/** Nothing to show: nothing there at all, or nothing that fits. */
function nothing({ h }: Kit, store: Catalogue, { say }: Speech<CatalogueKey>) {
  const { words, tag } = store.state.value;
  if (!words && !tag) return h('p', { class: 'nothing muted' }, say('none'));
  return h(
    'div',
    { class: 'nothing' },
    h('p', { class: 'strong' }, words ? say('notFound', { words }) : say('notFoundTag')),
    h('p', { class: 'muted' }, say('notFoundHint')),
    h(
      'button',
      {
        type: 'button',
        class: 'button',
        onClick: ({ currentTarget }: MouseEvent) => {
          focusLater(rootOf(currentTarget as Element), '.search .input');
          store.find('', '');
        },
      },
      say('showAll'),
    ),
  );
}

/** The catalogue: what one looks for, and a card for each course. */
export function view(plain: Kit, holder: Holder<Catalogue>, drawn: Drawn) {
  const kit = withLearning(plain);
  if (!kit) return kit;
  const store = holder.store ?? createCatalogue(kit, holder.host);
  holder.store = store;
  const { h, title } = kit;
  const { items, failed, offline, busy, nextCursor, more, words: sought, tag, at } = store.state.value;
  if (!items) return failed ? null : undefined;
  const speech = kit.learning.speechOf<CatalogueKey>(kit, drawn.language, 'catalogue', words);
  if (!speech) return undefined;
  const { say, time } = speech;
  const empty = items.length === 0;
  store.found = empty
    ? say('notFound', { words: sought || tag })
    : say(nextCursor ? 'foundMore' : 'found', { n: items.length });
  return h(
    'section',
    { class: 'card learn catalogue', part: 'card', 'aria-label': say('title') },
    h(
      'div',
      { class: 'top' },
      title(drawn.heading, say('title')),
      !empty && h('p', { class: 'small muted numbers' }, say(nextCursor ? 'foundMore' : 'found', { n: items.length })),
    ),
    offline && h('p', { class: 'note small', part: 'error' }, h('span', null, say('offline', { time: time(at) }))),
    (!empty || sought || tag || busy) && finder(kit, store, speech),
    empty
      ? nothing(kit, store, speech)
      : h(
          'ul',
          { class: 'entries', 'aria-busy': busy },
          items.map((course) => card(kit, store, course, drawn, speech)),
        ),
    nextCursor &&
      h(
        'button',
        {
          type: 'button',
          class: 'button more',
          'aria-busy': more === 'busy',
          onClick: async ({ currentTarget }: MouseEvent) => {
            const root = rootOf(currentTarget as Element);
            await store.showMore();
            focusLater(root, `.entry:nth-child(${items.length + 1}) .whole`);
          },
        },
        say('more'),
      ),
    more === 'failed' && h('p', { class: 'note small', part: 'error', role: 'alert' }, say('failed')),
  );
}

/** Says how many courses were found, when something was looked for. */
export function drawn({ store, host }: Holder<Catalogue>): void {
  if (!store) return;
  const { items, words: sought, tag, busy } = store.state.peek();
  const now = `${sought} ${tag}`;
  if (busy || !items || store.said === now) return;
  if (store.said !== null) host.say(store.found);
  store.said = now;
}
