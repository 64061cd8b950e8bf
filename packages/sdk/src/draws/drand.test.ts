import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex } from './bytes.ts';
import { chainOfInfo, instantOfRound, isSameChain, quicknet, roundAt, verifyDrandRound } from './drand.ts';

// As the League of Entropy publishes it: https://api.drand.sh/52db9ba7…/public/1000
const round = 1000;
const signature = 'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39';
const randomness = 'fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd';
const refused = { valid: false, randomness: null };

describe('a round of quicknet', () => {
  it('is checked against its signature', () => {
    const valid = { valid: true, randomness };
    expect(verifyDrandRound({ chain: quicknet, round, signature })).toEqual(valid);
    expect(verifyDrandRound({ round, signature })).toEqual(valid);
    expect(verifyDrandRound({ chain: quicknet.hash, round, signature })).toEqual(valid);
    expect(verifyDrandRound({ chain: { ...quicknet }, round, signature: signature.toUpperCase() })).toEqual(valid);
    expect(verifyDrandRound({ round, signature: fromHex(signature) })).toEqual(valid);
  }, 20_000);

  it('is checked by a beacon as its relays describe it at /info', () => {
    const { publicKey, period, genesis, hash, scheme } = quicknet;
    const info = {
      ...{ public_key: publicKey, period, genesis_time: genesis, hash, schemeID: scheme },
      ...{ groupHash: 'f4'.repeat(32), beaconID: 'quicknet', metadata: { beaconID: 'quicknet' } },
    };
    expect(chainOfInfo(info)).toEqual(quicknet);
    expect(verifyDrandRound({ chain: info, round, signature })).toEqual({ valid: true, randomness });
    const other = { ...info, schemeID: 'pedersen-bls-chained' };
    expect(chainOfInfo(other)).toBeNull();
    expect(verifyDrandRound({ chain: other, round, signature })).toEqual(refused);
    for (const none of [null, undefined, 7, {}, { ...info, hash: 1 }]) expect(chainOfInfo(none)).toBeNull();
  }, 20_000);

  it('is refused under another number', () => {
    for (const other of [999, 1001, 0, -1, 1000.5, Number.NaN, 2 ** 53]) {
      expect(verifyDrandRound({ round: other, signature })).toEqual(refused);
    }
  }, 20_000);

  it('is refused when a bit is flipped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 383 }), (bit) => {
        const bytes = fromHex(signature);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(verifyDrandRound({ round, signature: bytes })).toEqual(refused);
      }),
      { numRuns: 12 },
    );
  }, 20_000);

  it('is refused from another beacon, and when it is no signature', () => {
    const publicKey = `93${quicknet.publicKey.slice(2)}`;
    expect(verifyDrandRound({ chain: { ...quicknet, publicKey }, round, signature })).toEqual(refused);
    expect(verifyDrandRound({ chain: 'ff'.repeat(32), round, signature })).toEqual(refused);
    const scheme = 'pedersen-bls-chained' as never;
    expect(verifyDrandRound({ chain: { ...quicknet, scheme }, round, signature })).toEqual(refused);
    for (const wrong of ['', 'zz', signature.slice(2), `${signature}00`, 'c0'.padEnd(96, '0'), null, {}, 7]) {
      expect(verifyDrandRound({ round, signature: wrong as string })).toEqual(refused);
    }
    expect(verifyDrandRound({ chain: null as never, round, signature })).toEqual(refused);
  }, 20_000);
});

describe('rounds and instants', () => {
  it('begin at the genesis, one each period', () => {
    expect(instantOfRound(quicknet, 1)).toBe(1_692_803_367_000);
    expect(instantOfRound(quicknet, 1000)).toBe(1_692_806_364_000);
    expect(roundAt(quicknet, 0)).toBe(1);
    expect(roundAt(quicknet, 1_692_803_367_001)).toBe(2);
  });

  it('agree: the round at an instant is the first that is not before it', () => {
    const instants = fc.integer({ min: 1_692_803_367_000, max: 4_102_444_800_000 });
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 30 }), (instant, period) => {
        const chain = { ...quicknet, period };
        const found = roundAt(chain, instant);
        expect(instantOfRound(chain, found)).toBeGreaterThanOrEqual(instant);
        expect(instantOfRound(chain, found - 1)).toBeLessThan(instant);
        expect(roundAt(chain, instantOfRound(chain, found))).toBe(found);
      }),
    );
  });
});

it('a beacon is the same only with the same key, hash, period, genesis and scheme', () => {
  expect(isSameChain(quicknet, { ...quicknet })).toBe(true);
  for (const change of [{ hash: 'ff' }, { publicKey: 'ff' }, { period: 4 }, { genesis: 1 }]) {
    expect(isSameChain(quicknet, { ...quicknet, ...change })).toBe(false);
  }
});
