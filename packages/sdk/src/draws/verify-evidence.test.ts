import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeEvidence, testChain } from '../../test/draws.ts';
import { chains, entries, evidence, failing, prizes, raffle } from '../../test/tampering.ts';
import { quicknet } from './drand.ts';
import { merkleSumRoot } from './merkle-sum.ts';
import { evidenceChecks, verificationSteps, verifyEvidence } from './verify-evidence.ts';

describe('evidence of a draw', () => {
  it('holds as it was made, step by step', () => {
    const told: string[] = [];
    const { valid, steps } = verifyEvidence(evidence, { chains, onStep: ({ name }) => told.push(name) });
    expect(steps.filter(({ ok }) => !ok)).toEqual([]);
    expect(valid).toBe(true);
    expect(told).toEqual([...evidenceChecks]);
    expect(evidence.winners.map(({ place, state }) => [place, state])).toEqual([
      [1, 'selected'],
      [2, 'disqualified'],
      [2, 'selected'],
      [3, 'selected'],
    ]);
    expect(verifyEvidence(JSON.parse(JSON.stringify(evidence)), { chains }).valid).toBe(true);
  });

  it('holds for every kind, tie policy and source', () => {
    for (const kind of ['leaderboard', 'raffle', 'milestone', 'waitlist', 'league'] as const) {
      for (const tiePolicy of ['earliest', 'shared', 'draw'] as const) {
        const milestones = prizes.map((prize, index) => ({ ...prize, atPoints: 3 - index }));
        const told = { kind, tiePolicy, entries, prizes: kind === 'milestone' ? milestones : prizes };
        expect(failing(() => {}, makeEvidence(told))).toEqual([]);
        expect(failing(() => {}, makeEvidence({ ...told, numbers: [['7', '3'], ['12']], takenOut: [0, 2] }))).toEqual(
          [],
        );
      }
    }
  }, 60_000);

  it('holds with a published round of quicknet', () => {
    // What was published for round 1000 cannot be the round of a contest that ended later, and is the signature of no other.
    const signature =
      'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39';
    const { steps } = verifyEvidence(makeEvidence({ ...raffle, chain: quicknet, signature }));
    expect(steps.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['randomness', 'order', 'winners']);
    expect(steps.find(({ name }) => name === 'randomness')?.detail).toContain('signature');
  });

  it('trusts no beacon that it was not told to trust', () => {
    const { valid, steps } = verifyEvidence(evidence);
    expect(valid).toBe(false);
    expect(steps.find(({ name }) => name === 'randomness')?.detail).toContain('not one that is known');
    const posing = { ...testChain, hash: quicknet.hash };
    expect(verifyEvidence(makeEvidence({ ...raffle, chain: posing })).valid).toBe(false);
    expect(verifyEvidence(evidence, { chains: [{ ...testChain, genesis: testChain.genesis + 3 }] }).valid).toBe(false);
  });

  it('is never valid when it is garbage, and nothing is thrown', () => {
    for (const value of [undefined, null, 7, 'text', [], {}, { format: 'laurel-evidence-1' }]) {
      const { valid, steps } = verifyEvidence(value);
      expect(valid).toBe(false);
      expect(steps).toHaveLength(1);
    }
    fc.assert(fc.property(fc.anything(), (value) => !verifyEvidence(value, { chains }).valid));
    expect([...verificationSteps(null)]).toMatchObject([{ name: 'format', ok: false }]);
  });

  it('does not hold when any part of it is replaced by something else', () => {
    const drawn = makeEvidence({ ...raffle, numbers: [['7', '3'], ['12']] });
    const paths: string[][] = [];
    const walk = (value: unknown, path: string[]) => {
      if (path.length > 0) paths.push(path);
      if (typeof value === 'object' && value !== null)
        for (const key of Object.keys(value)) walk(Reflect.get(value, key), [...path, key]);
    };
    walk(drawn, []);
    // What says when or why, but decides nothing; a reason and an instant are in the chain’s hashes.
    const free = paths.filter(([, member]) => member !== 'committedAt' && member !== 'frozenAt');
    fc.assert(
      fc.property(fc.constantFrom(...free), fc.oneof(fc.anything(), fc.string(), fc.nat()), (path, value) => {
        fc.pre(path.join() !== 'contest,name');
        const copy = structuredClone(drawn);
        const parent = path.slice(0, -1).reduce<object>((at, key) => Reflect.get(at, key), copy);
        const before = Reflect.get(parent, path.at(-1) ?? '');
        Reflect.set(parent, path.at(-1) ?? '', value);
        fc.pre(JSON.stringify(before) !== JSON.stringify(value));
        const { valid } = verifyEvidence(copy, { chains });
        // Fewer winners may have been selected so far, the freeze may have counted rows that earned nobody anything, and in a
        // raffle nothing follows from who reached a score first.
        const isHarmless =
          path[0] === 'winners' || path.join() === 'freeze,seq' || (path[0] === 'entries' && path[2] === '2');
        expect(valid && !isHarmless).toBe(false);
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});

it('two thousand entries with few scores are ordered by points and chance', () => {
  const many = Array.from({ length: 2000 }, (_, index) => ({
    id: `entry-${index}`,
    weight: 1 + (index % 250),
    seq: index,
  }));
  const drawn = makeEvidence({ kind: 'leaderboard', tiePolicy: 'draw', prizes, entries: many });
  expect(verifyEvidence(drawn, { chains }).valid).toBe(true);
  expect(drawn.freeze.root).toEqual(merkleSumRoot(many));
});
