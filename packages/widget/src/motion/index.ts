import type { Leaderboard, View } from '../stores/leaderboard.ts';
import { glide, type Places } from './glide.ts';
import { watchReading } from './reading.ts';
import { createVisit, movement } from './visit.ts';

export { style } from './style.ts';
export { words as english } from './words.ts';

/** Lets the rows of a board glide when they change, and stay while somebody reads; says who rose since the last visit. */
export function enliven(root: ShadowRoot, store: Leaderboard) {
  const stage = root.querySelector('.stage') as HTMLElement;
  const visit = createVisit();
  let seen: View | null = null;
  let places: Places | undefined;
  return {
    /** Called after each drawing. */
    drawn(): void {
      const { view } = store.state.peek();
      places = glide(stage, places);
      if (!view || seen === view) return;
      seen = view;
      const before = visit(view);
      store.set({ moved: (id, rank) => movement(before, id, rank) });
    },
    stop: watchReading(stage, store.hold),
  };
}
