import 'fake-indexeddb/auto';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { freshName, offline, openOutbox as open } from '../test/outbox.ts';
import { indexedDbStorage } from './index.ts';

describe('several tabs of an origin', () => {
  test('what one put in survives it and is sent by the next', async () => {
    const name = freshName();
    const first = open({ name, send: () => new Promise(() => {}) });
    await first.enqueue('a', { key: 'k' });
    first.close();
    const send = vi.fn(async (..._: unknown[]) => {});
    const second = open({ name, send });
    await vi.waitFor(async () => expect(await second.pending()).toEqual([]));
    expect(send.mock.calls).toEqual([['a', expect.objectContaining({ idempotencyKey: 'k' })]]);
  });

  test('what one put in while another was sending is sent by that one, if its own tab is closed', async () => {
    const name = freshName();
    let finish = () => {};
    const send = vi.fn((_: string) => new Promise<void>((resolve) => (finish = resolve)));
    const first = open({ name, send });
    // What is put in while it starts would be looked for again anyway.
    await first.flush();
    await first.enqueue('a');
    await vi.waitFor(() => expect(send).toHaveBeenCalledOnce());
    const heard = new Promise<void>((resolve) => first.onChange(resolve));
    const second = open({ name, send: offline });
    await second.enqueue('b');
    second.close();
    await heard;
    finish();
    await vi.waitFor(() => expect(send.mock.calls.map(([payload]) => payload)).toEqual(['a', 'b']));
    finish();
    await vi.waitFor(async () => expect(await first.pending()).toEqual([]));
    expect(send).toHaveBeenCalledTimes(2);
  });

  test.each([['Web Locks'], ['a lease record']])('under %s each item is sent once', async (means) => {
    if (means !== 'Web Locks') {
      vi.stubGlobal('navigator', {});
      onTestFinished(() => void vi.unstubAllGlobals());
    }
    const name = freshName();
    const sent: string[] = [];
    let sending = 0;
    let most = 0;
    const send = async (payload: string) => {
      most = Math.max(most, ++sending);
      await new Promise((resolve) => setTimeout(resolve, 3));
      sent.push(payload);
      sending--;
    };
    const tabs = Array.from({ length: 4 }, () => open({ name, send }));
    const payloads = Array.from({ length: 12 }, (_, index) => `${index}`);
    // Each is put in by two tabs under one key.
    await Promise.all(
      payloads.flatMap((payload, index) =>
        [0, 1].map((offset) => tabs[(index + offset) % tabs.length]?.enqueue(payload, { key: payload })),
      ),
    );
    await vi.waitFor(async () => expect(await tabs[0]?.pending()).toEqual([]), 4000);
    expect(sent.toSorted()).toEqual(payloads.toSorted());
    expect(most).toBe(1);
  });

  test('a lease is one owner’s until it ends', async () => {
    const { lease, release } = indexedDbStorage(freshName());
    expect(await lease?.('a', 0, 100)).toBeUndefined();
    expect(await lease?.('b', 50, 100)).toBe(100);
    expect(await lease?.('a', 60, 160)).toBeUndefined();
    await release?.('b');
    expect(await lease?.('b', 100, 200)).toBe(160);
    expect(await lease?.('b', 160, 260)).toBeUndefined();
    await release?.('b');
    expect(await lease?.('a', 170, 270)).toBeUndefined();
  });

  test('a change is told to the other tabs', async () => {
    const name = freshName();
    const listener = vi.fn();
    open({ name, send: offline }).onChange(listener);
    await open({ name, send: offline }).enqueue('a');
    await vi.waitFor(() => expect(listener).toHaveBeenCalled());
  });
});
