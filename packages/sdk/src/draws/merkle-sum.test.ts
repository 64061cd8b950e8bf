import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leafOrder, merkleSumReceipts, merkleSumRoot, type Receipt, verifyReceipt } from './merkle-sum.ts';
import type { DrawEntry } from './positions.ts';

const entries = fc.uniqueArray(
  fc.record({ id: fc.stringMatching(/^[\w-]{1,16}$/), weight: fc.integer({ min: 1, max: 1_000_000 }) }),
  { selector: (entry) => entry.id, minLength: 1, maxLength: 40 },
);
const oneOf = entries.chain((all) => fc.tuple(fc.constant(all), fc.nat(all.length - 1)));

const receiptOf = (all: readonly DrawEntry[], index: number): Receipt =>
  structuredClone(merkleSumReceipts(all).get(all[index]?.id ?? '') as Receipt);

describe('a Merkle-sum root', () => {
  it('does not depend on the order in which entries are given', () => {
    fc.assert(
      fc.property(
        entries.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([given, shuffled]) => {
          expect(merkleSumRoot(shuffled)).toEqual(merkleSumRoot(given));
        },
      ),
    );
  });

  it('counts entries and tickets', () => {
    fc.assert(
      fc.property(entries, (all) => {
        const root = merkleSumRoot(all);
        expect(root).toMatchObject({ count: all.length, sum: all.reduce((sum, { weight }) => sum + weight, 0) });
        expect(root.hash).toMatch(/^[0-9a-f]{64}$/);
      }),
    );
    expect(merkleSumRoot([])).toMatchObject({ count: 0, sum: 0 });
  });

  it('is another one when a weight is changed, an entry left out, renamed or added, or two weights are swapped', () => {
    fc.assert(
      fc.property(oneOf, ([all, index]) => {
        const { hash } = merkleSumRoot(all);
        const others = all.filter((_, at) => at !== index);
        const [one] = all.slice(index) as [DrawEntry];
        const changed = [
          others,
          [...others, { ...one, weight: one.weight + 1 }],
          [...others, { ...one, id: `${one.id}+` }],
          [...all, { id: '+', weight: 1 }],
          ...others
            .filter(({ weight }) => weight !== one.weight)
            .map((other) => [
              ...all.filter((each) => each !== one && each !== other),
              { id: one.id, weight: other.weight },
              { id: other.id, weight: one.weight },
            ]),
        ];
        for (const each of changed) expect(merkleSumRoot(each).hash).not.toBe(hash);
      }),
    );
  });

  it('sorts by the bytes of ids, not by UTF-16', () => {
    expect(
      leafOrder(['😀', '\ufb33', 'b', 'B', 'aa', 'a'].map((id) => ({ id, weight: 1 }))).map(({ id }) => id),
    ).toEqual(['B', 'a', 'aa', 'b', '\ufb33', '😀']);
  });

  it('refuses twins, and weights that are no whole numbers from 1', () => {
    expect(() =>
      merkleSumRoot([
        { id: 'a', weight: 1 },
        { id: 'a', weight: 2 },
      ]),
    ).toThrow('twice');
    for (const weight of [0, -1, 0.5, Number.NaN, 2 ** 53]) {
      expect(() => merkleSumRoot([{ id: 'a', weight }])).toThrow(RangeError);
    }
  });
});

describe('a receipt', () => {
  it('shows each entry in the root', () => {
    fc.assert(
      fc.property(entries, (all) => {
        const root = merkleSumRoot(all);
        const receipts = merkleSumReceipts(all);
        expect(receipts.size).toBe(all.length);
        for (const { id, weight } of all) {
          expect(receipts.get(id)).toMatchObject({ entryId: id, weight, root });
          expect(verifyReceipt(receipts.get(id) as Receipt)).toBe(true);
        }
      }),
    );
  });

  it('does not hold with another weight, id, root or count', () => {
    fc.assert(
      fc.property(oneOf, fc.integer({ min: 1, max: 1_000_000 }), ([all, index], weight) => {
        const receipt = receiptOf(all, index);
        const { root } = receipt;
        expect(verifyReceipt({ ...receipt, weight })).toBe(weight === receipt.weight);
        expect(verifyReceipt({ ...receipt, entryId: `${receipt.entryId}x` })).toBe(false);
        expect(verifyReceipt({ ...receipt, root: { ...root, sum: root.sum + 1 } })).toBe(false);
        expect(verifyReceipt({ ...receipt, root: { ...root, count: root.count + 1 } })).toBe(false);
        expect(verifyReceipt({ ...receipt, root: merkleSumRoot([...all, { id: '+', weight: 1 }]) })).toBe(false);
      }),
    );
  });

  it('does not hold when a step is changed, moved, left out or added', () => {
    fc.assert(
      fc.property(oneOf, fc.nat(), ([all, index], at) => {
        const receipt = receiptOf(all, index);
        const { proof } = receipt;
        fc.pre(proof.length > 0);
        const place = at % proof.length;
        const step = proof[place] as (typeof proof)[number];
        const withStep = (...steps: typeof proof) => proof.toSpliced(place, 1, ...steps);
        const flipped = `${step.hash[0] === '0' ? '1' : '0'}${step.hash.slice(1)}`;
        const wrong: (typeof proof)[] = [
          withStep({ ...step, sum: step.sum + 1 }),
          withStep({ ...step, hash: flipped }),
          withStep({ ...step, side: step.side === 'left' ? 'right' : 'left' }),
          withStep(),
          withStep(step, step),
          ...(proof.length > 1 ? [proof.toReversed()] : []),
        ];
        for (const each of wrong) expect(verifyReceipt({ ...receipt, proof: each })).toBe(false);
      }),
    );
  });

  it('cannot be made of a node in the middle, nor moved weight between two leaves', () => {
    const all = ['a', 'b', 'c', 'd'].map((id, index) => ({ id, weight: index + 1 }));
    const receipt = receiptOf(all, 0);
    const [first, second] = receipt.proof as [Receipt['proof'][number], Receipt['proof'][number]];
    expect(verifyReceipt({ ...receipt, weight: 2, proof: [{ ...first, sum: first.sum - 1 }, second] })).toBe(false);
    expect(verifyReceipt({ ...receipt, weight: 3, proof: [second] })).toBe(false);
  });

  it('is never valid when it is garbage', () => {
    const receipt = receiptOf(
      [
        { id: 'a', weight: 1 },
        { id: 'b', weight: 2 },
      ],
      0,
    );
    for (const wrong of [null, undefined, 7, 'x', {}, { ...receipt, proof: null }, { ...receipt, root: null }, []]) {
      expect(verifyReceipt(wrong as never)).toBe(false);
    }
    fc.assert(fc.property(fc.anything(), (value) => !verifyReceipt(value as never)));
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom(...(Object.keys(receipt) as (keyof Receipt)[])), (value, member) => {
        fc.pre(JSON.stringify(value) !== JSON.stringify(receipt[member]));
        expect(verifyReceipt({ ...receipt, [member]: value } as never)).toBe(false);
      }),
    );
  });
});
