import { describe, expect, it } from 'vitest';
import { makeEvidence, signRound } from '../../test/draws.ts';
import { chains, evidence, failing, raffle, recommit } from '../../test/tampering.ts';
import type { Evidence } from './evidence.ts';
import { verifyEvidence } from './verify-evidence.ts';

describe('randomness does not hold', () => {
  it('when another round decided', () => {
    const other = (evidence.freeze.round ?? 0) + 1;
    const wrongRound = (copy: Evidence) => {
      if (copy.randomness?.kind !== 'drand') return;
      copy.randomness = { ...copy.randomness, round: other, signature: signRound(other) };
    };
    expect(failing(wrongRound)).toContain('randomness');
    expect(
      failing((copy) => {
        wrongRound(copy);
        copy.freeze.round = other;
      }),
    ).toContain('freeze');
    expect(
      failing((copy) => {
        if (copy.randomness?.kind === 'drand') copy.randomness.signature = signRound(other);
      }),
    ).toContain('randomness');
    expect(
      failing((copy) =>
        recommit(copy, ({ source }) => {
          (source as { round: number }).round += 1;
        }),
      ),
    ).toContain('commitments');
    expect(
      failing((copy) => {
        if (copy.randomness) copy.randomness.randomness = 'ab'.repeat(32);
      }),
    ).toContain('randomness');
    expect(
      failing((copy) => {
        copy.randomness = null;
      }),
    ).toContain('order');
  });

  it('when public numbers decided in place of a beacon, and that was not committed', () => {
    const numbers = [['7', '3'], ['12']];
    const fallback = makeEvidence({ ...raffle, numbers, isFallback: true });
    const { valid, steps } = verifyEvidence(fallback, { chains });
    expect(valid).toBe(true);
    expect(steps.find(({ name }) => name === 'randomness')?.detail).toContain('could not be reached');
    const without = (copy: Evidence) => recommit(copy, (document) => Object.assign(document, { fallback: null }));
    expect(failing(without, fallback)).toContain('randomness');
    const fewer = (copy: Evidence) =>
      recommit(copy, (document) => Object.assign(document, { fallback: { numbers: ['Lotto'], afterSeconds: 86_400 } }));
    expect(failing(fewer, fallback)).toContain('randomness');
  });

  it('when the public numbers are not those that decided', () => {
    const drawn = makeEvidence({ ...raffle, numbers: [['07', '3'], ['12']] });
    const change = (numbers: string[][]) => (copy: Evidence) => {
      if (copy.randomness?.kind === 'numbers') copy.randomness.numbers = numbers;
    };
    expect(failing(change([['3', '7'], ['0012']]), drawn)).toEqual([]);
    expect(failing(change([['3', '8'], ['12']]), drawn)).toContain('randomness');
    expect(failing(change([['12'], ['3', '7']]), drawn)).toContain('randomness');
    expect(failing(change([['3', '7']]), drawn)).toContain('randomness');
  });
}, 60_000);
