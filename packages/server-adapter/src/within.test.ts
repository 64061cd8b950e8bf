import { expect, it } from 'vitest';
import { within } from './within.ts';

const after = <Value>(milliseconds: number, value: Value) =>
  new Promise<Value>((resolve) => setTimeout(() => resolve(value), milliseconds));

it('passes on an answer or an error that comes in time', async () => {
  expect(await within(1000, Promise.resolve('soon'))).toBe('soon');
  expect(await within(1000, after(5, 'later'))).toBe('later');
  await expect(within(1000, Promise.reject(new Error('no')))).rejects.toThrow('no');
});

it('gives up on what takes longer, and lets nobody hear of its failure', async () => {
  expect(await within(5, after(50, 'late'))).toBeUndefined();
  const failing = after(20, null).then(() => {
    throw new Error('late');
  });
  expect(await within(5, failing)).toBeUndefined();
  await after(30, null);
});
