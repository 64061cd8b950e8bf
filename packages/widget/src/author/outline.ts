import { startDrag } from './drag.ts';
import { type ShownRow, shownRows } from './drop.ts';
import { add, copy, putBack, remove, rename, rowOf, select, step } from './edits.ts';
import type { CourseNode } from './node.ts';
import { button, type CoursePen } from './pen.ts';
import { childrenOf, type Step } from './tree.ts';

const isRightToLeft = (event: KeyboardEvent) => getComputedStyle(event.currentTarget as Element).direction === 'rtl';

/** What a key does in the tree; `false` where it is nothing of the tree's. */
function onKey(pen: CoursePen, event: KeyboardEvent, node: CourseNode, rows: readonly ShownRow[]): boolean {
  const { author } = pen;
  const { key, altKey, ctrlKey, metaKey } = event;
  if (ctrlKey || metaKey) return false;
  const inward = isRightToLeft(event) ? 'ArrowLeft' : 'ArrowRight';
  const outward = isRightToLeft(event) ? 'ArrowRight' : 'ArrowLeft';
  const at = rows.findIndex(({ id }) => id === node.id);
  const go = (row: Pick<ShownRow, 'id'> | undefined) => {
    if (!row) return;
    author.focus(rowOf(row.id));
    author.set({});
  };
  if (altKey) {
    const steps: Record<string, Step> = { ArrowUp: 'up', ArrowDown: 'down', [inward]: 'in', [outward]: 'out' };
    const way = steps[key];
    if (!way) return false;
    author.focus(rowOf(node.id));
    step(pen, node.id, way);
    return true;
  }
  const { folded } = author.state.peek();
  const fold = (is: boolean) => {
    const next = new Set(folded);
    if (is) next.add(node.id);
    else next.delete(node.id);
    author.set({ folded: next });
  };
  const isOpen = node.type === 'unit' && !folded.has(node.id);
  const deeds: Record<string, () => void> = {
    ArrowUp: () => go(rows[at - 1]),
    ArrowDown: () => go(rows[at + 1]),
    Home: () => go(rows[0]),
    End: () => go(rows.at(-1)),
    [inward]: () =>
      isOpen || node.type === 'lesson' ? go(rows.find(({ parent }) => parent === node.id)) : fold(false),
    [outward]: () => (isOpen ? fold(true) : go(rows.find(({ id }) => id === node.parent))),
    Enter: () => {
      author.focus('[data-at="#/title"]');
      select(pen, node.id);
      author.set({});
    },
    ' ': () => select(pen, node.id),
    F2: () => {
      author.focus(`${rowOf(node.id)} .rename`);
      author.set({ renaming: node.id });
    },
    Delete: () => remove(pen, node.id),
  };
  const deed = deeds[key];
  deed?.();
  return !!deed;
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
    onClick: (event: MouseEvent) => event.stopPropagation(),
  });
}

function treeRow(pen: CoursePen, row: ShownRow, rows: readonly ShownRow[], at: number, reach: string | undefined) {
  const { h, say, state, author, nodes } = pen;
  const node = nodes.find(({ id }) => id === row.id) as CourseNode;
  const { id, type, title, kind, label, hidden, required, minutes } = node;
  const siblings = childrenOf(nodes, node.parent);
  const folded = state.folded.has(id);
  const wrong = state.draftFaults.some((fault) => fault.id === id);
  const { drag } = state;
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
      class: `node ${type}${drag?.id === id ? ' dragged' : ''}`,
      style: { '--depth': `${row.depth - 1}` },
      'aria-level': row.depth,
      'aria-posinset': siblings.indexOf(node) + 1,
      'aria-setsize': siblings.length,
      'aria-expanded': type === 'unit' ? !folded : undefined,
      'aria-selected': state.selected === id,
      tabIndex: reach === id ? 0 : -1,
      onKeyDown: (event: KeyboardEvent) => {
        if (onKey(pen, event, node, rows)) event.preventDefault();
      },
      onClick: () => {
        author.focus(rowOf(id));
        select(pen, id);
      },
      onDblClick: () => {
        author.focus(`${rowOf(id)} .rename`);
        author.set({ renaming: id });
      },
      'data-gap': at,
    },
    h('span', {
      class: 'grip',
      'aria-hidden': true,
      onPointerDown: (event: PointerEvent) => startDrag(pen, event, id, rows),
    }),
    type === 'unit'
      ? h('span', {
          class: `fold${folded ? ' shut' : ''}`,
          'aria-hidden': true,
          onClick: (event: MouseEvent) => {
            event.stopPropagation();
            const next = new Set(state.folded);
            if (!next.delete(id)) next.add(id);
            author.set({ folded: next });
          },
        })
      : h('span', { class: `sort k_${kind}`, title: sort || say('kind_page'), 'aria-hidden': true }),
    state.renaming === id
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

