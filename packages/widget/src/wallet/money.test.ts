import fc from 'fast-check';
import { expect, test } from 'vitest';
import { money, percent } from './money.ts';

const plain = (text: string) => text.replace(/\u00A0|\u202F/g, ' ');

test('minor units by the currency, as the language writes them', () => {
  expect(money('en', 1050, 'EUR')).toBe('€10.50');
  expect(plain(money('es', 1050, 'EUR'))).toBe('10,50 €');
  expect(money('en', 1050, 'JPY')).toBe('¥1,050');
  expect(plain(money('en', 1050, 'KWD'))).toBe('KWD 1.050');
  expect(money('en', -300, 'USD')).toBe('-$3.00');
  expect(percent('en', 1250)).toBe('12.5%');
});

test('what is no currency stands behind the number', () => {
  expect(money('en', 1050, 'no')).toBe('1,050 no');
});

test('no minor unit is lost, however large the amount', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (minor) => {
      const digits = money('en', minor, 'EUR').replace(/[^\d]/g, '');
      expect(BigInt(digits)).toBe(BigInt(Math.abs(minor)));
    }),
  );
});
