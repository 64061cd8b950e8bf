import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answer } from '../../gallery/api.ts';
import { scenarios } from '../../gallery/scenario.ts';
import { createLeaderboard, type Leaderboard } from './leaderboard.ts';
import { session } from './session.ts';

/** The answers that are asked for and held back. */
let held: { url: URL; respond(broken?: boolean): void }[] = [];
let holding: RegExp;
let board: Leaderboard;
const errors = vi.fn();

const rows = () => board.state.peek().view?.page.items.length;
const more = () => board.state.peek().more;
const soon = (check: () => void) => vi.waitFor(check, 3000);

beforeEach(async () => {
  held = [];
  holding = /nothing/;
  errors.mockReset();
  const instance = { scenario: scenarios.pinned?.() ?? { people: [] }, seq: 1 };
  vi.stubGlobal('fetch', async (input: string, init: RequestInit) => {
    const url = new URL(input, 'http://host/');
    if (url.pathname.endsWith('/live')) return new Promise(() => {});
    const signed = new Headers(init.headers).get('authorization') === 'Bearer token';
    const body = answer(instance, url.pathname.replace('/api', ''), url.searchParams, signed);
    const response = () => (body ? Response.json(body) : Response.json({ code: 'unauthenticated' }, { status: 401 }));
    if (!holding.test(url.pathname)) return response();
    return new Promise((resolve) => {
      held.push({ url, respond: (broken) => resolve(broken ? new Response('', { status: 404 }) : response()) });
    });
  });
  session.init({ api: '/api', key: 'pk_1' });
  session.identify('token');
  board = createLeaderboard('spring', 10, { error: errors, shown: () => {}, waiting: () => {} });
  await soon(() => expect(rows()).toBe(10));
});

afterEach(() => {
  board.stop();
  session.identify(null);
  vi.unstubAllGlobals();
});

test('more rows come although the board is read meanwhile, and even while somebody reads', async () => {
  board.hold(true);
  holding = /\/leaderboard$/;
  const pressed = board.showMore();
  await soon(() => expect(held).toHaveLength(1));
  const background = board.read();
  await soon(() => expect(held).toHaveLength(2));
  held[0]?.respond();
  await pressed;
  expect(more()).toBe('idle');
  held[1]?.respond();
  await background;
  expect(rows()).toBe(20);
  expect(errors).not.toHaveBeenCalled();
});

test('more rows are asked for again where the cursor no longer fits', async () => {
  const view = board.newest();
  if (view) board.accept({ ...view, cursorFits: false });
  await board.showMore();
  expect([rows(), more()]).toEqual([20, 'idle']);
});

test('more rows that do not come are said to have failed', async () => {
  holding = /\/leaderboard$/;
  const pressed = board.showMore();
  await soon(() => expect(held).toHaveLength(1));
  held[0]?.respond(true);
  await pressed;
  expect([rows(), more()]).toEqual([10, 'failed']);
});

test('the place of a visitor who has signed out meanwhile is not shown', async () => {
  expect(board.newest()?.own?.standing).toBeTruthy();
  holding = /\/standing$/;
  const reading = board.readOwn();
  await soon(() => expect(held).toHaveLength(1));
  session.identify(null);
  expect(board.newest()?.own).toBeNull();
  held[0]?.respond();
  await reading;
  expect(board.newest()?.own).toBeNull();
});
