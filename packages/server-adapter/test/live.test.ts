import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, type Topic } from '@laurelkit/sdk';
import type { LiveMessages } from '@laurelkit/sdk/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeHandler } from '../src/node.ts';
import type { TestLaurel } from '../src/testing.ts';
import { ask, databaseUrl, eventually, refer, seed, sql, testLaurel } from './support.ts';

type Frame = LiveMessages['leaderboard'];
const servers: Server[] = [];

afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(laurel: TestLaurel): Promise<string> {
  const server = createServer(nodeHandler(laurel)).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
}

describe('live updates', () => {
  let laurel: TestLaurel;
  let baseUrl: string;
  let orders = 0;
  const buy = (count = 1) =>
    Promise.all(
      Array.from({ length: count }, () =>
        laurel.api.conversions.create({
          program: 'friends',
          participant: 'bob',
          event: 'purchase',
          idempotencyKey: `order-${++orders}`,
        }),
      ),
    );
  const follow = (topics: Topic[], credential: { key?: string; token?: string }) => {
    const frames: Frame[] = [];
    let selves = 0;
    const subscription = createClient({ baseUrl, ...credential }).live(topics, {
      on: { leaderboard: (frame: Frame) => void frames.push(frame), me: () => void selves++ },
    });
    return { frames, selves: () => selves, close: () => subscription.close() };
  };

  beforeAll(async () => {
    laurel = await testLaurel();
    await seed(laurel.api, ['ada', 'bob', 'cleo']);
    await refer(laurel.api, 'ada', 'bob');
    baseUrl = await serve(laurel);
  });

  it('tell the board at once, then every change within a second', async () => {
    const reader = follow(['contest:spring'], { key: laurel.publishableKey });
    await expect.poll(() => reader.frames.length).toBeGreaterThan(0);
    const began = performance.now();
    await buy();
    await expect.poll(() => reader.frames.at(-1)?.top[0]?.score, { interval: 10 }).toBe(orders);
    expect(performance.now() - began).toBeLessThan(1000);
    expect(reader.frames.at(-1)).toMatchObject({ contest: 'spring', topic: 'contest:spring', participants: 1 });
    expect(reader.frames.at(-1)?.changed).toEqual([reader.frames.at(-1)?.top[0]?.id]);
    reader.close();
  });

  it('gather a burst into few messages that leave no gap', async () => {
    const reader = follow(['contest:spring'], { key: laurel.publishableKey });
    await expect.poll(() => reader.frames.length).toBe(1);
    for (let round = 0; round < 10; round++) {
      await buy(20);
      await sleep(30);
    }
    await expect.poll(() => reader.frames.at(-1)?.seq, { timeout: 3000 }).toBe(orders);
    expect(reader.frames.length).toBeLessThan(12);
    for (const [index, frame] of reader.frames.entries()) {
      if (index > 0) expect(frame.previousSeq).toBe(reader.frames[index - 1]?.seq);
    }
    reader.close();
  });

  it('resume after Last-Event-ID with what was missed, and with nothing when nothing was', async () => {
    const stream = async (lastEventId: string) => {
      const response = await fetch(`${baseUrl}/live?topics=contest:spring`, {
        headers: { authorization: `Bearer ${laurel.publishableKey}`, 'last-event-id': lastEventId },
      });
      const reader = (response.body as ReadableStream<Uint8Array>).getReader();
      let text = '';
      const read = (async () => {
        for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
          text += new TextDecoder().decode(chunk.value);
        }
      })().catch(() => {});
      await sleep(300);
      await reader.cancel();
      await read;
      return text;
    };
    const seen = orders;
    await buy(3);
    const missed = await stream(String(seen));
    const frame = JSON.parse(/^data: (.*)$/m.exec(missed)?.[1] ?? '{}') as Frame;
    expect([frame.previousSeq, frame.seq, frame.top[0]?.score]).toEqual([seen, orders, orders]);
    expect(missed).toContain(`id: ${orders}\n\n`);
    expect(await stream(String(orders))).not.toContain('data:');
    expect(await stream('not an id')).toContain('event: leaderboard');
  });

  it('tell a participant of their own numbers, and nobody of anybody else’s', async () => {
    const tokenOf = async (participant: string) => (await laurel.api.participants.createToken({ participant })).token;
    const ada = follow(['program:friends', 'contest:spring'], { token: await tokenOf('ada') });
    const cleo = follow(['program:friends'], { token: await tokenOf('cleo') });
    await expect.poll(() => [ada.selves(), cleo.selves()]).toEqual([1, 1]);
    await sleep(300);
    await buy();
    await expect.poll(ada.selves).toBe(2);
    await expect.poll(() => ada.frames.at(-1)?.seq).toBe(orders);
    await sleep(300);
    expect(cleo.selves()).toBe(1);
    ada.close();
    cleo.close();
    const stranger = await ask(laurel, 'GET', '/live?topics=program:friends', { credential: laurel.publishableKey });
    expect(stranger.json.code).toBe('forbidden');
  });

  it('keep a hidden board hidden', async () => {
    await laurel.api.contests.update({ contest: 'spring', hideUntilEnd: true });
    const reader = follow(['contest:spring'], { key: laurel.publishableKey });
    await sleep(200);
    await buy();
    await sleep(400);
    expect(reader.frames).toEqual([]);
    reader.close();
    await laurel.api.contests.update({ contest: 'spring', hideUntilEnd: false });
  });

  it('show a hidden board once its contest is over, though nobody moves on it any more', async () => {
    const startsAt = new Date(Date.now() - 60_000).toISOString();
    const endsAt = new Date(Date.now() + 60_000).toISOString();
    await laurel.api.contests.create({
      ...{ program: 'friends', slug: 'secret', name: 'Secret', startsAt, endsAt, hideUntilEnd: true },
    });
    await laurel.api.points.award({ contest: 'secret', participant: 'ada', points: 7, idempotencyKey: 'secret' });
    const reader = follow(['contest:spring', 'contest:secret'], { key: laurel.publishableKey });
    const shown = () => reader.frames.filter(({ contest }) => contest === 'secret').map(({ top }) => top[0]?.score);
    await expect.poll(() => reader.frames.length).toBeGreaterThan(0);
    expect(shown()).toEqual([]);
    // Its last calls were over two seconds after the end, when the keeper freezes it.
    await sql(laurel, `update $schema.contest set ends_at = now() - interval '2 seconds' where slug = 'secret'`);
    expect(await eventually(shown, (scores) => scores.length > 0)).toEqual([7]);
    reader.close();
  }, 30_000);

  it('end when the server closes, telling readers when to come back', async () => {
    const other = await testLaurel();
    await seed(other.api);
    const response = await fetch(`${await serve(other)}/live?topics=contest:spring`, {
      headers: { authorization: `Bearer ${other.publishableKey}` },
    });
    const text = response.text();
    await sleep(100);
    await other.close();
    expect(await text).toMatch(/retry: [1-5]\d{3}\n\n$/);
  });

  it('are so many for each participant, and a place is free again when one leaves', async () => {
    const other = await testLaurel({ liveLimits: { participant: 2 } });
    await seed(other.api);
    const otherUrl = await serve(other);
    const { token } = await other.api.participants.createToken({ participant: 'ada' });
    // An answer that nobody holds any more is collected, and its connection closed.
    const held: Response[] = [];
    const open = async () => {
      const left = new AbortController();
      const response = await fetch(`${otherUrl}/live?topics=contest:spring`, {
        headers: { authorization: `Bearer ${token}` },
        signal: left.signal,
      });
      held.push(response);
      return { response, left };
    };
    const [first] = [await open(), await open()];
    const { response } = await open();
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '10']);
    expect(await response.json()).toMatchObject({ code: 'too_many_requests' });
    // Asking what it would be like takes no place.
    const head = { method: 'HEAD', headers: { authorization: `Bearer ${other.publishableKey}` } };
    for (let turn = 0; turn < 3; turn++) await fetch(`${otherUrl}/live?topics=contest:spring`, head);
    first?.left.abort();
    await expect.poll(async () => (await open()).response.status).toBe(200);
    const { text } = await ask(other, 'GET', '/metrics', { credential: other.secretKey });
    expect(text).toMatch(/laurel_sse_connections 2\n/);
    expect(text).toMatch(/laurel_live_broadcasts_total \d/);
    expect(text).toMatch(/laurel_live_slow_readers_total 0\n/);
    expect(held.filter(({ status }) => status === 200)).toHaveLength(3);
  });

  // One process has embedded storage to itself.
  if (databaseUrl)
    it('reach readers of another node on the same database', async () => {
      const other = await testLaurel({ schema: laurel.schema });
      const nodeUrl = await serve(other);
      const frames: Frame[] = [];
      const subscription = createClient({ baseUrl: nodeUrl, key: other.publishableKey }).live(['contest:spring'], {
        on: { leaderboard: (frame: Frame) => void frames.push(frame) },
      });
      await expect.poll(() => frames.length).toBe(1);
      await buy();
      await expect.poll(() => frames.at(-1)?.seq).toBe(orders);
      subscription.close();
    });
});
