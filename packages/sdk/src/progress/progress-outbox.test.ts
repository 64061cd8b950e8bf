import 'fake-indexeddb/auto';
import { expect, onTestFinished, test, vi } from 'vitest';
import { freshName } from '../../test/outbox.ts';
import { LaurelError, memoryStorage } from '../index.ts';
import {
  createProgressOutbox,
  type ProgressAnswer,
  type ProgressEvent,
  type ProgressOutboxOptions,
} from './progress-outbox.ts';

type Given = { course: string; events: ProgressEvent[] };
type Record = (given: Given) => Promise<unknown>;

const answerTo = ({ events }: Given, refused: string[] = []): ProgressAnswer => ({
  outcomes: events.map(({ id, lesson }) =>
    refused.includes(lesson)
      ? { id, outcome: 'refused', code: 'lesson_not_found' }
      : { id, outcome: 'recorded', code: null },
  ),
  ...{ percent: 10, completedAt: null, completed: [], seq: 1 },
});

function openOutbox(record: Record, options: Partial<ProgressOutboxOptions> = {}) {
  const client = { progress: { record } } as unknown as Extract<ProgressOutboxOptions, { client: unknown }>['client'];
  const outbox = createProgressOutbox({ course: 'baking', learner: freshName(), retryDelay: 10, client, ...options });
  onTestFinished(() => outbox.close());
  return outbox;
}

const offline = () => Promise.reject(new LaurelError('network_error', 0, 'offline'));
const emptied = (outbox: { pending(): Promise<number> }) =>
  vi.waitFor(async () => expect(await outbox.pending()).toBe(0), 3000);
const lessonsOf = (calls: [Given][]) => calls.map(([{ events }]) => events.map(({ lesson }) => lesson));

test('an event is completed: its own id, when, where and by which device', async () => {
  const record = vi.fn(async (given: Given) => answerTo(given));
  const outbox = openOutbox(record);
  await outbox.record({ lesson: 'welcome', kind: 'viewed' }, { lesson: 'welcome', kind: 'position', positionMs: 5 });
  await emptied(outbox);
  const [first, second] = record.mock.calls[0]?.[0].events ?? [];
  expect(first).toMatchObject({ lesson: 'welcome', kind: 'viewed', timeZone: expect.stringMatching(/\w/) });
  expect(first?.id).toMatch(/^[0-9a-f-]{14}7/);
  expect(Math.abs(Date.parse(first?.occurredAt as string) - Date.now())).toBeLessThan(5000);
  expect(second?.id).not.toBe(first?.id);
  expect(second?.device).toBe(first?.device);
  expect(second?.device).toMatch(/^\S{8,64}$/);
});

test('what was told offline goes together, in lists of at most 100, once each', async () => {
  let online = false;
  const record = vi.fn(async (given: Given) => (online ? answerTo(given) : offline()));
  const outbox = openOutbox(record, { retryDelay: 60_000 });
  for (let index = 0; index < 130; index++) await outbox.record({ lesson: `l${index}`, kind: 'viewed' });
  expect(await outbox.pending()).toBe(130);
  online = true;
  record.mockClear();
  await outbox.flush();
  await emptied(outbox);
  expect(lessonsOf(record.mock.calls).map(({ length }) => length)).toEqual([100, 30]);
  expect(lessonsOf(record.mock.calls).flat()).toEqual(Array.from({ length: 130 }, (_, index) => `l${index}`));
});

test('more than 100 at once are several lists', async () => {
  const record = vi.fn(async (given: Given) => answerTo(given));
  const outbox = openOutbox(record);
  await outbox.record(...Array.from({ length: 250 }, (_, index) => ({ lesson: `l${index}`, kind: 'viewed' as const })));
  await emptied(outbox);
  expect(lessonsOf(record.mock.calls).flat()).toHaveLength(250);
  expect(Math.max(...lessonsOf(record.mock.calls).map(({ length }) => length))).toBe(100);
});

test('after a reload what was kept is sent under the same ids, as the same learner only', async () => {
  const learner = freshName();
  const first = openOutbox(offline, { learner });
  await first.record({ lesson: 'a', kind: 'viewed' });
  first.close();
  const other = vi.fn(async (given: Given) => answerTo(given));
  const somebodyElse = openOutbox(other);
  await somebodyElse.flush();
  const record = vi.fn(async (given: Given) => answerTo(given));
  await emptied(openOutbox(record, { learner }));
  expect(lessonsOf(record.mock.calls)).toEqual([['a']]);
  expect(other).not.toHaveBeenCalled();
});

