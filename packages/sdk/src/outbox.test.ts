import 'fake-indexeddb/auto';
import * as fc from 'fast-check';
import { describe, expect, expectTypeOf, onTestFinished, test, vi } from 'vitest';
import { freshName, offline, openOutbox } from '../test/outbox.ts';
import { json, problem, startServer } from '../test/server.ts';
import { createClient, createOutbox, LaurelError, memoryStorage, type OutboxStorage } from './index.ts';

describe.each<[string, () => OutboxStorage | undefined]>([
  ['memory', memoryStorage],
  ['IndexedDB', () => undefined],
])('kept in %s', (_, storageOf) => {
  const settings = () => {
    const storage = storageOf();
    return { name: freshName(), ...(storage && { storage }) };
  };

  test('each item is sent once, in order, under its key', async () => {
    const send = vi.fn(async (..._: unknown[]) => {});
    const outbox = openOutbox({ ...settings(), send });
    await Promise.all(['a', 'b', 'c'].map((payload) => outbox.enqueue(payload, { key: payload })));
    await outbox.flush();
    await vi.waitFor(async () => expect(await outbox.pending()).toEqual([]));
    expect(send.mock.calls.map(([payload]) => payload)).toEqual(['a', 'b', 'c']);
    expect(send.mock.calls[0]?.[1]).toMatchObject({ idempotencyKey: 'a', signal: expect.any(AbortSignal) });
  });

  test('the same key twice is one item', async () => {
    const send = vi.fn(offline);
    const outbox = openOutbox({ ...settings(), send, retryDelay: 60_000 });
    const keys = await Promise.all([outbox.enqueue('first', { key: 'k' }), outbox.enqueue('second', { key: 'k' })]);
    expect(keys).toEqual(['k', 'k']);
    expect(await outbox.pending()).toMatchObject([{ key: 'k', payload: 'first' }]);
    expect(await outbox.enqueue('third')).not.toBe(await outbox.enqueue('third'));
    expect(await outbox.pending()).toHaveLength(3);
  });

  test('while offline items wait, with back-off and in order; then all go', async () => {
    let online = false;
    const sent: string[] = [];
    const send = vi.fn(async (payload: string) => (online ? sent.push(payload) : offline()));
    const outbox = openOutbox({ ...settings(), send });
    await outbox.enqueue('a');
    await outbox.enqueue('b');
    await vi.waitFor(async () => expect((await outbox.pending())[0]?.attempts).toBeGreaterThan(2));
    expect(await outbox.pending()).toMatchObject([{ problem: { code: 'network_error', status: 0 } }, { attempts: 0 }]);
    online = true;
    await vi.waitFor(() => expect(sent).toEqual(['a', 'b']), 3000);
  });

  test('a refusal for good is kept as failed with its problem; it can be put back or discarded', async () => {
    let refuse = true;
    const sent: string[] = [];
    const error = new LaurelError('validation_failed', 422, 'no', { errors: [{ pointer: '#/x', detail: 'bad' }] });
    const send = async (payload: string) => {
      if (refuse && payload !== 'good') throw error;
      sent.push(payload);
    };
    const outbox = openOutbox({ ...settings(), send });
    for (const payload of ['bad', 'good', 'worse']) await outbox.enqueue(payload, { key: payload });
    await vi.waitFor(async () => expect(await outbox.pending()).toEqual([]));
    const { code, status, detail, errors } = error;
    expect(await outbox.failed()).toMatchObject([
      { key: 'bad', attempts: 1, problem: { code, status, detail, errors } },
      { key: 'worse' },
    ]);
    refuse = false;
    await outbox.retry('bad');
    await outbox.discard('worse');
    await vi.waitFor(() => expect(sent).toEqual(['good', 'bad']));
    expect(await outbox.failed()).toEqual([]);
  });

  test('a fault of the server in one item lets others by; being busy does not', async () => {
    const sent: string[] = [];
    const send = async (payload: string) => {
      if (payload === 'broken') throw new LaurelError('internal_error', 500, 'oops');
      if (payload === 'busy') throw new LaurelError('overloaded', 503, 'later', { retryAfter: 600 });
      sent.push(payload);
    };
    const outbox = openOutbox({ ...settings(), send, retryDelay: 60_000 });
    for (const payload of ['broken', 'a', 'busy', 'b']) await outbox.enqueue(payload);
    await vi.waitFor(async () => expect((await outbox.pending())[1]?.attempts).toBe(1));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(sent).toEqual(['a']);
    const [, busy] = await outbox.pending();
    expect((busy?.nextAt ?? 0) - Date.now()).toBeGreaterThan(500_000);
  });

  test('changes are told until one stops listening', async () => {
    const outbox = openOutbox({ ...settings(), send: async () => {} });
    const listener = vi.fn();
    const stop = outbox.onChange(listener);
    await outbox.enqueue('a');
    await vi.waitFor(() => expect(listener).toHaveBeenCalledTimes(2));
    stop();
    await outbox.enqueue('b');
    await vi.waitFor(async () => expect(await outbox.pending()).toEqual([]));
    expect(listener).toHaveBeenCalledTimes(2);
  });
});

