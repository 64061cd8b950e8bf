const scores = new WeakMap<Element, string | undefined>();

/** Tints the rows whose score is not the one they had at the last call, once. */
export function tintChanges(root: ParentNode): void {
  for (const row of root.querySelectorAll<HTMLElement>('[data-id]')) {
    const { score } = row.dataset;
    if (scores.has(row) && scores.get(row) !== score) {
      for (const cell of row.children)
        cell.animate?.([{ backgroundColor: 'color-mix(in oklch,var(--accent) 26%,transparent)' }, {}], 1600);
    }
    scores.set(row, score);
  }
}
