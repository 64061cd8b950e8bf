/** The parts of Preact's own source that `preact-script.ts` builds on; Preact has no types for them. */
interface SourceNode {
  type: unknown;
  key: unknown;
  props: Readonly<Record<string, unknown>>;
  constructor: unknown;
  _children: (SourceNode | null)[] | null;
  _parent: SourceNode | null;
  _dom: ChildNode | null;
  _index: number;
  /** The same of a node that is given again. */
  _original: number;
}

declare module 'preact/src/diff/children.js' {
  export function diffChildren(
    parent: ParentNode,
    children: unknown[],
    next: SourceNode,
    before: Partial<SourceNode>,
    context: unknown,
    namespace: string | undefined,
    excess: unknown,
    commits: unknown,
    cursor: ChildNode | null | undefined,
    hydrating: unknown,
    refs: unknown,
  ): ChildNode | null | undefined;
}

declare module 'preact/src/diff/props.js' {
  export function setProperty(
    element: Element,
    name: string,
    value: unknown,
    before: unknown,
    namespace: string | undefined,
  ): void;
}

declare module 'preact/src/create-element.js' {
  export function createElement(type: unknown, props: unknown, ...children: unknown[]): SourceNode;
  export function Fragment(props: { children?: unknown }): unknown;
}

declare module 'preact/src/constants.js' {
  export const VNODE_MARKER: symbol;
}