test('whatever the server does, each item ends as sent once, in order, or as failed', async () => {
  const outcome = fc.constantFrom('offline' as const, 'busy' as const, 'refused' as const, 'sent' as const);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(outcome, { maxLength: 3 }), { maxLength: 8 }), async (plans) => {
      const codes = { offline: ['network_error', 0], busy: ['overloaded', 503], refused: ['forbidden', 403] } as const;
      const sent: string[] = [];
      const outbox = createOutbox<string>({
        storage: memoryStorage(),
        retryDelay: 0,
        send: async (payload) => {
          const next = plans[Number(payload)]?.shift() ?? 'sent';
          if (next === 'sent') return void sent.push(payload);
          const [code, status] = codes[next];
          throw new LaurelError(code, status, next);
        },
      });
      const payloads = plans.map((_, index) => `${index}`);
      const refused = plans.map((plan) => plan.find((each) => each === 'refused' || each === 'sent') === 'refused');
      for (const payload of payloads) await outbox.enqueue(payload, { key: payload });
      await vi.waitFor(async () => expect(await outbox.pending()).toEqual([]), { interval: 2 });
      expect(sent).toEqual(payloads.filter((_, index) => !refused[index]));
      expect((await outbox.failed()).map(({ key }) => key)).toEqual(payloads.filter((_, index) => refused[index]));
      outbox.close();
    }),
    { numRuns: 40 },
  );
});

test('coming online sends at once', async () => {
  let online = false;
  const send = vi.fn(async () => (online ? undefined : offline()));
  const events = new EventTarget();
  vi.stubGlobal('addEventListener', events.addEventListener.bind(events));
  vi.stubGlobal('removeEventListener', events.removeEventListener.bind(events));
  onTestFinished(() => void vi.unstubAllGlobals());
  const outbox = openOutbox({ storage: memoryStorage(), send, retryDelay: 60_000 });
  await outbox.enqueue('a');
  await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(1));
  online = true;
  events.dispatchEvent(new Event('online'));
  await vi.waitFor(async () => expect(await outbox.pending()).toEqual([]));
});

test('with a client: a write as data, sent until the server has it', async () => {
  const { baseUrl, received } = await startServer((_, response, count) => {
    if (count === 1) return response.destroy();
    return count === 2 ? problem(response, 429, 'too_many_requests') : json(response, {}, 201);
  });
  const client = createClient({ baseUrl, key: 'pk_1', retry: 0 });
  const outbox = createOutbox({ client, storage: memoryStorage(), retryDelay: 10 });
  onTestFinished(() => outbox.close());
  const key = await outbox.enqueue({ operation: 'clicks.record', input: { referralCode: 'ANA' } });
  await vi.waitFor(async () => expect(await outbox.pending()).toEqual([]));
  expect(received.map(({ url, headers }) => `${url} ${headers['idempotency-key']}`)).toEqual(
    Array.from({ length: 3 }, () => `/api/clicks ${key}`),
  );
  // @ts-expect-error a read is not a write
  await outbox.enqueue({ operation: 'contests.list', input: {} }, { key: 'read' });
  // @ts-expect-error no such operation
  await outbox.enqueue({ operation: 'clicks.forget', input: {} }, { key: 'unknown' });
  await vi.waitFor(async () => expect(await outbox.failed()).toMatchObject([{ key: 'unknown' }]));
  expectTypeOf(outbox.enqueue).parameter(0).extract<{ operation: 'referrals.create' }>().toHaveProperty('input');
});
