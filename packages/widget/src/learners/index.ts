import { catalogueIn } from '../forms/catalogue.ts';
import { firstOf } from '../forms/focus.ts';
import { type Message, speaker } from '../i18n/speak.ts';
import type { Kit } from '../kit.ts';
import type { Drawn, Host } from '../views/kind.ts';
import { funnel, heat } from './charts.ts';
import { agoIn, type Pen } from './pen.ts';
import { ask, person } from './person.ts';
import { createLearners, type Learners, type Sort, type Tab } from './store.ts';
import { table } from './table.ts';
import type { LearnersKey } from './words.ts';
import { en } from './words-en.ts';

export { style } from './style.ts';

/** Those who learn a course, or a cohort of it. */
export const open = (kit: Kit, { read }: Host): Learners =>
  createLearners(kit, read('course') ?? '', read('cohort') ?? '');

const tabs: Tab[] = ['learners', 'funnel', 'heat'];
const sorts: Sort[] = ['active', 'percent', 'name'];

function tools({ h, say, store, state }: Pen) {
  const { tab, cohort, cohorts, sort, q } = state;
  return h(
    'div',
    { class: 'filters', key: 'tools' },
    tab === 'learners' &&
      h('input', {
        class: 'input search',
        type: 'search',
        'aria-label': say('search'),
        placeholder: say('search'),
        defaultValue: q,
        maxLength: 100,
        onInput: ({ currentTarget }: Event) => store.search((currentTarget as HTMLInputElement).value.trim()),
      }),
    cohorts.length > 0 &&
      h(
        'select',
        {
          class: 'input',
          'aria-label': say('cohort'),
          onChange: ({ currentTarget }: Event) => store.choose({ cohort: (currentTarget as HTMLSelectElement).value }),
        },
        h('option', { value: '', selected: !cohort }, say('allCohorts')),
        cohorts.map(({ slug, name }) => h('option', { key: slug, value: slug, selected: slug === cohort }, name)),
      ),
    tab === 'learners' &&
      h(
        'select',
        {
          class: 'input',
          'aria-label': say('sort'),
          onChange: ({ currentTarget }: Event) =>
            store.choose({ sort: (currentTarget as HTMLSelectElement).value as Sort }),
        },
        sorts.map((each) => h('option', { key: each, value: each, selected: each === sort }, say(`sort_${each}`))),
      ),
    tab === 'learners' &&
      h(
        'button',
        {
          type: 'button',
          class: 'button small',
          'data-ask': 'enrol',
          onClick: () => {
            store.focus('.ask .input');
            store.set({ asking: 'enrol', open: null, note: null });
          },
        },
        say('enrolDo'),
      ),
  );
}

function body(pen: Pen) {
  const { h, say, store, state } = pen;
  const { tab, note, changes, failed, asking, open: learner } = state;
  return [
    h(
      'div',
      { class: 'tabs', role: 'group', 'aria-label': say('view'), key: 'tabs' },
      tabs.map((each) =>
        h(
          'button',
          {
            key: each,
            type: 'button',
            class: 'tab',
            'aria-pressed': each === tab,
            onClick: () => store.choose({ tab: each }),
          },
          say(`tab_${each}`),
        ),
      ),
      changes > 0 &&
        h(
          'button',
          {
            type: 'button',
            class: 'button primary small pill',
            onClick: () => {
              store.focus('.tab[aria-pressed=true]');
              void store.refresh();
            },
          },
          say('changes', { n: changes }),
        ),
    ),
    tools(pen),
    failed &&
      h(
        'p',
        { class: 'note', part: 'error', role: 'alert', key: 'failed' },
        say('notRead'),
        ' ',
        h('button', { type: 'button', class: 'button small', onClick: store.retry }, say('again_')),
      ),
    h(
      'div',
      { class: 'telling', key: 'told' },
      note &&
        h(
          'p',
          { class: `told${note.bad ? ' wrong' : ''}`, tabIndex: -1, role: note.bad ? 'alert' : 'status' },
          [say(note.key), note.detail].filter(Boolean).join(' '),
        ),
    ),
    asking === 'enrol' && ask(pen, 'enrol', null),
    tab === 'learners' &&
      h('div', { class: `both${learner ? ' with' : ''}`, key: 'both' }, table(pen), learner && person(pen, learner)),
    tab === 'funnel' && funnel(pen),
    tab === 'heat' && heat(pen),
  ];
}

/** Draws who is where, the funnel by lesson, and the heat map of a video. */
export function view(kit: Kit, store: Learners, { language, heading, say: announce }: Drawn) {
  const { h } = kit;
  const state = store.state.value;
  const { course, failed } = state;
  if (course === undefined && !failed) return undefined;
  const { locale, date } = language;
  const catalogue = catalogueIn<Record<LearnersKey, Message>>(kit, locale, 'learners', en);
  if (!catalogue) return undefined;
  const speech = speaker<LearnersKey>(locale, catalogue);
  const pen: Pen = {
    ...speech,
    ...{ h, kit, store, state, announce, ago: agoIn(locale), heading: Math.min(6, heading + 1) },
    date: (instant) => date(instant, 'full'),
  };
  const { say } = speech;
  const title = course ? kit.cleanName(course.name) : say('learners');
  return h(
    'section',
    { class: 'card cohortview', part: 'card', 'aria-label': say('learners') },
    h(
      'div',
      { class: 'head', key: 'head' },
      h(`h${heading}`, { class: 'title', part: 'title', tabIndex: -1 }, h('bdi', null, title)),
      course &&
        course.seats !== null &&
        h('span', { class: 'badge numbers', part: 'badge' }, say('seats', { n: course.seatsLeft ?? 0 })),
    ),
    course
      ? body(pen)
      : course === null
        ? h('p', { class: 'muted hollow' }, say('signedOut'))
        : h(
            'p',
            { class: 'note', part: 'error', role: 'alert' },
            say('notRead'),
            ' ',
            h('button', { type: 'button', class: 'button small', onClick: store.retry }, say('again_')),
          ),
  );
}

/** Puts the focus where the last step leads. */
export function drawn(store: Learners, root: ShadowRoot): void {
  const { self } = store;
  if (!self.focus) return;
  const target = firstOf(root, self.focus);
  if (!target) return;
  self.focus = null;
  target.focus();
}
