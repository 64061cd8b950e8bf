import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeEvent, encodeRetry, heartbeat } from './sse.ts';

/** Reads a stream as WHATWG HTML §9.2.6 says. */
function readAll(chunks: readonly Uint8Array[]) {
  const messages: { event: string; data: string; id: string }[] = [];
  const retry: number[] = [];
  for (const block of Buffer.concat(chunks).toString().split('\n\n').slice(0, -1)) {
    const fields = block.split(/\r\n|\r|\n/).filter((line) => !line.startsWith(':') && line !== '');
    const of = (name: string) =>
      fields.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
    retry.push(...of('retry').map(Number));
    if (of('data').length > 0)
      messages.push({ event: of('event').join(), data: of('data').join('\n'), id: of('id').join() });
  }
  return { messages, retry };
}

const encode = (value: unknown, id: string) => encodeEvent('leaderboard', JSON.stringify(value), id);

describe('server-sent events', () => {
  it('carry any JSON through unchanged, each message with its id', () => {
    fc.assert(
      fc.property(fc.array(fc.json(), { maxLength: 5 }), (all) => {
        const chunks = all.flatMap((text, index) => [encode(JSON.parse(text), `${index}.0`), heartbeat]);
        const { messages, retry } = readAll([...chunks, encodeRetry(1234)]);
        expect(messages.map(({ event, id }) => [event, id])).toEqual(
          all.map((_, index) => ['leaderboard', `${index}.0`]),
        );
        expect(messages.map(({ data }) => JSON.parse(data))).toEqual(all.map((text) => JSON.parse(text)));
        expect(retry).toEqual([1234]);
      }),
      { numRuns: 50 },
    );
  });

  it('cannot be made to carry a second message by what is in the first', () => {
    const tricky = { name: '\n\nevent: me\ndata: {}\r\r\u2028' };
    const { messages } = readAll([encode(tricky, '1')]);
    expect(messages).toHaveLength(1);
    expect(JSON.parse(messages[0]?.data ?? '')).toEqual(tricky);
  });
});
