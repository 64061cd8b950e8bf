import { type Evidence, receiptInEvidence, verifyEvidence } from '@laurelkit/sdk/draws';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeEvidence, receiptFor, type Told, testChain } from '../../sdk/test/draws.ts';
import { whyNot } from './second-verifier/verify.mjs';

const chains = [testChain];
const first = (evidence: unknown) => verifyEvidence(evidence, { chains }).valid;
const second = (evidence: unknown) => whyNot(evidence) === null;

const prize = (index: number, winners: number, atPoints: number) => ({ name: `Prize ${index + 1}`, winners, atPoints });
const numbers = fc.array(fc.array(fc.stringMatching(/^\d{1,4}$/), { minLength: 1, maxLength: 5 }), {
  minLength: 1,
  maxLength: 3,
});

const told: fc.Arbitrary<Told> = fc
  .record({
    kind: fc.constantFrom('leaderboard', 'raffle', 'milestone', 'waitlist', 'league', 'instant_win'),
    tiePolicy: fc.constantFrom('earliest', 'shared', 'draw'),
    ids: fc.uniqueArray(fc.stringMatching(/^[\w-]{1,16}$/), { maxLength: 12 }),
    weights: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 12, maxLength: 12 }),
    seqs: fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 12, maxLength: 12 }),
    winners: fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 7 })), { maxLength: 4 }),
    takenOut: fc.uniqueArray(fc.nat(11), { maxLength: 3 }),
    lapsed: fc.uniqueArray(fc.nat(11), { maxLength: 2 }),
    versions: fc.integer({ min: 1, max: 3 }),
    late: fc.nat(600_000),
    isFallback: fc.boolean(),
    // Signatures of a beacon take their time; what else differs between them and numbers is the text below.
    numbers: fc.oneof({ weight: 30, arbitrary: numbers }, { weight: 1, arbitrary: fc.constant(undefined) }),
  })
  .map(({ ids, weights, seqs, winners, numbers: given, isFallback, kind, ...rest }) => ({
    ...rest,
    isFallback: isFallback && given !== undefined,
    kind,
    entries: ids.map((id, index) => ({ id, weight: weights[index] ?? 1, seq: seqs[index] ?? 0 })),
    prizes: winners.map(([count, points], index) => {
      const { atPoints, ...plain } = prize(index, count, points);
      return kind === 'milestone' ? { ...plain, atPoints } : plain;
    }),
    ...(given && { numbers: given }),
  }));

/** Every way to a part of a value. */
function pathsOf(value: unknown, path: string[] = []): string[][] {
  const here = path.length > 0 ? [path] : [];
  if (typeof value !== 'object' || value === null) return here;
  return [...here, ...Object.entries(value).flatMap(([name, part]) => pathsOf(part, [...path, name]))];
}

const change = fc.oneof(
  fc.constantFrom<unknown>(
    'drop',
    'repeat',
    'reverse',
    null,
    0,
    1,
    2,
    3,
    'raffle',
    'draw',
    'lapsed',
    'Prize 1',
    [],
    {},
  ),
  fc.integer({ min: -1, max: 100 }),
  fc.constantFrom('2026-03-01T12:00:00.000Z', '2026-03-01T11:00:00.000Z', '0'.repeat(64), 'a', 'a#1'),
);

function mutate(evidence: Evidence, at: number, to: unknown): Evidence {
  const copy = structuredClone(evidence);
  const paths = pathsOf(copy);
  const path = paths[at % paths.length] as string[];
  const parent = path.slice(0, -1).reduce<object>((part, name) => Reflect.get(part, name), copy);
  const name = path.at(-1) ?? '';
  const part: unknown = Reflect.get(parent, name);
  if (to === 'drop' && Array.isArray(parent)) parent.splice(Number(name), 1);
  else if (to === 'repeat' && Array.isArray(parent)) parent.splice(Number(name), 0, part);
  else if (to === 'reverse' && Array.isArray(part)) part.reverse();
  else if (typeof part === 'string' && to === 1) Reflect.set(parent, name, `${part.slice(0, -1)}0`);
  else Reflect.set(parent, name, to);
  return copy;
}

