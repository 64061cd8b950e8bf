/**
 * `h`, `Fragment` and `render` of Preact, by no more than the script uses: elements, fragments and functions of their
 * properties. No state, hooks, context, refs, hydration or `dangerouslySetInnerHTML`. How children are matched and
 * moved, and how properties are set, is Preact's own source; the file `laurel.js` is built with this, at half the size.
 * A test holds the two against each other.
 */
import { VNODE_MARKER } from 'preact/src/constants.js';
import { createElement, Fragment } from 'preact/src/create-element.js';
import { diffChildren } from 'preact/src/diff/children.js';
import { setProperty } from 'preact/src/diff/props.js';

type Node = SourceNode;
type Cursor = ChildNode | null | undefined;

const inside = (type: unknown): type is (props: Node['props']) => unknown => typeof type === 'function';

function childrenOf(parent: ParentNode, children: unknown, next: Node, before: Partial<Node>, ns: string, at: Cursor) {
  return diffChildren(parent, Array.isArray(children) ? children : [children], next, before, 0, ns, 0, 0, at, 0, 0);
}

/** The first element or text at or after a place among a node's children, within the element around them. */
export function getDomSibling(node: Node, index?: number): Cursor {
  if (index === undefined) return node._parent && getDomSibling(node._parent, node._index + 1);
  for (const child of node._children?.slice(index) ?? []) if (child?._dom) return child._dom;
  return inside(node.type) ? getDomSibling(node) : null;
}

function element(dom: ChildNode | null | undefined, next: Node, before: Partial<Node>, namespace: string): ChildNode {
  const { type, props } = next;
  if (!type) {
    const text = props as unknown as string;
    if (!dom) return document.createTextNode(text);
    if (before.props !== props) (dom as Text).data = text;
    return dom;
  }
  const ns = type === 'svg' ? 'http://www.w3.org/2000/svg' : namespace;
  const made = (dom ?? document.createElementNS(ns, type as string)) as Element;
  const old = before.props ?? {};
  for (const name in { ...props, ...old }) {
    if (name !== 'children' && old[name] !== props[name]) setProperty(made, name, props[name], old[name], ns);
  }
  childrenOf(made, props.children, next, before, ns, before._children && getDomSibling(before as Node, 0));
  return made;
}

/** Draws a node where another was; answers the place behind it. Called by Preact's `diffChildren`, with its arguments. */
export function diff(
  parent: ParentNode,
  next: Node,
  before: Partial<Node>,
  _context: unknown,
  namespace: string,
  _excess: unknown,
  _commits: unknown,
  at: Cursor,
): Cursor {
  // An object that came as JSON must not become an element.
  if (next.constructor !== VNODE_MARKER) return null;
  if (inside(next.type)) {
    const drawn = next.type(next.props) as Node | null;
    const children = drawn?.type === Fragment && drawn.key === undefined ? drawn.props.children : drawn;
    return childrenOf(parent, children, next, before, namespace, at);
  }
  if (next._original === before._original) {
    // The very same as last time: it is left as it is.
    next._dom = before._dom as ChildNode;
    next._children = before._children ?? null;
    for (const child of next._children ?? []) if (child) child._parent = next;
  } else next._dom = element(before._dom, next, before, namespace);
  return next._dom;
}

/** Takes a node off the page. */
export function unmount(node: Node): void {
  if (inside(node.type)) for (const child of node._children ?? []) child && unmount(child);
  else node._dom?.remove();
  node._dom = node._parent = null;
}

/** Preact's `diffChildren` asks for it; there are no refs. */
export const applyRef = (): void => {};

/** Draws a node into a root, over what was drawn there before. */
export function render(node: unknown, root: ParentNode & { _children?: Node }): void {
  const before = root._children;
  const next = createElement(Fragment, null, [node]);
  root._children = next;
  diff(root, next, before ?? {}, 0, 'http://www.w3.org/1999/xhtml', 0, 0, before?._dom);
}

/** Preact's hooks into itself: none. */
export default {} as { vnode?: undefined; event?: undefined };

export { createElement as h, Fragment };
