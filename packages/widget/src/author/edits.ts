import type { ShownFault } from './faults.ts';
import { freeSlug, idsOf } from './ids.ts';
import { type CourseNode, emptyNode } from './node.ts';
import type { CoursePen } from './pen.ts';
import {
  branch,
  childrenOf,
  duplicate,
  moveTo,
  type Place,
  placeOf,
  put,
  type Step,
  stepFrom,
  without,
} from './tree.ts';

/** The row of a node, for the focus. */
export const rowOf = (id: string): string => `[data-node="${id}"]`;

const current = ({ author }: CoursePen) => author.state.peek();
const nodesOf = (pen: CoursePen) => current(pen).nodes ?? [];
/** The ids that something new may not be given: progress is kept by them, from version to version. */
const takenBy = (pen: CoursePen) => new Set([...idsOf(nodesOf(pen)), ...current(pen).used]);
const titleOf = (pen: CoursePen, id: string) => nodesOf(pen).find((node) => node.id === id)?.title || id;

/** Opens a node beside the tree. */
export function select(pen: CoursePen, id: string | null): void {
  const { selected } = current(pen);
  if (selected === id) return;
  pen.author.renew();
  pen.author.set({ selected: id, renaming: null, note: null });
  const node = nodesOf(pen).find((each) => each.id === id);
  if (node?.markdown !== undefined && node.type === 'lesson') pen.author.preview(node.id, node.markdown ?? '');
}

/** Closes or opens a unit in the tree. */
export function fold({ author }: CoursePen, id: string, is: boolean): void {
  const folded = new Set(author.state.peek().folded);
  if (is) folded.add(id);
  else folded.delete(id);
  author.set({ folded });
}

/** Lets the title of a node be typed in its row. */
export function retitle({ author }: CoursePen, id: string): void {
  author.focus(`${rowOf(id)} .rename`);
  author.set({ renaming: id });
}

/** Adds a unit or a lesson: into the unit that is open, or after the lesson that is. */
export function add(pen: CoursePen, type: CourseNode['type'], label: string | null = null): void {
  const { say } = pen;
  const nodes = nodesOf(pen);
  const { selected, folded } = current(pen);
  const at = nodes.find(({ id }) => id === selected);
  // A unit is added beside a unit of its kind, else within what is open.
  const beside = type === 'unit' && at?.type === 'unit' && at.label === label;
  const place: Place =
    !at || (at.type === 'unit' && !beside) ? { parent: at?.id ?? null, before: null } : placeOf(nodes, at.id);
  const title = label
    ? say('unitNumber', { label, n: childrenOf(nodes, place.parent).filter((node) => node.label === label).length + 1 })
    : say(type === 'unit' ? 'newUnit' : 'newLesson');
  const id = freeSlug(title, takenBy(pen), type);
  const made = { ...emptyNode(id, place.parent, type, title), label };
  pen.author.renew();
  pen.author.self.fresh.add(id);
  const open = new Set(folded);
  if (place.parent) open.delete(place.parent);
  // Before the change, which is drawn at once: what is typed next is the title.
  pen.author.focus(`${rowOf(id)} .rename`);
  pen.author.change(put(nodes, [made], place), { selected: id, renaming: id, folded: open, undo: null });
}

/** Gives a node another title. One that was never saved under its first title gets an id of the new one. */
export function rename(pen: CoursePen, id: string, title: string, fresh: boolean): string {
  const nodes = nodesOf(pen);
  const others = takenBy(pen);
  others.delete(id);
  const node = nodes.find((each) => each.id === id);
  const next = fresh && node && title.trim() ? freeSlug(title, others, node.type) : id;
  const renamed = nodes.map((each) => {
    if (each.id === id) return { ...each, id: next, title };
    return each.parent === id && next !== id ? { ...each, parent: next } : each;
  });
  const { selected } = current(pen);
  pen.author.renew();
  pen.author.focus(rowOf(next));
  pen.author.change(renamed, { renaming: null, selected: selected === id ? next : selected });
  return next;
}

/** Moves a node to a place, and says where it is then. */
export function move(pen: CoursePen, id: string, place: Place): void {
  const { say, announce } = pen;
  const nodes = nodesOf(pen);
  const moved = moveTo(nodes, id, place);
  if (moved === nodes) return;
  const folded = new Set(current(pen).folded);
  if (place.parent) folded.delete(place.parent);
  pen.author.change(moved, { folded, undo: null });
  const siblings = childrenOf(moved, place.parent);
  announce(
    say(place.parent ? 'movedInto' : 'movedTop', {
      title: titleOf(pen, id),
      unit: place.parent ? titleOf(pen, place.parent) : '',
      n: siblings.findIndex((node) => node.id === id) + 1,
      of: siblings.length,
    }),
  );
}

/** Moves a node a step by the keyboard; what cannot be is said. */
export function step(pen: CoursePen, id: string, way: Step): void {
  const place = stepFrom(nodesOf(pen), id, way);
  if (place) move(pen, id, place);
  else pen.announce(pen.say(`cannot_${way}`));
}

/** Makes a copy of a node and of all that is in it. */
export function copy(pen: CoursePen, id: string): void {
  const made = duplicate(nodesOf(pen), id, takenBy(pen));
  pen.author.renew();
  pen.author.focus(rowOf(made.id));
  pen.author.change(made.nodes, { selected: made.id, undo: null });
  pen.announce(pen.say('copiedSaid', { title: titleOf(pen, id) }));
}

/** Takes out a node and all that is in it; it can be put back. */
export function remove(pen: CoursePen, id: string): void {
  const nodes = nodesOf(pen);
  const at = nodes.findIndex((node) => node.id === id);
  const gone = branch(nodes, id);
  const left = without(nodes, id);
  const next = left[Math.min(at, left.length - 1)]?.id ?? null;
  pen.author.renew();
  pen.author.focus('.undo');
  pen.author.change(left, { selected: next, undo: { nodes: gone, place: placeOf(nodes, id) } });
  pen.announce(pen.say('deletedSaid', { title: gone[0]?.title ?? '', n: gone.length }));
}

/** Puts back what was taken out last. */
export function putBack(pen: CoursePen): void {
  const { undo } = current(pen);
  const [node] = undo?.nodes ?? [];
  if (!undo || !node) return;
  const nodes = nodesOf(pen);
  const has = idsOf(nodes);
  const parent = undo.place.parent && has.has(undo.place.parent) ? undo.place.parent : null;
  const before = undo.place.before && has.has(undo.place.before) ? undo.place.before : null;
  const back = undo.nodes.map((each) => (each === node ? { ...each, parent } : each));
  pen.author.renew();
  pen.author.focus(rowOf(node.id));
  pen.author.change(put(nodes, back, { parent, before }), { selected: node.id, undo: null });
  pen.announce(pen.say('backSaid', { title: node.title }));
}

/** Leads to a field that something is wrong with. */
export function jump(pen: CoursePen, { id, field }: ShownFault): void {
  if (!id) return;
  select(pen, id);
  const folded = new Set(current(pen).folded);
  for (let node = nodesOf(pen).find((each) => each.id === id); node?.parent; ) {
    const { parent } = node;
    folded.delete(parent);
    node = nodesOf(pen).find((each) => each.id === parent);
  }
  const within = field.split('/').slice(0, 2).join('/');
  pen.author.focus(field === '#' ? '[data-at="#/title"]' : `[data-at="${field}"], [data-at="${within}"]`);
  pen.author.set({ folded });
}
