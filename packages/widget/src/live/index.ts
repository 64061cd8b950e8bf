import type { Leaderboard } from '../stores/leaderboard.ts';
import type { Session } from '../stores/session.ts';
import { followBoard } from './follow.ts';
import { createHub } from './hub.ts';

export { tellChanges } from './tell.ts';
export { words as english } from './words.ts';

/** What follows live messages, for all elements of a page: one stream. */
export function createLive(session: Session) {
  const hub = createHub(session);
  return {
    listen: hub.listen,
    follow: (store: Leaderboard, slug: string) => followBoard(session, hub, store, slug),
  };
}
