import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { contestOf } from '../../gallery/scenario.ts';
import { type Kit, kit } from '../kit.ts';
import type { Listener } from '../live/hub.ts';
import { session } from '../stores/session.ts';
import { type BoardsStore, createBoards } from './store.ts';

/** The pages that are asked for and held back. */
let held: { cursor: string | undefined; answer(): void; fail(): void }[] = [];
let holding = false;
let listener: Listener | undefined;
let board: BoardsStore;

const people = Array.from({ length: 25 }, (_, index) => ({
  id: `b${index}`,
  name: 'Ida',
  rank: index + 1,
  tiedWith: 0,
  score: 100 - index,
}));
const pageFrom = (from: number) => ({
  startsAt: '2026-05-01T00:00:00.000Z',
  endsAt: '2026-05-08T00:00:00.000Z',
  items: people.slice(from, from + 10),
  nextCursor: from + 10 < people.length ? String(from + 10) : null,
});

const pageAt = (cursor: string | undefined) => {
  const page = pageFrom(Number(cursor ?? 0));
  if (!holding) return Promise.resolve(page);
  return new Promise((resolve, reject) => {
    held.push({ cursor, answer: () => resolve(page), fail: () => reject(new Error('offline')) });
  });
};
const few = {
  ...kit,
  checked:
    (_: unknown, route: string) =>
    ({ cursor }: { cursor?: string }) =>
      route === 'GET /contests/{contest}' ? Promise.resolve(contestOf()) : pageAt(cursor),
  later: (run: () => unknown) => kit.later(run, 10),
  whenLive: (follow: (live: unknown) => () => void) =>
    follow({
      listen(_: string, its: Listener) {
        listener = its;
        return () => {};
      },
    }),
} as unknown as Kit;

const rows = () => board.state.peek().view?.lines.length;
const more = () => board.state.peek().more;
const waiting = (number: number) => vi.waitFor(() => expect(held).toHaveLength(number));
/** Time for all that is put off. */
const soon = () => new Promise((resolve) => setTimeout(resolve, 60));

beforeEach(async () => {
  held = [];
  holding = false;
  const attributes: Record<string, string> = { contest: 'spring', view: 'interval', interval: '2026-05-01/P7D' };
  board = createBoards(few, {
    read: (name: string) => attributes[name] ?? null,
    emit: () => true,
    error: () => {},
  } as never);
  await vi.waitFor(() => expect(rows()).toBe(10));
  holding = true;
});
afterEach(() => {
  board.stop();
  session.identify(null);
});

test('a reading that began before does not take away the lines that came meanwhile', async () => {
  listener?.resumed();
  await waiting(1);
  const pressed = board.showMore();
  await waiting(2);
  held[1]?.answer();
  await pressed;
  held[0]?.answer();
  await soon();
  expect([rows(), more()]).toEqual([20, 'idle']);
});

test('while more lines are read nothing else is, and what they could not say is read after', async () => {
  const pressed = board.showMore();
  await waiting(1);
  listener?.resumed();
  await soon();
  expect(held.map(({ cursor }) => cursor)).toEqual(['10']);
  held[0]?.fail();
  await pressed;
  expect(more()).toBe('failed');
  await waiting(2);
  expect(held[1]?.cursor).toBeUndefined();
});

test('lines that were read for a visitor who has left are not shown', async () => {
  const pressed = board.showMore();
  await waiting(1);
  session.identify('token');
  session.identify(null);
  expect(rows()).toBeUndefined();
  held[0]?.answer();
  await pressed;
  expect([rows(), more()]).toEqual([undefined, 'idle']);
  await waiting(2);
  held[1]?.answer();
  await vi.waitFor(() => expect(rows()).toBe(10));
});
