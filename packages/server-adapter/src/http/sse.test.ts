import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeMessage, openSse } from './sse.ts';

interface Message {
  event: string;
  data: string;
  id: string;
}

/** Reads a stream as WHATWG HTML §9.2.6 says, from bytes cut anywhere. */
async function readAll(response: Response): Promise<{ messages: Message[]; retry: number[] }> {
  const text = await response.text();
  const messages: Message[] = [];
  const retry: number[] = [];
  for (const block of text.split('\n\n').slice(0, -1)) {
    const fields = block.split(/\r\n|\r|\n/).filter((line) => !line.startsWith(':') && line !== '');
    const of = (name: string) =>
      fields.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
    retry.push(...of('retry').map(Number));
    if (of('data').length > 0)
      messages.push({ event: of('event').join(), data: of('data').join('\n'), id: of('id').join() });
  }
  return { messages, retry };
}

describe('openSse', () => {
  it('carries any JSON through unchanged, each message with its reader’s own id', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.json(), { maxLength: 5 }), async (all) => {
        const stream = openSse(new Headers(), () => {});
        for (const [index, text] of all.entries()) {
          stream.send(encodeMessage('leaderboard', JSON.parse(text)), `${index}.0`);
          stream.beat();
        }
        stream.end(1234);
        const { messages, retry } = await readAll(stream.response);
        expect(messages.map(({ event, id }) => [event, id])).toEqual(
          all.map((_, index) => ['leaderboard', `${index}.0`]),
        );
        expect(messages.map(({ data }) => JSON.parse(data))).toEqual(all.map((text) => JSON.parse(text)));
        expect(retry.at(-1)).toBe(1234);
      }),
      { numRuns: 50 },
    );
  });

  it('cannot be made to carry a second message by what is in the first', async () => {
    const stream = openSse(new Headers(), () => {});
    stream.send(encodeMessage('me', { name: '\n\nevent: leaderboard\ndata: {}\r\r\u2028' }), '1');
    stream.end(0);
    const { messages } = await readAll(stream.response);
    expect(messages).toHaveLength(1);
    expect(JSON.parse(messages[0]?.data ?? '')).toEqual({ name: '\n\nevent: leaderboard\ndata: {}\r\r\u2028' });
  });

  it('is marked as a stream that nobody keeps or changes on its way', () => {
    const { response } = openSse(new Headers({ 'x-request-id': '1' }), () => {});
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store, no-transform');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(response.headers.get('x-request-id')).toBe('1');
  });

  it('says once that the reader left, and is quiet afterwards', async () => {
    let closed = 0;
    const stream = openSse(new Headers(), () => closed++);
    await stream.response.body?.cancel();
    stream.send(encodeMessage('me', {}), '1');
    stream.beat();
    stream.end(0);
    expect(closed).toBe(1);
  });

  it('lets a reader go who does not read, before much waits for them', () => {
    let closed = 0;
    const stream = openSse(new Headers(), () => closed++);
    const message = encodeMessage('me', 'x'.repeat(10_000));
    let sent = 0;
    while (closed === 0 && sent < 100) {
      stream.send(message, String(sent));
      sent++;
    }
    expect(closed).toBe(1);
    expect(sent).toBeLessThan(40);
    stream.send(message, 'after');
    stream.end(0);
  });
});
