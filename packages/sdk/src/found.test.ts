import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { captureTouch, findTouch, mayBeTouched } from './attribution.ts';

let store: Record<string, string>;
const visit = (href: string) => vi.stubGlobal('location', { href });

beforeEach(() => {
  store = {};
  const methods = {
    getItem: (key: string) => store[key] ?? null,
    setItem(key: string, value: string) {
      store[key] = value;
    },
  };
  // As a browser's: its keys are what is stored.
  vi.stubGlobal('localStorage', new Proxy(store, { get: (_, name) => methods[name as keyof typeof methods] }));
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
  expect(store).toEqual({});
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

it('finds what was kept for one programme, else for all of them', () => {
  visit('https://shop.example/');
  const at = new Date(Date.now() - 1000).toISOString();
  const expiresAt = new Date(Date.now() + 1e6).toISOString();
  store.laurel_attribution = JSON.stringify({ referralCode: 'ANA', at, expiresAt });
  store.laurel_attribution_friends = JSON.stringify({ referralCode: 'BOB', at, expiresAt });
  expect(findTouch({ program: 'friends' })).toEqual({ referralCode: 'BOB', at });
  expect(findTouch({ program: 'others' })).toEqual({ referralCode: 'ANA', at });
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
  store.laurel_attribution = JSON.stringify({ referralCode: 'ANA', at: '2020-01-01', expiresAt: '2020-02-01' });
  expect(findTouch()).toBeUndefined();
  vi.stubGlobal('localStorage', undefined);
  expect([findTouch(), mayBeTouched()]).toEqual([undefined, false]);
});
