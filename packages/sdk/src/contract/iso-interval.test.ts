import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoInterval } from './iso-interval.ts';

const local = (text: string) => ({ text, hasOffset: false });

test('two ends, a start that lasts, and what lasts up to an end', () => {
  const [may1, may8] = [local('2026-05-01T00:00'), local('2026-05-08T00:00')];
  expect(isoInterval('2026-05-01/2026-05-08')).toEqual({ start: may1, end: may8 });
  expect(isoInterval('2026-05-01/P7D')).toEqual({ start: may1, lasts: { calendar: 'P7D', clock: null } });
  expect(isoInterval('P1Y2M1W3DT4H5M6S/2026-05-08T18:30:00.250+02:00')).toEqual({
    lasts: { calendar: 'P1Y2M1W3D', clock: 'PT4H5M6S' },
    end: { text: '2026-05-08T18:30:00.250+02:00', hasOffset: true },
  });
  expect(isoInterval('2026-05-01T18:00Z/PT3H')).toEqual({
    start: { text: '2026-05-01T18:00Z', hasOffset: true },
    lasts: { calendar: null, clock: 'PT3H' },
  });
});

test.each([
  ...['', '/', 'P7D', '2026-05-01', 'P7D/P7D', '2026-05-01/P', '2026-05-01/PT', '2026-05-01/P7DT', 'P7D/', '/P7D'],
  ...[
    '2026-02-30/P1D',
    '2026-13-01/P1D',
    '2026-05-01T25:00/P1D',
    '2026-05-01/P-7D',
    '2026-05-01/P7D/P7D',
    '1969-12-31/P1D',
  ],
  ...[
    'last week',
    '2026-05-01 / P7D',
    '2026-05-01/P1.5D',
    "2026-05-01'/P7D",
    '2026-05-01/P7S',
    '2026-05-01/PT7D',
    '2026-05-01/P9999Y',
  ],
])('%j is none', (text) => {
  expect(isoInterval(text)).toBeNull();
});

test('whatever is written is read or refused, and what is read is plain', () => {
  const piece = fc.constantFrom('2026-05-01', 'T', 'P', '7', 'D', 'M', '/', 'Z', '+02:00', '18:00', 'W', 'H', ';', "'");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const found = isoInterval(pieces.join(''));
      expect(JSON.stringify(found)).toMatch(/^[\w\-+:.,{}" ]*$/);
    }),
  );
});
