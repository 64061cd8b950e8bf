import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blackTextFrom } from './tokens.ts';

test('the better of black and white is at least 4.5:1 on any luminance', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (luminance) => {
      const contrast = luminance > blackTextFrom ? (luminance + 0.05) / 0.05 : 1.05 / (luminance + 0.05);
      expect(contrast).toBeGreaterThanOrEqual(4.5);
    }),
  );
});
