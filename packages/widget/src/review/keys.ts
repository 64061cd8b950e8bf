import type { Queue } from './store.ts';

/** Where the keyboard is in a list, after a step or a leap. */
export function moved(ids: readonly string[], current: string | undefined, key: string): string | undefined {
  const at = Math.max(0, ids.indexOf(current ?? ''));
  if (key === 'Home') return ids[0];
  if (key === 'End') return ids.at(-1);
  return ids[Math.min(ids.length - 1, Math.max(0, at + (key === 'ArrowDown' || key === 'j' ? 1 : -1)))];
}

const moves = ['ArrowDown', 'ArrowUp', 'j', 'k', 'Home', 'End'];

/** The keys of the queue. They work while the focus is in it, and never in a field (WCAG 2.2, 2.1.4). */
export function onKey(queue: Queue, event: KeyboardEvent): void {
  const target = event.composedPath()[0] as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { items, current, deciding, selected } = queue.state.peek();
  if (event.key === 'Escape') {
    if (deciding) queue.set({ deciding: null });
    else if (selected.size > 0) queue.set({ selected: new Set() });
    else return;
    event.preventDefault();
    return;
  }
  const typing = target.matches('input:not([type=checkbox]), select, textarea');
  if (typing || !items?.length) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (moves.includes(key)) {
    queue.set({
      current: moved(
        items.map(({ id }) => id),
        current,
        key,
      ),
    });
  } else if (key === 'x' && current) queue.toggle(current);
  else if (key === 'a') queue.set({ deciding: 'approved' });
  else if (key === 'r') queue.set({ deciding: 'rejected' });
  else if (key === 'Enter' && target.matches('li')) {
    const details = target.querySelector('details');
    if (details) details.open = !details.open;
  } else return;
  event.preventDefault();
}
