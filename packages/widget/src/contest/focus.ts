/** The shadow root something is in; to be asked before that goes. */
export const rootOf = (element: Element): ShadowRoot => element.getRootNode() as ShadowRoot;

/** Moves the focus there once it has been drawn: it must not fall off the page with what has gone. */
export const focusLater = (root: ShadowRoot | null | undefined, selector: string): void => {
  setTimeout(() => root?.querySelector<HTMLElement>(selector)?.focus(), 50);
};
