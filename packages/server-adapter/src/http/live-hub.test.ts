import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHub, type LiveReader } from './live-hub.ts';
import type { LiveFrame } from './live-topic.ts';

interface Chain {
  previousSeq: number;
  seq: number;
}

/** A board whose reads end when they are told to, and see what was written when they began or end. */
function boardWith(quiet = 5) {
  let seq = 0;
  let reads = 0;
  const waiting: (() => void)[] = [];
  let held = false;
  let failing = 0;
  const received = new Map<LiveReader, Chain[]>();
  const failures: unknown[] = [];
  const hub = createHub(
    'board',
    {
      subjects: [],
      read: async (position) => {
        reads++;
        const seen = seq;
        if (failing-- > 0) throw new Error('the database is away');
        if (held) await new Promise<void>((resolve) => waiting.push(resolve));
        if (position !== null && seen <= position) return null;
        return {
          event: 'leaderboard',
          position: seen,
          data: { previousSeq: position ?? seen, seq: seen },
        } as LiveFrame;
      },
    },
    {
      quiet,
      send: (reader, bytes) => {
        const data = /^data: (.*)$/m.exec(new TextDecoder().decode(bytes))?.[1] ?? '';
        received.get(reader)?.push(JSON.parse(data));
      },
      onBroadcast: () => {},
      onFailure: (error) => failures.push(error),
    },
  );
  return {
    hub,
    failures,
    reads: () => reads,
    seq: () => seq,
    write: () => {
      seq++;
      hub.wake();
    },
    /** Lets so many of the next reads fail. */
    fail: (times: number) => {
      failing = times;
    },
    hold: () => {
      held = true;
    },
    /** Lets the read at `index` of those that wait end. */
    release: (index = 0) => waiting.splice(index, 1)[0]?.(),
    releaseAll: () => {
      held = false;
      for (const resolve of waiting.splice(0)) resolve();
    },
    join: (since: number | null) => {
      const sink = { write: () => {}, waiting: () => 0, end: () => {}, drop: () => {} };
      const reader: LiveReader = { sink, positions: [since] };
      received.set(reader, []);
      hub.join(reader, 0).catch((error: unknown) => failures.push(error));
      return { reader, chain: () => received.get(reader) ?? [] };
    },
  };
}

const isChain = (since: number | null, chain: readonly Chain[]) =>
  chain.every(({ previousSeq, seq }, index) => {
    const before = index === 0 ? (since ?? chain[0]?.seq) : chain[index - 1]?.seq;
    return previousSeq === before && (seq > previousSeq || (index === 0 && since === null));
  });

describe('a hub', () => {
  it('loses and repeats nothing for who joins between a read and its broadcast', async () => {
    const board = boardWith();
    for (let turn = 0; turn < 10; turn++) board.write();
    const old = board.join(null);
    await expect.poll(() => old.chain().length).toBe(1);
    board.hold();
    board.write();
    await expect.poll(board.reads).toBe(2);
    // The broadcast of 10 to 11 is read and not sent yet: one comes back from 5, one from 10.
    const resumed = board.join(5);
    const level = board.join(10);
    board.write();
    board.release();
    await sleep(20);
    board.releaseAll();
    await expect.poll(() => [old, resumed, level].map(({ chain }) => chain().at(-1)?.seq)).toEqual([12, 12, 12]);
    expect(isChain(null, old.chain())).toBe(true);
    expect(isChain(5, resumed.chain())).toBe(true);
    expect(isChain(10, level.chain())).toBe(true);
  });

  it('brings everybody to the newest by an unbroken chain, whatever crosses what', async () => {
    const step = fc.oneof(
      fc.constant({ kind: 'write' as const }),
      fc.record({ kind: fc.constant('join' as const), since: fc.option(fc.nat({ max: 12 })) }),
      fc.record({ kind: fc.constant('release' as const), index: fc.nat({ max: 3 }) }),
      fc.constant({ kind: 'wait' as const }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const board = boardWith(1);
        board.hold();
        const joined: [number | null, () => Chain[]][] = [];
        for (const each of steps) {
          if (each.kind === 'write') board.write();
          if (each.kind === 'release') board.release(each.index);
          if (each.kind === 'wait') await sleep(2);
          if (each.kind === 'join') {
            const since = each.since === null ? null : Math.min(each.since, board.seq());
            joined.push([since, board.join(since).chain]);
          }
          await Promise.resolve();
        }
        board.releaseAll();
        await expect
          .poll(() => joined.filter(([since, chain]) => (chain().at(-1)?.seq ?? since) !== board.seq()), {
            interval: 1,
          })
          .toEqual([]);
        expect(joined.filter(([since, chain]) => !isChain(since, chain()))).toEqual([]);
        expect(board.failures).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('brings everybody up to date once the database is back, though nothing more is written', async () => {
    const board = boardWith(5);
    board.write();
    const reader = board.join(null);
    await expect.poll(() => reader.chain().length).toBe(1);
    // Nothing is on its way any more.
    await sleep(20);
    board.fail(2);
    board.write();
    await expect.poll(() => reader.chain().at(-1)?.seq).toBe(2);
    expect(isChain(null, reader.chain())).toBe(true);
    expect(board.failures).toHaveLength(2);
  });

  it('shows who joined while the database was away what there is, once it is back', async () => {
    const board = boardWith(5);
    board.write();
    board.fail(2);
    const reader = board.join(null);
    await expect.poll(() => reader.chain().length).toBe(1);
    expect(board.failures).toHaveLength(2);
  });

  it('reads no more for nobody, though it failed', async () => {
    const board = boardWith(5);
    board.write();
    board.fail(Number.POSITIVE_INFINITY);
    const { reader } = board.join(null);
    await expect.poll(() => board.failures.length).toBeGreaterThan(1);
    board.hub.leave(reader);
    const before = board.reads();
    await sleep(100);
    expect(board.reads()).toBe(before);
  });

  it('reads once for all who come back at the same place, and for all who are new', async () => {
    const board = boardWith(50);
    for (let turn = 0; turn < 10; turn++) board.write();
    const readers = Array.from({ length: 2_000 }, (_, index) => board.join(index % 2 ? 4 : null));
    await expect.poll(() => readers.every(({ chain }) => chain().length === 1)).toBe(true);
    await sleep(150);
    const before = board.reads();
    expect(before).toBeLessThanOrEqual(8);
    board.write();
    await expect.poll(() => readers.every(({ chain }) => chain().length === 2)).toBe(true);
    expect(board.reads()).toBe(before + 1);
  });

  it('does not read for those who claim to be further than anybody can', async () => {
    const board = boardWith(1);
    board.write();
    const honest = board.join(null);
    for (let turn = 0; turn < 50; turn++) board.join(1_000_000 + turn);
    await expect.poll(() => honest.chain().length).toBe(1);
    const before = board.reads();
    for (let turn = 0; turn < 5; turn++) {
      board.write();
      await expect.poll(() => honest.chain().at(-1)?.seq).toBe(board.seq());
    }
    expect(board.reads() - before).toBeLessThanOrEqual(10);
  });

  it('gathers what changes at the same time, at most one message a quarter of a second', async () => {
    const board = boardWith(250);
    const reader = board.join(null);
    const began = performance.now();
    while (performance.now() - began < 900) {
      board.write();
      await sleep(5);
    }
    await expect.poll(() => reader.chain().at(-1)?.seq).toBe(board.seq());
    expect(reader.chain().length).toBeGreaterThan(2);
    expect(reader.chain().length).toBeLessThanOrEqual(6);
  });
});
