import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { answerResponse } from './answer-response.ts';
import { sendAnswer } from './node-answer.ts';
import type { Sink } from './sink.ts';
import { type EventStream, eventStreamHeaders, writeTo } from './sse.ts';

/** A stream opened by a reader that takes nothing before it is told to. */
interface Opened {
  sink: Sink;
  closed(): number;
  /** Everything that comes until the stream ends, without the head; fails when it is cut. */
  readAll(): Promise<string>;
  leave(): void;
}

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

function opening() {
  let sink: Sink | undefined;
  let closed = 0;
  const events: EventStream = {
    cancel: () => {},
    open: (connect) => {
      sink = connect(() => closed++);
    },
  };
  const answer = () => ({ status: 200, headers: { ...eventStreamHeaders }, body: events });
  return { answer, sink: () => sink, closed: () => closed };
}

const openings: Record<string, () => Promise<Opened>> = {
  'a Fetch body': async () => {
    const { answer, sink, closed } = opening();
    const response = answerResponse(answer());
    return {
      sink: sink() as Sink,
      closed,
      readAll: () => response.text(),
      leave: () => void response.body?.cancel(),
    };
  },

  'a Node response': async () => {
    const { answer, sink, closed } = opening();
    const server = createServer((_, outgoing) => {
      outgoing.on('error', () => {});
      sendAnswer(answer(), outgoing);
    }).listen(0, '127.0.0.1');
    servers.push(server);
    await new Promise((resolve) => server.once('listening', resolve));
    const socket = await new Promise<Socket>((resolve) => {
      const made = connect((server.address() as AddressInfo).port, '127.0.0.1', () => resolve(made));
    });
    socket.pause().write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await expect.poll(sink).toBeTruthy();
    const readAll = async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of socket) chunks.push(chunk);
      const [head = '', body = ''] = Buffer.concat(chunks)
        .toString()
        .split(/\r\n\r\n(.*)/s);
      if (!head.startsWith('HTTP/1.1 200') || /transfer-encoding/i.test(head)) throw new Error(head);
      return body;
    };
    return { sink: sink() as Sink, closed, readAll, leave: () => socket.destroy() };
  },
};

const bytes = (text: string) => new TextEncoder().encode(text);

describe.each(Object.entries(openings))('a sink on %s', (_, open) => {
  it('carries what is written, and closes once when it ends', async () => {
    const { sink, closed, readAll } = await open();
    const shared = bytes('shared\n');
    sink.write(shared);
    sink.write(shared);
    sink.end();
    expect(await readAll()).toBe('shared\nshared\n');
    await expect.poll(closed).toBe(1);
    await sleep(20);
    expect(closed()).toBe(1);
  });

  it('says once that the reader left, and is quiet afterwards', async () => {
    const { sink, closed, leave } = await open();
    sink.write(bytes('x'));
    leave();
    await expect.poll(closed).toBe(1);
    sink.write(bytes('x'));
    sink.drop();
    await sleep(20);
    expect(closed()).toBe(1);
  });

  it('lets a reader go who does not read, before much waits for them', async () => {
    const { sink, closed, readAll } = await open();
    const message = bytes('x'.repeat(10_000));
    let waited = 0;
    let sent = 0;
    // The system's own buffers hold some megabytes before anything waits here.
    while (writeTo(sink, message) && sent < 2_000) {
      waited = Math.max(waited, sink.waiting());
      sent++;
      await new Promise(setImmediate);
    }
    expect(sent).toBeLessThan(2_000);
    expect(waited).toBeLessThanOrEqual(256 * 1024);
    await expect.poll(closed).toBe(1);
    expect((await readAll().catch(() => '')).length).toBeLessThan(sent * message.length);
  });
});

it('headers say that nobody may keep the stream or change it on its way', async () => {
  const { headers } = answerResponse(opening().answer());
  expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(headers.get('cache-control')).toBe('no-store, no-transform');
  expect(headers.get('x-accel-buffering')).toBe('no');
});
