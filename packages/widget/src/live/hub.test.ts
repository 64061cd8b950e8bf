import type { Connection } from '@laurelkit/sdk/client';
import { effect, type Signal, signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createHub, type Listener } from './hub.ts';

interface Asked {
  topics: string | null;
  bearer: string | null;
  lastEventId: string | null;
  send(event: string, data: object): void;
}

let asked: Asked[] = [];
let refuse = '';

const stranger = signal<Connection>({ baseUrl: 'http://host/api', key: 'pk_1' });
const visitor = (own: Signal<Connection | null>) => ({
  own,
  stranger,
  watch: (work: () => void) =>
    effect(() => {
      own.value;
      work();
    }),
});
const move = {
  topic: 'contest:spring',
  contest: '01920000-0000-7000-8000-000000000001',
  previousSeq: 6,
  seq: 7,
  participants: 0,
  top: [],
  changed: [],
};
const listener = (): Listener & { got: unknown[] } => {
  const got: unknown[] = [];
  return { got, message: (message) => got.push(message), resumed: () => got.push('resumed'), open: () => {} };
};

beforeEach(() => {
  asked = [];
  refuse = '';
  vi.stubGlobal('fetch', async (input: string, init: RequestInit) => {
    const headers = new Headers(init.headers);
    const bearer = headers.get('authorization');
    if (bearer === refuse) return Response.json({ code: 'token_invalid' }, { status: 401 });
    let send: Asked['send'] = () => {};
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        send = (event, data) =>
          controller.enqueue(new TextEncoder().encode(`id: 7\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
        init.signal?.addEventListener('abort', () => controller.error(new Error('aborted')));
      },
    });
    asked.push({
      topics: new URL(input).searchParams.get('topics'),
      bearer,
      lastEventId: headers.get('last-event-id'),
      send,
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  });
});

afterEach(() => vi.unstubAllGlobals());

const count = (number: number) => vi.waitFor(() => expect(asked).toHaveLength(number));

test('one stream for all, each message to those who listen to its topic, and one anew for a later listener', async () => {
  const hub = createHub(visitor(signal(null)));
  const [one, other] = [listener(), listener()];
  const stops = [hub.listen('contest:spring', one), hub.listen('contest:autumn', other)];
  await count(1);
  expect(asked[0]?.topics).toBe('contest:spring,contest:autumn');
  asked[0]?.send('leaderboard', move);
  await vi.waitFor(() => expect(one.got).toEqual([move]));
  expect(other.got).toEqual([]);
  stops.push(hub.listen('contest:winter', listener()));
  await count(2);
  expect(asked[1]).toMatchObject({ topics: 'contest:spring,contest:autumn,contest:winter', lastEventId: null });
  for (const stop of stops) stop();
});

test('the position in one topic is not taken for that in another', async () => {
  const hub = createHub(visitor(signal(null)));
  const one = listener();
  const stop = hub.listen('contest:spring', one);
  await count(1);
  asked[0]?.send('leaderboard', move);
  await vi.waitFor(() => expect(one.got).toEqual([move]));
  stop();
  const stopOther = hub.listen('contest:autumn', listener());
  await count(2);
  expect(asked[1]).toMatchObject({ topics: 'contest:autumn', lastEventId: null });
  stopOther();
});

test('nor the position of one visitor for that of another', async () => {
  const own = signal<Connection | null>({ baseUrl: 'http://host/api', token: async () => 'one' });
  const hub = createHub(visitor(own));
  const one = listener();
  const stop = hub.listen('contest:spring', one);
  await count(1);
  asked[0]?.send('leaderboard', move);
  await vi.waitFor(() => expect(one.got).toEqual([move]));
  own.value = { baseUrl: 'http://host/api', token: async () => 'other' };
  await count(2);
  expect(asked[1]).toMatchObject({ topics: 'contest:spring', bearer: 'Bearer other', lastEventId: null });
  stop();
});

test('a refused token leaves what everybody may see', async () => {
  refuse = 'Bearer old';
  const own = signal<Connection | null>({ baseUrl: 'http://host/api', token: async () => 'old' });
  const hub = createHub(visitor(own));
  const stops = [hub.listen('contest:spring', listener()), hub.listen('program:friends', listener())];
  await count(1);
  expect(asked[0]).toMatchObject({ topics: 'contest:spring', bearer: 'Bearer pk_1' });
  own.value = { baseUrl: 'http://host/api', token: async () => 'new' };
  await count(2);
  expect(asked[1]).toMatchObject({ topics: 'contest:spring,program:friends', bearer: 'Bearer new' });
  for (const stop of stops) stop();
});

test('what is somebody’s own is not asked for while nobody is signed in', async () => {
  const own = signal<Connection | null>({ baseUrl: 'http://host/api', token: async () => 'new' });
  const hub = createHub(visitor(own));
  const board = listener();
  const stops = [hub.listen('contest:spring', board), hub.listen('program:friends', listener())];
  await count(1);
  own.value = null;
  await count(2);
  expect(asked[1]).toMatchObject({ topics: 'contest:spring', bearer: 'Bearer pk_1' });
  asked[1]?.send('leaderboard', move);
  await vi.waitFor(() => expect(board.got).toEqual([move]));
  for (const stop of stops) stop();
});

test('gives the connection back while the page is out of sight, and reads again after', async () => {
  const hub = createHub(visitor(signal(null)), 10);
  const one = listener();
  const stop = hub.listen('contest:spring', one);
  await count(1);
  asked[0]?.send('leaderboard', move);
  await vi.waitFor(() => expect(one.got).toEqual([move]));
  const see = (state: DocumentVisibilityState) => {
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  };
  see('hidden');
  await new Promise((resolve) => setTimeout(resolve, 30));
  see('visible');
  await count(2);
  expect(asked[1]?.lastEventId).toBe('7');
  expect(one.got).toEqual([move, 'resumed']);
  stop();
});

test('a listener that throws does not silence the others', async () => {
  const hub = createHub(visitor(signal(null)));
  const one = listener();
  const broken: Listener = {
    ...listener(),
    message: () => {
      throw new Error('mine');
    },
  };
  const stops = [hub.listen('contest:spring', broken), hub.listen('contest:spring', one)];
  await count(1);
  asked[0]?.send('leaderboard', move);
  await vi.waitFor(() => expect(one.got).toHaveLength(1));
  for (const stop of stops) stop();
});

test('messages that are not what the contract says are not delivered: everything is read again, once for several', async () => {
  const hub = createHub(visitor(signal(null)), 20_000, 100);
  const one = listener();
  const stop = hub.listen('contest:spring', one);
  await count(1);
  asked[0]?.send('leaderboard', { ...move, top: [{ id: 'b1', score: 'many' }] });
  asked[0]?.send('leaderboard', { ...move, seq: null });
  asked[0]?.send('me', {});
  await vi.waitFor(() => expect(one.got).toEqual(['resumed']));
  asked[0]?.send('leaderboard', move);
  await vi.waitFor(() => expect(one.got).toEqual(['resumed', move]));
  stop();
});
