import type { RefObject } from 'preact';
import type { Language } from '../i18n/index.ts';
import type { Leaderboard, View } from '../stores/leaderboard.ts';
import type { Session } from '../stores/session.ts';
import { createAnnouncer } from './announcer.ts';
import { followBoard } from './follow.ts';
import { holdBack } from './hold.ts';
import { watchReading } from './reading.ts';
import { tellChanges } from './tell.ts';
import { beginVisit, readVisits, writeVisits } from './visit.ts';

/** What makes a board lively: live messages, rows held still for readers, announcements, movement since last visit. */
export interface BoardLife {
  session: Session;
  store: Leaderboard;
  /** The element that holds the rows. */
  stage: HTMLElement;
  language: RefObject<Language>;
  say(message: string): void;
}

/** Brings a board that is on screen to life; the answer ends it. */
export function liveBoard({ session, store, stage, language, say }: BoardLife): () => void {
  const announcer = createAnnouncer(say);
  const begun: Record<string, Record<string, number>> = {};

  function remember({ contest: { id }, page }: View): void {
    const board = `${id}:${page.window}`;
    const before = begun[board] ?? beginVisit(readVisits(board), Date.now());
    begun[board] = before;
    store.before.value = before;
    writeVisits(board, {
      at: Date.now(),
      before,
      last: Object.fromEntries(page.items.map(({ id, rank }) => [id, rank])),
    });
  }

  const hold = holdBack(
    store,
    (before, after) => {
      remember(after);
      const message = before && language.current && tellChanges(before, after, language.current);
      if (message) announcer.announce(message);
    },
    (changes) => {
      if (changes > 0 && language.current) announcer.announce(language.current.say('saidChanges', { n: changes }));
    },
  );
  const shown = store.view.peek();
  if (shown) remember(shown);
  const stops = [watchReading(stage, hold), followBoard(session, store), announcer.stop];
  return () => {
    for (const stop of stops) stop();
  };
}

export { followCard } from './follow.ts';
export { glide, type Places } from './glide.ts';
