import { quicknet } from '@laurelkit/sdk/draws';
import { expect, it } from 'vitest';
import { settleDraws } from './draw-options.ts';
import { LaurelConfigurationError } from './problem.ts';

it('goes by quicknet and relays of the League of Entropy where nothing is said', () => {
  const { chain, relays, allow } = settleDraws();
  expect(chain).toBe(quicknet);
  expect(relays.length).toBeGreaterThan(1);
  expect(relays.every((relay) => relay.startsWith('https://'))).toBe(true);
  expect(allow).toEqual([]);
});

it('takes relays below a path, and of origins that are allowed', () => {
  const relays = ['https://relay.example/drand/', 'http://127.0.0.1:4000'];
  expect(settleDraws({ relays, allow: ['http://127.0.0.1:4000'] }).relays).toEqual([
    'https://relay.example/drand',
    'http://127.0.0.1:4000',
  ]);
});

it.each([
  [{ relays: [] }, /at least one/],
  [{ relays: ['http://relay.example'] }, /must be https/],
  [{ relays: ['https://169.254.169.254'] }, /not public/],
  [{ relays: ['not an address'] }, /draws\.relays/],
  [{ allow: ['http://127.0.0.1:4000/'] }, /draws\.allow/],
  [{ chain: { ...quicknet, publicKey: 'ab' } }, /draws\.chain/],
  [{ chain: { ...quicknet, period: 0 } }, /draws\.chain/],
  [{ chain: { ...quicknet, scheme: 'pedersen-bls-chained' as never } }, /draws\.chain/],
])('refuses %j, which cannot work', (options, words) => {
  expect(() => settleDraws(options)).toThrow(LaurelConfigurationError);
  expect(() => settleDraws(options)).toThrow(words);
});
