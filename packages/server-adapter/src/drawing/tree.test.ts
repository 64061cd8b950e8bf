import { leafOrder, merkleSumReceipts, merkleSumRoot } from '@laurelkit/sdk/draws';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { growTree, type Leaf } from './tree.ts';

const entriesOf = fc.uniqueArray(
  fc.record({
    id: fc.string({ unit: fc.constantFrom(...'abyzAZ019-_'), minLength: 1, maxLength: 16 }),
    weight: fc.integer({ min: 1, max: 2 ** 31 }),
  }),
  { selector: ({ id }) => id, maxLength: 70 },
);

const leaves = (entries: readonly { id: string; weight: number }[]): Leaf[] =>
  leafOrder(entries).map(({ id, weight }) => [id, weight]);

it('has the root and the receipts that the SDK describes, bit for bit, for any number of entries', async () => {
  await fc.assert(
    fc.asyncProperty(entriesOf, async (entries) => {
      const tree = await growTree(leaves(entries));
      expect(tree.root).toEqual(merkleSumRoot(entries));
      for (const [id, receipt] of merkleSumReceipts(entries)) expect(tree.receiptOf(id)).toEqual(receipt);
    }),
  );
});

it('has no receipt for who takes no part', async () => {
  const tree = await growTree([
    ['b', 1],
    ['d', 2],
  ]);
  for (const id of ['a', 'c', 'e', '']) expect(tree.receiptOf(id)).toBeNull();
  expect((await growTree([])).receiptOf('a')).toBeNull();
});
