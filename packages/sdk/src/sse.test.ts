import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEventParser, type ServerSentEvent } from './sse.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const parse = (text: string, id?: string) => createEventParser(id).push(bytesOf(text));
const event = (data: string, type = 'message', lastEventId = ''): ServerSentEvent => ({ type, data, lastEventId });

test.each<[string, string, ServerSentEvent[]]>([
  ['one line', 'data: a\n\n', [event('a')]],
  ['several lines of data', 'data: a\ndata:b\ndata:  c\n\n', [event('a\nb\n c')]],
  ['CR', 'data: a\r\rdata: b\r\r', [event('a'), event('b')]],
  ['CRLF', 'data: a\r\ndata: b\r\n\r\n', [event('a\nb')]],
  ['line ends mixed', 'event: x\rdata: a\n\r\ndata: b\r\n\n', [event('a', 'x'), event('b')]],
  ['a comment', ': hello\n\ndata: a\n:\n\n', [event('a')]],
  ['one leading BOM', '\uFEFFdata: a\n\n', [event('a')]],
  ['a second BOM, which is part of a field name', '\uFEFF\uFEFFdata: a\n\ndata: b\n\n', [event('b')]],
  ['no data', 'event: x\nid: 1\n\ndata: a\n\n', [event('a', 'message', '1')]],
  ['empty data', 'data\n\ndata\ndata\n\n', [event(''), event('\n')]],
  [
    'an id that stays, and is cleared',
    'id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n',
    [event('a', 'message', '1'), event('b', 'message', '1'), event('c')],
  ],
  ['an id with NUL', 'id: 1\0\ndata: a\n\n', [event('a')]],
  ['unknown fields', 'foo: 1\nDATA: x\ndata: a\n\n', [event('a')]],
  ['an unfinished event', 'data: a\n\ndata: b\n', [event('a')]],
])('%s', (_, text, events) => {
  expect(parse(text)).toEqual(events);
});

test('the id of an unfinished event is not resumed from', () => {
  const parser = createEventParser('0');
  parser.push(bytesOf('id: 1\ndata: a\n\nid: 2\ndata: b\n'));
  expect(parser.lastEventId).toBe('1');
});

test('retry takes digits only', () => {
  const parser = createEventParser();
  parser.push(bytesOf('retry: 250\n\nretry: 1e3\nretry: -1\nretry\n'));
  expect(parser.retry).toBe(250);
});

const line = fc.oneof(
  fc.constantFrom('', ':', 'data', 'id', 'id: 7', 'retry: 10', 'event: leaderboard', '\uFEFFdata: x'),
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => `data: ${text}`),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);
const stream = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\r', '\r\n')), { maxLength: 40 })
  .map((lines) => bytesOf(lines.flat().join('')));

test('cutting the bytes anywhere gives the same events', () => {
  fc.assert(
    fc.property(stream, fc.array(fc.nat(600), { maxLength: 30 }), (bytes, cuts) => {
      const whole = createEventParser();
      const pieces = createEventParser();
      const events = whole.push(bytes);
      const edges = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
      const given = edges.flatMap((edge, index) => pieces.push(bytes.subarray(edge, edges[index + 1] ?? edge)));
      expect(given).toEqual(events);
      expect([pieces.lastEventId, pieces.retry]).toEqual([whole.lastEventId, whole.retry]);
    }),
    { numRuns: 500 },
  );
});

test('an event is given as soon as its empty line is there', () => {
  const parser = createEventParser();
  expect(parser.push(bytesOf('data: a\r\n\r'))).toEqual([event('a')]);
  expect(parser.push(bytesOf('\ndata: b\n\n'))).toEqual([event('b')]);
});
