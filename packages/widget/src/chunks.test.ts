import { effect } from '@preact/signals';
import { expect, test, vi } from 'vitest';
import { chunk, fetchChunk } from './chunks.ts';
import { en } from './i18n/en.ts';
import { load } from './load.ts';

vi.mock('./load.ts', () => ({
  load: vi.fn(async (name: string) => {
    if (name === 'podium') throw new Error('blocked');
    return { english: { email: 'Mail' }, targetsOf: () => [] };
  }),
}));

test('is read once, draws again what asked for it and brings its words', async () => {
  const seen: unknown[] = [];
  effect(() => {
    seen.push(chunk('share'));
  });
  expect(seen).toEqual([undefined]);
  expect(await fetchChunk('share')).toBe(seen[1]);
  expect((en as Record<string, unknown>).email).toBe('Mail');
  expect(load).toHaveBeenCalledTimes(1);
});

test('is null where it cannot be read', async () => {
  expect(await fetchChunk('podium')).toBeNull();
  expect(chunk('podium')).toBeNull();
});
