import { unfinished } from '../author/check.ts';
import { edit } from '../author/edit.ts';
import { type CourseNode, lessonKinds } from '../author/node.ts';
import type { CoursePen } from '../author/pen.ts';
import type { AuthorKey } from '../author/words.ts';
import { field, pick, tick } from '../forms/fields.ts';
import { faultAt, type Sheet, valueAt } from '../forms/sheet.ts';
import { nodeForm, typed } from './node-form.ts';
import { opening } from './opening.ts';
import { completion } from './rule.ts';
import { markdown } from './text.ts';
import { video } from './video.ts';

/** What the fields of one node are drawn with. */
export interface NodePen extends CoursePen, Omit<Sheet<AuthorKey>, 'h' | 'say' | 'announce'> {
  node: CourseNode;
}

/** The sheet of a node: what is typed goes into the draft at once. */
export function nodePen(pen: CoursePen, node: CourseNode): NodePen {
  const { author, state, say, course } = pen;
  const slugs = [...new Set([...(state.cohorts ?? []).map(({ slug }) => slug), ...node.cohorts])];
  const here = () => (author.state.peek().nodes ?? []).find(({ id }) => id === node.id) ?? node;
  const formOf = (of: CourseNode) => nodeForm(of, course.timeZone, slugs, author.self.generation);
  const found = state.draftFaults.filter(({ id }) => id === node.id).map(({ field: at, detail }) => [at, detail]);
  return {
    ...pen,
    node,
    form: formOf(node),
    faults: Object.fromEntries([...found, ...unfinished(node).map(({ field: at, word }) => [at, say(word)])]),
    drawn: new Set(),
    fixed: () => false,
    focus: author.focus,
    edit(pointer, value) {
      const rows = Array.isArray(value);
      const changes = typed(formOf(here()), pointer, value, course.timeZone);
      const kind = pointer === '#/kind';
      edit(pen, node.id, kind ? { ...changes, done: null } : changes, rows || kind);
    },
  };
}

/** A part of the pane that opens and closes. */
export function part({ h, say, heading }: CoursePen, title: AuthorKey, isOpen: boolean, ...children: unknown[]) {
  return h(
    'details',
    { key: title, class: 'part', open: isOpen },
    h('summary', null, h(`h${Math.min(6, heading + 1)}`, { class: 'subtitle' }, say(title))),
    h('div', { class: 'grid' }, children as never),
  );
}

/** Who sees it: cohorts by their names. */
function cohorts(pen: NodePen) {
  const { h, say, state, node } = pen;
  const all = state.cohorts ?? [];
  if (all.length === 0 && node.cohorts.length === 0) return null;
  const slugs = [...new Set([...all.map(({ slug }) => slug), ...node.cohorts])];
  return h(
    'fieldset',
    { class: 'f whole choose' },
    h('legend', null, say('onlyCohorts')),
    slugs.map((slug) =>
      h(
        'label',
        { key: slug, class: 'tick' },
        h('input', {
          type: 'checkbox',
          checked: valueAt(pen.form, `#/cohorts/${slug}`) as boolean,
          onChange: ({ currentTarget }: Event) =>
            pen.edit(`#/cohorts/${slug}`, (currentTarget as HTMLInputElement).checked),
        }),
        h('bdi', null, all.find((each) => each.slug === slug)?.name ?? slug),
      ),
    ),
    h('p', { class: 'small muted' }, say('onlyCohortsHint')),
  );
}

const hasUrl = new Set(['embed', 'external', 'download', 'live']);

function content(pen: NodePen) {
  const { node, course } = pen;
  return part(
    pen,
    'partContent',
    true,
    field(pen, '#/summary', 'summary', { as: 'area', most: 1000, optional: true, attributes: { rows: 2 } }),
    node.kind === 'video' && video(pen),
    hasUrl.has(node.kind ?? '') &&
      field(pen, '#/url', node.kind === 'live' ? 'urlLive' : 'url', { as: 'url', most: 2000, wide: true }),
    node.kind === 'live' && [
      field(pen, '#/startsAt', 'startsAt', { as: 'time', hint: 'inZone', values: { zone: course.timeZone } }),
      field(pen, '#/endsAt', 'endsAt', { as: 'time', optional: true }),
    ],
    markdown(pen),
  );
}

function counting(pen: NodePen) {
  const { node } = pen;
  const lesson = node.type === 'lesson';
  return part(
    pen,
    'partCounts',
    false,
    lesson && tick(pen, '#/required', 'required', 'requiredHint'),
    tick(pen, '#/hidden', 'hidden', 'hiddenHint'),
    field(pen, '#/weight', 'weight', { as: 'number', optional: true, hint: lesson ? 'weightLesson' : 'weightUnit' }),
    !lesson && field(pen, '#/choose', 'choose', { as: 'number', optional: true, hint: 'chooseHint' }),
    field(pen, '#/event', 'event', {
      optional: true,
      hint: 'eventHint',
      most: 64,
      attributes: { dir: 'ltr', spellcheck: false, placeholder: 'week-1' },
    }),
    cohorts(pen),
  );
}

/** All that can be said of the unit or lesson that is open. */
export function pane(base: CoursePen) {
  const { h, say, state, author, heading } = base;
  const node = base.nodes.find(({ id }) => id === state.selected);
  if (!node) return null;
  const pen = nodePen(base, node);
  const lesson = node.type === 'lesson';
  const whole = faultAt(pen, '#', false);
  return h(
    'section',
    { class: 'pane', key: `${node.id}-${author.self.generation}`, 'aria-label': node.title || node.id },
    h(
      'div',
      { class: 'panehead' },
      h(`h${heading}`, { class: 'subtitle' }, h('bdi', null, node.title || say('untitled'))),
      h('span', { class: 'small muted', title: say('idHint') }, h('code', { dir: 'ltr' }, node.id)),
    ),
    whole && h('p', { class: 'wrong small', 'data-at': '#', tabIndex: -1 }, whole),
    h(
      'div',
      { class: 'grid' },
      field(pen, '#/title', 'title', { most: 200, wide: true }),
      lesson
        ? [
            pick(pen, '#/kind', 'kind', 'kind', lessonKinds),
            field(pen, '#/minutes', 'minutes', { as: 'number', optional: true }),
          ]
        : field(pen, '#/label', 'label', { most: 40, optional: true, hint: 'labelHint' }),
    ),
    lesson
      ? content(pen)
      : part(pen, 'partContent', true, field(pen, '#/summary', 'summary', { as: 'area', most: 1000, optional: true })),
    lesson && completion(pen),
    opening(pen),
    counting(pen),
  );
}
