import type { ComponentChild } from 'preact';
import type { ShownRow } from './drop.ts';
import { rename, rowOf } from './edits.ts';
import type { CourseNode } from './node.ts';
import type { CoursePen } from './pen.ts';
import type { Nodes } from './tree.ts';

/** What a row shows, but for its node: where it stands, and what is about it. */
interface Standing {
  depth: number;
  /** From 1, among its siblings. */
  place: number;
  siblings: number;
  folded: boolean;
  wrong: boolean;
  dragged: boolean;
  selected: boolean;
  /** The one that the tab key leads to. */
  reached: boolean;
  renaming: boolean;
  locale: string;
}

/** A row as it was drawn, and what of. */
interface DrawnRow {
  node: CourseNode;
  standing: Standing;
  row: ComponentChild;
}

/** Rows as they were drawn last, by the ids of their nodes. */
export type DrawnRows = ReadonlyMap<string, DrawnRow>;

/** Which of its siblings each node is, from 1, and how many there are. */
function placesOf(nodes: Nodes) {
  const counts = new Map<string | null, number>();
  const places = new Map<string, number>();
  for (const { id, parent } of nodes) {
    const place = (counts.get(parent) ?? 0) + 1;
    counts.set(parent, place);
    places.set(id, place);
  }
  return { places, counts };
}

/** A title that is typed in its place. */
function renaming(pen: CoursePen, node: CourseNode) {
  const { h, say, author } = pen;
  const fresh = author.self.fresh.has(node.id);
  let over = false;
  const end = (title: string | null) => {
    if (over) return;
    over = true;
    author.self.fresh.delete(node.id);
    if (title?.trim() && title !== node.title) rename(pen, node.id, title.trim(), fresh);
    else {
      author.focus(rowOf(node.id));
      author.set({ renaming: null });
    }
  };
  return h('input', {
    class: 'input rename',
    defaultValue: node.title,
    maxLength: 200,
    dir: 'auto',
    'aria-label': say('title'),
    onKeyDown: (event: KeyboardEvent) => {
      event.stopPropagation();
      if (event.key === 'Enter') end((event.currentTarget as HTMLInputElement).value);
      if (event.key === 'Escape') end(null);
    },
    onFocus: ({ currentTarget }: FocusEvent) => (currentTarget as HTMLInputElement).select(),
    onBlur: ({ currentTarget }: FocusEvent) => end((currentTarget as HTMLInputElement).value),
  });
}

function draw(pen: CoursePen, node: CourseNode, standing: Standing): ComponentChild {
  const { h, say } = pen;
  const { id, type, title, kind, label, hidden, required, minutes } = node;
  const { depth, place, siblings, folded, wrong, dragged, selected, reached } = standing;
  const sort = type === 'lesson' && kind && kind !== 'page' && say(`kind_${kind}`);
  const marks = [
    type === 'unit' && label,
    hidden && say('markHidden'),
    type === 'lesson' && !required && say('markOptional'),
    minutes && say('minutesShort', { n: minutes }),
  ].filter((mark): mark is string => !!mark);
  return h(
    'li',
    {
      key: id,
      role: 'treeitem',
      'data-node': id,
      class: `node ${type}${dragged ? ' dragged' : ''}`,
      style: { '--depth': `${depth - 1}` },
      'aria-level': depth,
      'aria-posinset': place,
      'aria-setsize': siblings,
      'aria-expanded': type === 'unit' ? !folded : undefined,
      'aria-selected': selected,
      tabIndex: reached ? 0 : -1,
    },
    h('span', { class: 'grip', 'aria-hidden': true }),
    type === 'unit'
      ? h('span', { class: `fold${folded ? ' shut' : ''}`, 'aria-hidden': true })
      : h('span', { class: `sort k_${kind}`, title: sort || say('kind_page'), 'aria-hidden': true }),
    standing.renaming
      ? renaming(pen, node)
      : h('bdi', { class: 'nodetitle', title }, title || h('i', { class: 'muted' }, id)),
    wrong && h('span', { class: 'faultdot' }, h('span', { class: 'said' }, say('markWrong'))),
    h(
      'span',
      { class: 'small muted marks' },
      marks.map((mark) => h('span', { key: mark }, ' ', mark)),
    ),
    sort && h('span', { class: 'said' }, ` ${sort}`),
  );
}

const isAsBefore = (before: Standing, now: Standing) =>
  (Object.keys(now) as (keyof Standing)[]).every((name) => before[name] === now[name]);

/**
 * The rows of the tree. One whose node and standing are as they were is the very same as last time, which Preact leaves
 * alone: courses have thousands of them, and each letter of a title draws the tree. `reached`: the row that the tab key
 * leads to.
 */
export function treeRows(pen: CoursePen, rows: readonly ShownRow[], reached: string | undefined): ComponentChild[] {
  const { state, author, nodes, locale } = pen;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const { places, counts } = placesOf(nodes);
  const wrong = new Set(state.draftFaults.map(({ id }) => id));
  const drawn = new Map<string, DrawnRow>();
  for (const { id, depth } of rows) {
    const node = byId.get(id) as CourseNode;
    const standing: Standing = {
      ...{ depth, locale, place: places.get(id) ?? 1, siblings: counts.get(node.parent) ?? 1, wrong: wrong.has(id) },
      ...{ folded: state.folded.has(id), dragged: state.drag?.id === id, selected: state.selected === id },
      ...{ reached: reached === id, renaming: state.renaming === id },
    };
    const before = author.self.rows.get(id);
    const same = before?.node === node && isAsBefore(before.standing, standing);
    drawn.set(id, same ? before : { node, standing, row: draw(pen, node, standing) });
  }
  author.self.rows = drawn;
  return [...drawn.values()].map(({ row }) => row);
}
