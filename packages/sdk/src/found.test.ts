import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { captureTouch, findTouch, mayBeTouched } from './attribution.ts';

let store: Map<string, string>;
const visit = (href: string) => vi.stubGlobal('location', { href });

beforeEach(() => {
  store = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, value: string) => store.set(key, value),
    removeItem: (key: string) => store.delete(key),
  });
  vi.stubGlobal('fetch', () => {
    throw new Error('nothing is sent');
  });
});

afterEach(() => vi.unstubAllGlobals());

it('finds the code in the address and stores nothing', () => {
  visit('https://shop.example/?ref=ANA');
  expect(mayBeTouched()).toBe(true);
  expect(findTouch()).toMatchObject({ referralCode: 'ANA' });
  expect(findTouch()).not.toHaveProperty('key');
  expect(store.size).toBe(0);
});

it('finds what was kept, and by the model which of two counts', () => {
  visit('https://shop.example/?ref=ANA');
  captureTouch({});
  visit('https://shop.example/later');
  expect(mayBeTouched()).toBe(true);
  expect(findTouch()).toMatchObject({ referralCode: 'ANA' });
  visit('https://shop.example/?friend=BOB');
  expect(findTouch({ parameters: ['friend'] })).toMatchObject({ referralCode: 'BOB' });
  expect(findTouch({ parameters: ['friend'], model: 'first' })).toMatchObject({ referralCode: 'ANA' });
});

it('prefers the address a loader noted to the one the page made of it', () => {
  visit('https://shop.example/');
  vi.stubGlobal('Laurel', { landing: 'https://shop.example/?via=ANA' });
  expect(findTouch()).toMatchObject({ referralCode: 'ANA' });
  expect(mayBeTouched()).toBe(true);
});

it('is nothing where nobody sent the visitor, where the kept touch is too old, or storage throws', () => {
  visit('https://shop.example/?utm=x');
  expect([findTouch(), mayBeTouched()]).toEqual([undefined, false]);
  store.set('laurel_attribution', JSON.stringify({ referralCode: 'ANA', at: '2020-01-01', expiresAt: '2020-02-01' }));
  expect(findTouch()).toBeUndefined();
  vi.stubGlobal('localStorage', undefined);
  expect([findTouch(), mayBeTouched()]).toEqual([undefined, false]);
});
