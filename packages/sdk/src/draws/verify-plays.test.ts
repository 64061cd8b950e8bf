import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { type CommitmentDocument, commitmentHash } from './commitment.ts';
import { outcomeOf } from './instant-win.ts';
import { type PlaysToVerify, verifyPlays } from './verify-plays.ts';

const contest = '01890000-0000-7000-8000-000000000001';
const seed = createHash('sha256').update('seed').digest('hex');
const prizes = [
  { name: 'Mug', oneIn: 3, stock: 4 },
  { name: 'Cap', oneIn: 2, stock: 100 },
];
const terms: CommitmentDocument = {
  ...{ algorithm: 'vrs-w1', contest, name: 'Wheel', version: 1, kind: 'instant_win', tiePolicy: 'earliest' },
  ...{ endsAt: '2026-05-01T12:00:00.000Z', rulesVersion: 1, rulesHash: '0'.repeat(64), mostEntries: null, prizes: [] },
  ...{ substitutes: 'next in order', receiptKey: '1'.repeat(64), source: { kind: 'none' }, fallback: null },
  instantWin: { seedHash: createHash('sha256').update(Buffer.from(seed, 'hex')).digest('hex'), prizes },
};

function committed(document: CommitmentDocument): PlaysToVerify['commitment'] {
  const text = canonicalJson(document);
  return { document: text, hash: commitmentHash(text), committedAt: '2026-04-01T12:00:00.000Z' };
}

function played(count: number): PlaysToVerify['plays'] {
  const left = prizes.map(({ stock }) => stock);
  return Array.from({ length: count }, (_, index) => {
    const hit = outcomeOf(Buffer.from(seed, 'hex'), contest, index + 1, prizes);
    const prize = hit !== null && (left[hit] as number) > 0 ? (prizes[hit]?.name ?? null) : null;
    if (hit !== null && prize !== null) left[hit] = (left[hit] as number) - 1;
    return { number: index + 1, prize, playedAt: new Date(Date.UTC(2026, 3, 2, 0, 0, index)).toISOString() };
  });
}

const plays = played(60);
const honest = { commitment: committed(terms), seed, contest, plays };
const faults = (given: unknown) =>
  verifyPlays(given as PlaysToVerify)
    .steps.filter(({ ok }) => !ok)
    .map(({ name }) => name);

describe('verifyPlays', () => {
  it('holds for plays that came out as the seed says, prizes that ran out too', () => {
    expect(plays.filter(({ prize }) => prize === 'Mug')).toHaveLength(4);
    expect(verifyPlays(honest)).toMatchObject({ valid: true });
    expect(verifyPlays({ ...honest, seed: Buffer.from(seed, 'hex'), plays: [] })).toMatchObject({ valid: true });
  });

  it('does not believe the seed that comes with a hash of its own: the commitment’s counts', () => {
    const other = createHash('sha256').update('another').digest('hex');
    expect(faults({ ...honest, seed: other })).toContain('seed');
    const replaced = {
      ...terms,
      instantWin: { seedHash: createHash('sha256').update(Buffer.from(other, 'hex')).digest('hex'), prizes },
    };
    expect(faults({ ...honest, commitment: { ...honest.commitment, document: canonicalJson(replaced) } })).toContain(
      'commitment',
    );
  });

  it('finds a promise that was made after the first play, or of something else', () => {
    const late = { ...honest.commitment, committedAt: '2026-04-02T00:00:00.001Z' };
    expect(faults({ ...honest, commitment: late })).toEqual(['commitment', 'seed', 'plays']);
    expect(faults({ ...honest, contest: contest.replace('1', '2') })).toContain('commitment');
    expect(faults({ ...honest, commitment: committed({ ...terms, instantWin: null }) })).toContain('commitment');
  });

  it('finds any play that was changed, left out, added or moved', () => {
    const index = fc.integer({ min: 0, max: plays.length - 2 });
    fc.assert(
      fc.property(index, fc.constantFrom('Mug', 'Cap', null), (at, prize) => {
        const changed = plays.map((play, place) => (place === at ? { ...play, prize } : play));
        expect(faults({ ...honest, plays: changed }).length > 0).toBe(plays[at]?.prize !== prize);
        expect(faults({ ...honest, plays: plays.filter((_, place) => place !== at) })).toContain('numbers');
        expect(faults({ ...honest, plays: [...plays.slice(0, at), ...plays.slice(at).reverse()] })).toContain(
          'numbers',
        );
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (given) => {
        expect(verifyPlays(given as PlaysToVerify).valid).toBe(false);
      }),
    );
  });
});