test('a refused event is told and does not hold up the others', async () => {
  const outbox = openOutbox(async (given) => answerTo(given, ['gone']));
  const refused = vi.fn();
  const answered = vi.fn();
  outbox.onRefused(refused);
  outbox.onAnswer(answered);
  await outbox.record({ lesson: 'gone', kind: 'viewed' }, { lesson: 'a', kind: 'viewed' });
  await emptied(outbox);
  expect(refused.mock.calls).toEqual([
    [{ event: expect.objectContaining({ lesson: 'gone' }), code: 'lesson_not_found' }],
  ]);
  expect(answered).toHaveBeenCalledWith(expect.objectContaining({ percent: 10 }));
});

test('one that spoils a list is refused alone', async () => {
  let online = false;
  const sent: string[] = [];
  const outbox = openOutbox(async (given) => {
    if (!online) return offline();
    if (given.events.some(({ lesson }) => lesson === 'bad')) throw new LaurelError('validation_failed', 422, 'no');
    sent.push(...given.events.map(({ lesson }) => lesson));
    return answerTo(given);
  });
  const refused = vi.fn();
  outbox.onRefused(refused);
  for (const lesson of ['a', 'bad', 'b', 'c']) await outbox.record({ lesson, kind: 'viewed' });
  online = true;
  await outbox.flush();
  await emptied(outbox);
  expect(sent).toEqual(['a', 'b', 'c']);
  expect(refused.mock.calls).toEqual([
    [{ event: expect.objectContaining({ lesson: 'bad' }), code: 'validation_failed' }],
  ]);
});

test('while nobody is signed in, events wait', async () => {
  let signedIn = false;
  const record = vi.fn(async (given: Given) => {
    if (!signedIn) throw new LaurelError('token_invalid', 401, 'expired');
    return answerTo(given);
  });
  const outbox = openOutbox(record);
  const refused = vi.fn();
  outbox.onRefused(refused);
  await outbox.record({ lesson: 'a', kind: 'viewed' });
  await vi.waitFor(() => expect(record.mock.calls.length).toBeGreaterThan(1));
  signedIn = true;
  await emptied(outbox);
  expect(refused).not.toHaveBeenCalled();
});

test('who enrols afterwards loses nothing', async () => {
  const learner = freshName();
  const first = openOutbox(() => Promise.reject(new LaurelError('not_enrolled', 403, 'no')), { learner });
  await first.record({ lesson: 'a', kind: 'viewed' });
  await emptied(first);
  first.close();
  const record = vi.fn(async (given: Given) => answerTo(given));
  openOutbox(record, { learner });
  await vi.waitFor(() => expect(lessonsOf(record.mock.calls)).toEqual([['a']]));
});

test('where nothing can be kept, events are sent all the same, and told again when that fails', async () => {
  let online = false;
  const storage = { ...memoryStorage(), add: () => Promise.reject(new Error('QuotaExceededError')) };
  const record = vi.fn(async (given: Given) => (online ? answerTo(given) : offline()));
  const outbox = openOutbox(record, { storage });
  await outbox.record({ lesson: 'a', kind: 'viewed' });
  expect(await outbox.pending()).toBe(1);
  online = true;
  await outbox.record({ lesson: 'b', kind: 'viewed' });
  expect(lessonsOf(record.mock.calls).at(-1)).toEqual(['a', 'b']);
  expect(await outbox.pending()).toBe(0);
});

test('over a connection: one address, the token, and going on after the page has gone', async () => {
  const fetch = vi.fn(async (_: unknown, init?: RequestInit) => Response.json(answerTo(JSON.parse(`${init?.body}`))));
  const outbox = createProgressOutbox({
    ...{ course: 'baking', learner: freshName() },
    connection: { baseUrl: '/api', token: 'token', fetch },
  });
  onTestFinished(() => outbox.close());
  await outbox.record({ lesson: 'a', kind: 'viewed' });
  await emptied(outbox);
  expect(fetch.mock.calls[0]).toEqual([
    '/api/courses/baking/progress',
    expect.objectContaining({
      method: 'POST',
      keepalive: true,
      headers: expect.objectContaining({ authorization: 'Bearer token' }),
    }),
  ]);
});

test('when the page is left, what is told then is sent at once too', async () => {
  const page = new EventTarget();
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  onTestFinished(() => void vi.unstubAllGlobals());
  const record = vi.fn(async (given: Given) => answerTo(given));
  // The storage never answers: the page is gone before.
  const outbox = openOutbox(record, { storage: { ...memoryStorage(), add: () => new Promise(() => {}) } });
  page.dispatchEvent(new Event('pagehide'));
  void outbox.record({ lesson: 'a', kind: 'viewed' });
  expect(lessonsOf(record.mock.calls)).toEqual([['a']]);
});