/** What can be done with the node that is open, by buttons: what the keys do. */
function tools(pen: CoursePen, id: string | null) {
  const { h, say, nodes } = pen;
  const title = nodes.find((node) => node.id === id)?.title ?? '';
  const off = { 'aria-disabled': id === null };
  const steps: Step[] = ['up', 'down', 'out', 'in'];
  return h(
    'div',
    { class: 'acts doing', role: 'group', 'aria-label': say('actsOn', { title }) },
    steps.map((way) =>
      h('button', {
        key: way,
        type: 'button',
        class: `button small way ${way}`,
        'aria-label': say(`go_${way}`),
        title: say(`go_${way}`),
        ...off,
        onClick: () => id && step(pen, id, way),
      }),
    ),
    button(pen, say('copy'), () => id && copy(pen, id), off),
    button(pen, say('delete'), () => id && remove(pen, id), { ...off, class: 'button small delete' }),
  );
}

/** The tree of the course, with all that changes it. */
export function outline(pen: CoursePen) {
  const { h, say, state, nodes } = pen;
  const rows = shownRows(nodes, state.folded);
  const active = state.selected && rows.some(({ id }) => id === state.selected) ? state.selected : rows[0]?.id;
  const { drag, undo } = state;
  const gone = undo?.nodes[0];
  return h(
    'div',
    { class: 'outline' },
    h(
      'div',
      { class: 'acts adders' },
      h(
        'button',
        { type: 'button', class: 'button small primary', onClick: () => add(pen, 'lesson') },
        say('addLesson'),
      ),
      h(
        'span',
        { class: 'adders', role: 'group', 'aria-label': say('addUnit') },
        (['phase', 'week', 'module'] as const).map((level) =>
          h(
            'button',
            {
              key: level,
              type: 'button',
              class: 'button small',
              onClick: () => add(pen, 'unit', say(`level_${level}`)),
            },
            `+ ${say(`level_${level}`)}`,
          ),
        ),
      ),
    ),
    nodes.length > 0 && tools(pen, state.selected),
    nodes.length === 0 && h('p', { class: 'muted hollow' }, say('noNodes')),
    nodes.length > 0 &&
      h(
        'ul',
        { class: 'tree', role: 'tree', 'aria-label': say('curriculum') },
        rows.map((row, at) => treeRow(pen, row, rows, at, active)),
        drag?.place &&
          h('li', {
            key: 'drop',
            class: 'drop',
            role: 'presentation',
            style: { '--gap-at': `${drag.gap}`, '--depth': `${drag.depth - 1}` },
          }),
      ),
    gone &&
      undo &&
      h(
        'p',
        { class: 'note undoing', role: 'status' },
        h('span', null, say('deletedSaid', { title: gone.title, n: undo.nodes.length })),
        button(pen, say('undo'), () => putBack(pen), { class: 'button small undo' }),
      ),
    nodes.length > 0 && h('p', { class: 'small muted keys' }, h('b', null, say('keys')), ` ${say('keysText')}`),
  );
}