describe('two verifiers that share no code', () => {
  it('agree that a thousand draws hold', () => {
    fc.assert(
      fc.property(told, (given) => {
        const evidence = makeEvidence(given);
        expect(whyNot(evidence)).toBeNull();
        expect(verifyEvidence(evidence, { chains }).steps.filter(({ ok }) => !ok)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  }, 120_000);

  it('agree about draws that somebody tampered with', () => {
    let refused = 0;
    fc.assert(
      fc.property(told, fc.array(fc.tuple(fc.nat(), change), { minLength: 1, maxLength: 8 }), (given, changes) => {
        const evidence = makeEvidence(given);
        for (const [at, to] of changes) {
          const changed = mutate(evidence, at, to);
          const holds = first(changed);
          expect({ holds: second(changed), why: whyNot(changed) }).toMatchObject({ holds });
          if (!holds) refused++;
        }
      }),
      { numRuns: 500 },
    );
    expect(refused).toBeGreaterThan(500);
  }, 120_000);

  it('refuse what an operator would gain by', () => {
    const entries = ['ann', 'ben', 'cem', 'dea', 'eli'].map((id, seq) => ({ id, weight: 2 + (seq % 2), seq }));
    const prizes = [
      { name: 'Car', winners: 1 },
      { name: 'Cup', winners: 2 },
    ];
    const evidence = makeEvidence({ kind: 'raffle', tiePolicy: 'earliest', prizes, entries, takenOut: [1] });
    const tampered: ((copy: Evidence) => void)[] = [
      ({ entries: [row] }) => Object.assign(row ?? [], { 1: 9 }),
      (copy) => copy.entries.splice(2, 1),
      (copy) => copy.entries.push(['zoe', 1, 0]),
      ({ order }) => order.reverse(),
      ({ winners }) => winners.shift(),
      ({ winners, order }) => Object.assign(winners[0] ?? {}, { entryId: order.at(-1) }),
      ({ winners }) => Object.assign(winners[0] ?? {}, { place: 2, prize: 'Cup' }),
      ({ winners }) => Object.assign(winners[0] ?? {}, { state: 'disqualified' }),
      (copy) => Object.assign(copy, { disqualifications: [] }),
      ({ disqualifications: [link] }) => Object.assign(link ?? {}, { reason: 'Something else.' }),
      ({ freeze }) => Object.assign(freeze, { round: (freeze.round ?? 0) + 1 }),
      ({ freeze }) => Object.assign(freeze, { frozenAt: '2026-03-01T12:10:00.000Z' }),
      ({ randomness }) => Object.assign(randomness ?? {}, { randomness: 'ab'.repeat(32) }),
      (copy) => Object.assign(copy, { randomness: null }),
      ({ commitments: [one] }) => Object.assign(one ?? {}, { document: one?.document.replace('"Car"', '"Cap"') }),
      ({ commitments: [one] }) => Object.assign(one ?? {}, { committedAt: '2026-03-01T12:00:00.000Z' }),
    ];
    for (const tamper of tampered) {
      const copy = structuredClone(evidence);
      tamper(copy);
      expect([first(copy), second(copy)]).toEqual([false, false]);
    }
  });

  it('agree about receipts', () => {
    const entries = ['ann', 'ben', 'cem', 'dea', 'eli'].map((id, seq) => ({ id, weight: seq + 1, seq }));
    const evidence = makeEvidence({ kind: 'leaderboard', tiePolicy: 'earliest', prizes: [], entries });
    const others = makeEvidence({ kind: 'leaderboard', tiePolicy: 'earliest', prizes: [], entries: entries.slice(1) });
    for (const { id } of entries) {
      const receipt = receiptFor(evidence.contest.id, entries, id);
      expect([receiptInEvidence(receipt, evidence), whyNot(evidence, receipt)]).toEqual([true, null]);
      for (const wrong of [
        { ...receipt, weight: 9 },
        { ...receipt, proof: [] },
        { ...receipt, entryId: 'zoe' },
      ]) {
        expect([receiptInEvidence(wrong, evidence), whyNot(evidence, wrong) === null]).toEqual([false, false]);
      }
      expect([receiptInEvidence(receipt, others), whyNot(others, receipt) === null]).toEqual([false, false]);
    }
  });
});
