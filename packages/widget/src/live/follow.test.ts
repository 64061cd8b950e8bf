import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { contestOf } from '../../gallery/scenario.ts';
import type { Page } from '../stores/board.ts';
import type { Leaderboard, View } from '../stores/leaderboard.ts';
import { followBoard } from './follow.ts';
import type { Hub, Listener, LiveMessage } from './hub.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const contest = contestOf({ endsAt: new Date(Date.now() + 3_600_000).toISOString() });
const pageOf = (seq: number, changes: Partial<Page> = {}): Page => ({
  window: 'all',
  startsAt: '',
  endsAt: '',
  state: 'live',
  hidden: false,
  items: [],
  nextCursor: null,
  seq,
  participants: 0,
  ...changes,
});
const move = (seq: number): LiveMessage => ({
  topic: 'contest:spring',
  contest: 'spring',
  previousSeq: seq - 1,
  seq,
  participants: 0,
  top: [],
  changed: [],
});

/** A board that is followed, what it is told, and what it reads. */
function follow(page: Page) {
  let view: View = { contest, page, own: null, cursorFits: true, at: 0 };
  let listener: Listener | undefined;
  const read = vi.fn(async () => {});
  const accept = (next: View) => {
    view = next;
    following.watch(next.contest);
  };
  const hub: Hub = {
    listen(_, its) {
      listener = its;
      return () => {};
    },
  };
  const store = { limit: 10, newest: () => view, accept, read, set: () => {} } as unknown as Leaderboard;
  const following = followBoard({ own: signal(null) }, hub, store, 'spring');
  return {
    read,
    stop: following.stop,
    seq: () => view.page.seq,
    tell: (message: LiveMessage) => listener?.message(message),
    /** A reading ends with this page. */
    take: (next: Page) => accept({ ...view, page: next }),
  };
}

test('a page that is older than a message is read again, until it no longer is', () => {
  const board = follow(pageOf(10));
  board.tell(move(11));
  expect(board.seq()).toBe(11);
  vi.advanceTimersByTime(5000);
  expect(board.read).not.toHaveBeenCalled();
  board.take(pageOf(10));
  vi.advanceTimersByTime(2000);
  expect(board.read).toHaveBeenCalledTimes(1);
  board.take(pageOf(11));
  vi.advanceTimersByTime(5000);
  expect(board.read).toHaveBeenCalledTimes(1);
  board.stop();
});

test('what messages do not tell of is not measured by them', () => {
  const board = follow(pageOf(10));
  board.tell(move(11));
  board.take(pageOf(4, { hidden: true }));
  board.take(pageOf(3, { window: 'period' }));
  vi.advanceTimersByTime(5000);
  expect(board.read).not.toHaveBeenCalled();
  board.stop();
});
