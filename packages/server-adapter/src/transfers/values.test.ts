import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountIn, codeInLink, instantIn, minorIn } from './values.ts';

describe('cells', () => {
  it.each([
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2024-02-29 10:20:30', '2024-02-29T10:20:30.000Z'],
    ['2024-02-29 10:20:30 UTC', '2024-02-29T10:20:30.000Z'],
    ['2024-02-29T10:20:30.5+02:00', '2024-02-29T08:20:30.500Z'],
    ['1700000000', '2023-11-14T22:13:20.000Z'],
    ['1700000000123', '2023-11-14T22:13:20.123Z'],
  ])('%s is %s', (text, instant) => {
    expect(instantIn(text, 'createdAt')).toBe(instant);
  });

  it.each(['01/02/2024', '2024-02-30x', '2024-02-30', 'yesterday', '2024-13-01', '12', '0001-01-01'])(
    '%s is no instant',
    (text) => {
      expect(() => instantIn(text, 'createdAt')).toThrow('no instant');
    },
  );

  it.each([
    ['12.3', 'EUR', 1230],
    ['$ 12.30', 'USD', 1230],
    ['12', 'JPY', 12],
    ['12.000', 'JPY', 12],
    ['1.234', 'KWD', 1234],
    ['0', 'EUR', 0],
  ])('%s %s is %i', (text, currency, minor) => {
    expect(amountIn(text, currency, 'amount')).toBe(minor);
  });

  it.each([
    ['1,234.50', 'EUR'],
    ['12.345', 'EUR'],
    ['1.5', 'JPY'],
    ['-1', 'EUR'],
    ['1e3', 'EUR'],
    ['', 'EUR'],
  ])('%s is no amount of %s', (text, currency) => {
    expect(() => amountIn(text, currency, 'amount')).toThrow('no amount');
  });

  it('amounts are exact, however many digits they have', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_000_000_000_000 }), (minor) => {
        const text = `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
        expect(amountIn(text, 'EUR', 'amount')).toBe(minor);
        expect(minorIn(String(minor), 'amountMinor')).toBe(minor);
      }),
    );
  });

  it.each([
    ['https://shop.example/?ref=a&via=abc', 'abc'],
    ['https://shop.example/r/abc', 'abc'],
    ['https://shop.example/', null],
    ['abc', null],
  ])('%s carries the code %s', (link, code) => {
    expect(codeInLink(link)).toBe(code);
  });
});
