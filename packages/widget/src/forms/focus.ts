/** Finds the first of some selectors, with commas between, that anything has: in their order, not in that of the page. */
export function firstOf(root: ParentNode, selectors: string): HTMLElement | null {
  for (const selector of selectors.split(', ')) {
    const found = root.querySelector<HTMLElement>(selector);
    if (found) return found;
  }
  return null;
}
