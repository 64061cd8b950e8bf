import { catalogueIn } from '../forms/catalogue.ts';
import { firstOf } from '../forms/focus.ts';
import { type Message, speaker } from '../i18n/speak.ts';
import type { Kit } from '../kit.ts';
import type { Drawn, Host } from '../views/kind.ts';
import { cohorts } from './cohorts.ts';
import { content } from './content.ts';
import { list } from './list.ts';
import { type CoursePen, type Pen, told } from './pen.ts';
import { publishing } from './publish.ts';
import { settings } from './settings.ts';
import type { Tab } from './state.ts';
import { type Author, createAuthor } from './store.ts';
import { versions } from './versions.ts';
import type { AuthorKey } from './words.ts';
import { en } from './words-en.ts';

export { style } from './style.ts';

/** The courses there are, or the one that is named. */
export const open = (kit: Kit, { read, language }: Host): Author =>
  createAuthor(kit, read('course') ?? '', () => language().locale);

function speechOf(kit: Kit, { locale, date }: Drawn['language']) {
  const catalogue = catalogueIn<Record<AuthorKey, Message>>(kit, locale, 'author', en);
  return (
    catalogue && {
      ...speaker<AuthorKey>(locale, catalogue),
      locale,
      date: (instant: string, timeZone?: string) => {
        try {
          return date(instant, 'full', timeZone);
        } catch {
          return date(instant, 'full');
        }
      },
    }
  );
}

const tabs: Tab[] = ['content', 'settings', 'cohorts', 'versions'];

function opened(pen: Pen) {
  const { h, say, author, state, heading } = pen;
  const { open: course, tab, nodes, failed } = state;
  if (!course) return null;
  const isNew = course === 'new';
  const body = () => {
    if (isNew || tab === 'settings') return settings(pen, course);
    if (!nodes)
      return h(
        'div',
        { class: 'waiting', 'aria-busy': true, key: 'waiting' },
        h('p', { class: 'muted' }, failed ? '' : say('reading')),
      );
    const full: CoursePen = { ...pen, course, nodes };
    if (tab === 'cohorts') return cohorts(full);
    return tab === 'versions' ? versions(full) : [content(full), publishing(full)];
  };
  return [
    h(
      'div',
      { class: 'head', key: 'head' },
      h('button', { type: 'button', class: 'button small back', onClick: author.back }, say('back')),
      h(
        `h${heading - 1}`,
        { class: 'title grow', part: 'title', tabIndex: -1 },
        h('bdi', null, isNew ? state.form?.name || say('newTitle') : course.name),
      ),
      !isNew && h('span', { class: `badge st_${course.state}`, part: 'badge' }, say(`state_${course.state}`)),
    ),
    !isNew &&
      h(
        'div',
        { class: 'tabs', role: 'group', 'aria-label': say('view'), key: 'tabs' },
        tabs.map((each) =>
          h(
            'button',
            { key: each, type: 'button', class: 'tab', 'aria-pressed': each === tab, onClick: () => author.show(each) },
            say(`tab_${each}`),
          ),
        ),
      ),
    failed &&
      h(
        'p',
        { class: 'note', part: 'error', role: 'alert', key: 'failed' },
        say('notRead'),
        ' ',
        h('button', { type: 'button', class: 'button small', onClick: author.reload }, say('again')),
      ),
    body(),
  ];
}

/** Draws the editor: the list of courses, or the one that is open. */
export function view(kit: Kit, author: Author, { language, heading, say: announce }: Drawn) {
  const { h } = kit;
  const state = author.state.value;
  const speech = speechOf(kit, language);
  if (!speech) return undefined;
  const pen: Pen = { ...speech, h, kit, author, state, heading: Math.min(6, heading + 1), announce };
  const { courses, open: course, note } = state;
  if (courses === undefined && !course && !note) return undefined;
  if (courses === null && !course) {
    return h(
      'section',
      { class: 'card', part: 'card' },
      h(
        'div',
        { class: 'nothing' },
        h('p', { class: 'title' }, speech.say('courses')),
        h('p', { class: 'muted' }, speech.say('signedOut')),
        note && told(pen),
      ),
    );
  }
  return h(
    'section',
    { class: 'card editor author', part: 'card', 'aria-label': speech.say('courses') },
    course ? opened(pen) : list(pen),
  );
}

/** Puts the focus where the last step leads, opens what it lies in, and what is asked over everything else. */
export function drawn(author: Author, root: ShadowRoot): void {
  const dialogue = root.querySelector<HTMLDialogElement>('dialog:not([open])');
  dialogue?.showModal();
  const { self } = author;
  if (!self.focus) return;
  const target = firstOf(root, self.focus);
  if (!target) return;
  self.focus = null;
  for (let part = target.closest('details'); part; part = part.parentElement?.closest('details') ?? null)
    part.open = true;
  target.focus();
}
