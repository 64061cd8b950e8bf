import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LaurelProblem } from '../problem.ts';
import { readCursor, writeCursor } from './cursor.ts';

const safeIntegers = fc.maxSafeInteger();
const write = (value: unknown) => Buffer.from(JSON.stringify(value) ?? '').toString('base64url');

describe('cursors', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(safeIntegers, safeIntegers, fc.uuid(), (a, b, id) => {
        expect(readCursor(writeCursor([a, b]), ['integer', 'integer'])).toEqual([a, b]);
        expect(readCursor(writeCursor([id, a]), ['id', 'integer'])).toEqual([id, a]);
      }),
    );
  });

  it('are refused in one way, whatever else they are', () => {
    const odd = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.json().map(write),
      fc.array(fc.anything()).map((each) => writeCursor(each as string[])),
    );
    fc.assert(
      fc.property(odd, (cursor) => {
        try {
          const [id] = readCursor(cursor, ['id']);
          expect(id).toMatch(/^[0-9a-f-]{36}$/);
        } catch (error) {
          expect(error).toBeInstanceOf(LaurelProblem);
          expect(error).toMatchObject({ code: 'invalid_cursor', status: 400 });
        }
      }),
    );
  });

  it.each([
    ['too few values', write([1])],
    ['too many', write([1, 2, 3])],
    ['text for a number', write(['1', 2])],
    ['a fraction', write([1.5, 2])],
    ['a number that is not safe', write([2 ** 53, 2])],
    ['a number beyond all', Buffer.from('[1e400,2]').toString('base64url')],
    ['an object', write({ 0: 1, 1: 2, length: 2 })],
    ['null', write(null)],
    ['no JSON', 'WzEsMl'],
    ['no base64url at all', '%%%'],
  ])('of %s are refused', (_, cursor) => {
    expect(() => readCursor(cursor, ['integer', 'integer'])).toThrow(/invalid_cursor/);
  });

  it.each([
    'x',
    '',
    "' or 1=1 --",
    '01890000-0000-7000-8000-00000000000',
    '01890000-0000-7000-8000-000000000000 ',
    '\u0000',
  ])('take no %j for an id', (id) => {
    expect(() => readCursor(writeCursor([id]), ['id'])).toThrow(/invalid_cursor/);
  });
});
