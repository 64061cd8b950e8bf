import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isCurrent, isSameTouch, type KeptTouch, readTouch } from './touch.ts';

const code = fc.stringMatching(/^[A-Za-z0-9_-]{3,40}$/);
const parameters = ['ref', 'via'];

test('a code is found in any address, whatever else is in it', () => {
  const others = fc.dictionary(
    fc.string().filter((name) => ![...parameters, 'rid'].includes(name)),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.webUrl(), others, fc.constantFrom(...parameters), code, (address, query, name, referralCode) => {
      const url = new URL(address);
      url.search = `${new URLSearchParams({ ...query, [name]: referralCode })}`;
      expect(readTouch(url.href, parameters)).toEqual({ referralCode });
    }),
  );
});

test('what is read is always something the contract takes', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (ref, rid) => {
      const touch = readTouch(`https://shop.example/?${new URLSearchParams({ ref, rid })}`, parameters);
      expect(touch?.referralCode ?? 'none').toMatch(/^[A-Za-z0-9_-]{3,40}$/);
      expect(touch?.clickId).toBeUndefined();
    }),
  );
});

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 0, minutes)).toISOString();
const kept: KeptTouch = { referralCode: 'ANA', clickId: 'c1', at: at(0), expiresAt: at(60), key: 'k' };

test('a touch met again', () => {
  const { clickId, ...seen } = kept;
  expect(isSameTouch(kept, { ...seen, at: at(29) })).toBe(true);
  expect(isSameTouch(kept, { ...seen, at: at(30) })).toBe(false);
  expect(isSameTouch(kept, { ...seen, referralCode: 'BOB' })).toBe(false);
  expect(isSameTouch(kept, { ...kept, at: at(45) })).toBe(true);
  expect(isSameTouch(kept, { ...kept, clickId: 'c2' })).toBe(false);
});

test('a touch counts from its instant until before it expires', () => {
  const counts = (minutes: number) => isCurrent(kept, Date.parse(at(minutes)));
  expect([-1, 0, 59, 60].map(counts)).toEqual([false, true, true, false]);
});
