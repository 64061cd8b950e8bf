import { speaker } from '../i18n/speak.ts';
import type { Kit } from '../kit.ts';
import type { Drawn, Host } from '../views/kind.ts';
import { isFixed } from './fixed.ts';
import type { Contest } from './form.ts';
import { edit, type FormPen, type Pen, type Speech } from './pen.ts';
import { preview } from './preview.ts';
import { run } from './run.ts';
import { sections } from './sections.ts';
import { createEditor, type Editor, type Tab } from './store.ts';
import { type EditorKey, words } from './words.ts';

export { style } from './style.ts';

/** The contests of a programme, or one of them. */
export const open = (kit: Kit, { read }: Host): Editor =>
  createEditor(kit, read('program') ?? '', read('contest') ?? '');

function speechOf({ locale, date }: Drawn['language']): Speech {
  const catalogue = words[locale.slice(0, 2).toLowerCase()] ?? words.en;
  return {
    ...speaker<EditorKey>(locale, catalogue as NonNullable<typeof catalogue>),
    date: (instant, timeZone) => {
      try {
        return date(instant, 'full', timeZone);
      } catch {
        return date(instant, 'full');
      }
    },
  };
}

/** What was said last, and where the focus goes when nothing else is nearer. */
function told({ h, say, editor }: Pen, rest: readonly string[] = []) {
  const { note } = editor.state.value;
  return h(
    'div',
    { class: 'telling', key: 'told' },
    note &&
      h(
        'p',
        {
          class: `told${note.bad ? ' wrong' : ''}`,
          part: note.bad ? 'error' : undefined,
          tabIndex: -1,
          role: note.bad ? 'alert' : 'status',
        },
        [say(note.key), note.detail, ...rest].filter(Boolean).join(' '),
      ),
  );
}

function row({ h, say, date, editor }: Pen, contest: Contest) {
  const { id, name, state, startsAt, endsAt, timeZone } = contest;
  return h(
    'li',
    { key: id, part: 'row', class: 'listed' },
    h(
      'button',
      { type: 'button', class: 'open', 'data-contest': id, onClick: () => editor.open(contest) },
      h('bdi', { class: 'name' }, name),
    ),
    h('span', { class: `badge st_${state}`, part: 'badge' }, say(`state_${state}`)),
    h(
      'span',
      { class: 'small muted dates' },
      say('range', { start: date(startsAt, timeZone), end: date(endsAt, timeZone), zone: timeZone }),
    ),
  );
}

function list(pen: Pen) {
  const { h, say, editor } = pen;
  const { contests, nextCursor, failed } = editor.state.value;
  return [
    h(
      'div',
      { class: 'head', key: 'head' },
      h(`h${pen.heading - 1}`, { class: 'title', part: 'title', tabIndex: -1 }, say('contests')),
      h('button', { type: 'button', class: 'button primary new', onClick: () => editor.open('new') }, say('new')),
    ),
    failed &&
      h(
        'p',
        { class: 'note', part: 'error', role: 'alert', key: 'failed' },
        say('notRead'),
        ' ',
        h('button', { type: 'button', class: 'button small', onClick: editor.reload }, say('again')),
      ),
    told(pen),
    contests?.length === 0 && !failed && h('p', { class: 'muted', key: 'none' }, say('none')),
    h(
      'ul',
      { class: 'contests', key: 'list', 'aria-busy': !contests },
      contests?.map((contest) => row(pen, contest)),
    ),
    nextCursor && h('button', { type: 'button', class: 'button', key: 'more', onClick: editor.more }, say('more')),
  ];
}

