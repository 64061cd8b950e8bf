import { startDrag } from './drag.ts';
import { type ShownRow, shownRows } from './drop.ts';
import { add, copy, fold, putBack, remove, retitle, rowOf, select, step } from './edits.ts';
import type { CourseNode } from './node.ts';
import { button, type CoursePen } from './pen.ts';
import { treeRows } from './rows.ts';
import type { Step } from './tree.ts';

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
  const isOpen = node.type === 'unit' && !author.state.peek().folded.has(node.id);
  const deeds: Record<string, () => void> = {
    ArrowUp: () => go(rows[at - 1]),
    ArrowDown: () => go(rows[at + 1]),
    Home: () => go(rows[0]),
    End: () => go(rows.at(-1)),
    [inward]: () =>
      isOpen || node.type === 'lesson' ? go(rows.find(({ parent }) => parent === node.id)) : fold(pen, node.id, false),
    [outward]: () => (isOpen ? fold(pen, node.id, true) : go(rows.find(({ id }) => id === node.parent))),
    Enter: () => {
      author.focus('[data-at="#/title"]');
      select(pen, node.id);
      author.set({});
    },
    ' ': () => select(pen, node.id),
    F2: () => retitle(pen, node.id),
    Delete: () => remove(pen, node.id),
  };
  const deed = deeds[key];
  deed?.();
  return !!deed;
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

/** What the pointer and the keys do in the tree, by the row they are at: the rows themselves stay as they are. */
function handlers(pen: CoursePen, rows: readonly ShownRow[]) {
  const { author, nodes } = pen;
  type Deed<Happening> = (node: CourseNode, event: Happening, target: Element) => void;
  const at =
    <Happening extends Event>(deed: Deed<Happening>) =>
    (event: Happening) => {
      const target = event.target as Element;
      const id = target.closest<HTMLElement>('[data-node]')?.dataset.node;
      const node = nodes.find((each) => each.id === id);
      // A title that is typed in its place has keys of its own.
      if (node && !target.closest('.rename')) deed(node, event, target);
    };
  return {
    onKeyDown: at<KeyboardEvent>((node, event) => onKey(pen, event, node, rows) && event.preventDefault()),
    onClick: at<MouseEvent>(({ id }, _, target) => {
      if (target.closest('.fold')) return fold(pen, id, !author.state.peek().folded.has(id));
      author.focus(rowOf(id));
      select(pen, id);
    }),
    onDblClick: at<MouseEvent>(({ id }, _, target) => target.closest('.fold') ?? retitle(pen, id)),
    onPointerDown: at<PointerEvent>(({ id }, event, target) => {
      const grip = target.closest<HTMLElement>('.grip');
      if (grip) startDrag(pen, event, grip, id, rows);
    }),
  };
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
        { class: 'tree', role: 'tree', 'aria-label': say('curriculum'), ...handlers(pen, rows) },
        treeRows(pen, rows, active),
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
