import { beforeEach, expect, test } from 'vitest';
import { keepReceipt, keptReceipts } from './receipt.ts';

const receipt = (contest: string, entryId: string, weight = 3) => ({
  contest,
  entryId,
  weight,
  root: { hash: '', sum: weight, count: 1 },
  proof: [],
  signature: '',
});

beforeEach(() => localStorage.clear());

test('the first receipt stays, whatever is given later', () => {
  keepReceipt(receipt('c1', 'e1'));
  keepReceipt(receipt('c1', 'e1', 99));
  expect(keptReceipts('c1')).toEqual([receipt('c1', 'e1')]);
});

test('each contest and entry has its own; what cannot be read is left out', () => {
  keepReceipt(receipt('c1', 'e1'));
  keepReceipt(receipt('c1', 'e2'));
  keepReceipt(receipt('c2', 'e3'));
  localStorage.setItem('laurel:receipt:c1:e9', '{');
  expect(keptReceipts('c1').map(({ entryId }) => entryId)).toEqual(['e1', 'e2']);
});
