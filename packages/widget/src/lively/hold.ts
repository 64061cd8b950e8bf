import { arrange } from '../stores/board.ts';
import type { Leaderboard, View } from '../stores/leaderboard.ts';
import { countChanges } from './merge.ts';

const linesOf = ({ page, own }: View) => arrange(page.items, own);

/**
 * Puts itself before `store.accept`: while somebody reads, what is new waits and only its number of changes shows.
 * `onShow` is called when something else is shown, `onWait` when something waits.
 */
export function holdBack(
  store: Leaderboard,
  onShow: (before: View | null, after: View) => void,
  onWait: (changes: number) => void,
) {
  let holding = false;

  function show(value: View): void {
    const before = store.view.peek();
    store.waiting = null;
    store.changes.value = 0;
    store.view.value = value;
    onShow(before, value);
  }
  function release(): void {
    if (store.waiting) show(store.waiting);
  }
  store.release = release;
  store.accept = (value, now) => {
    const shown = store.view.peek();
    if (!holding || now || !shown) return show(value);
    store.waiting = value;
    store.changes.value = countChanges(linesOf(shown), linesOf(value));
    onWait(store.changes.peek());
  };
  return (held: boolean): void => {
    holding = held;
    if (!held) release();
  };
}