function bar(pen: FormPen) {
  const { h, say, editor, contest } = pen;
  const { busy, faults } = editor.state.value;
  const early = contest === 'new' || contest.state === 'draft';
  const over = contest !== 'new' && isFixed(contest, 'name');
  // What is wrong where no field shows it.
  const rest = Object.entries(faults).flatMap(([at, detail]) =>
    pen.drawn.has(at) ? [] : [`${at.slice(2)}: ${detail}`],
  );
  const button = (label: EditorKey, first: boolean, to?: 'draft' | 'scheduled') =>
    h(
      'button',
      {
        type: first ? 'submit' : 'button',
        class: `button${first ? ' primary' : ''}`,
        'aria-disabled': busy,
        onClick: (event: MouseEvent) => {
          event.preventDefault();
          if (!busy) void editor.save(say, to);
        },
      },
      say(label),
    );
  return h(
    'div',
    { class: 'savebar', part: 'footer', key: 'bar' },
    told(pen, rest),
    !over &&
      h(
        'div',
        { class: 'acts' },
        early ? [button('saveSchedule', true, 'scheduled'), button('saveDraft', false, 'draft')] : button('save', true),
        contest !== 'new' &&
          editor.isDirty() &&
          h('button', { type: 'button', class: 'button', onClick: editor.discard }, say('discard')),
      ),
  );
}

const tabs: Tab[] = ['settings', 'preview', 'run'];

function opened(base: Pen, contest: Contest | 'new') {
  const { h, say, editor } = base;
  const { tab, form, failed } = editor.state.value;
  if (!form) return null;
  const pen: FormPen = {
    ...base,
    ...{ form, contest, faults: editor.state.value.faults, drawn: new Set(), focus: editor.focus },
    fixed: (field) => isFixed(contest, field),
    edit: (pointer, value) => edit(base, pointer, value),
  };
  const isNew = contest === 'new';
  return [
    h(
      'div',
      { class: 'head', key: 'head' },
      h('button', { type: 'button', class: 'button small back', onClick: editor.back }, say('back')),
      h(
        `h${pen.heading - 1}`,
        { class: 'title grow', part: 'title', tabIndex: -1 },
        h('bdi', null, isNew ? form.name || say('newTitle') : contest.name),
      ),
      !isNew && h('span', { class: `badge st_${contest.state}`, part: 'badge' }, say(`state_${contest.state}`)),
    ),
    h(
      'div',
      { class: 'tabs', role: 'group', 'aria-label': say('view'), key: 'tabs' },
      tabs.map(
        (each) =>
          !(isNew && each === 'run') &&
          h(
            'button',
            { key: each, type: 'button', class: 'tab', 'aria-pressed': each === tab, onClick: () => editor.show(each) },
            say(`tab_${each}`),
          ),
      ),
    ),
    failed && h('p', { class: 'note', part: 'error', role: 'alert', key: 'failed' }, say('notRead')),
    tab === 'settings' &&
      h(
        'form',
        {
          key: `form-${isNew ? 'new' : contest.id}-${editor.self.generation}`,
          class: 'settings',
          part: 'form',
          noValidate: true,
          onSubmit: (event: SubmitEvent) => event.preventDefault(),
        },
        sections(pen),
        bar(pen),
      ),
    tab === 'preview' && preview(pen),
    tab === 'run' && !isNew && [told(pen), run(pen, contest)],
  ];
}

/** Draws the editor: the list of contests, or the one that is open. */
export function view(kit: Kit, editor: Editor, { language, heading, say: announce }: Drawn) {
  const { h } = kit;
  const speech = speechOf(language);
  const { contests, open: contest } = editor.state.value;
  const pen: Pen = { ...speech, h, kit, editor, heading: Math.min(6, heading + 1), announce };
  if (contests === undefined && !contest) return undefined;
  if (contests === null && !contest) {
    return h(
      'section',
      { class: 'card', part: 'card' },
      h(
        'div',
        { class: 'nothing' },
        h('p', { class: 'title' }, speech.say('contests')),
        h('p', { class: 'muted' }, speech.say('signedOut')),
      ),
    );
  }
  return h(
    'section',
    { class: 'card editor', part: 'card', 'aria-label': speech.say('contests') },
    contest ? opened(pen, contest) : list(pen),
  );
}

/** Puts the focus where the last step leads, and opens what it lies in. */
export function drawn(editor: Editor, root: ShadowRoot): void {
  const { self } = editor;
  if (!self.focus) return;
  const target = root.querySelector<HTMLElement>(self.focus);
  if (!target) return;
  self.focus = null;
  const part = target.closest('details');
  if (part) part.open = true;
  target.focus();
}
