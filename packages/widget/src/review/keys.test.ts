import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moved } from './keys.ts';

test('the keyboard stays in the list, and every place can be reached', () => {
  const ids = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 12 });
  const keys = fc.array(fc.constantFrom('ArrowDown', 'ArrowUp', 'j', 'k', 'Home', 'End'));
  fc.assert(
    fc.property(ids, keys, (list, pressed) => {
      const end = pressed.reduce<string | undefined>((at, key) => moved(list, at, key), list[0]);
      expect(list).toContain(end);
      expect(list.reduce<string | undefined>((at) => moved(list, at, 'ArrowDown'), list[0])).toBe(list.at(-1));
      expect(moved(list, end, 'Home')).toBe(list[0]);
    }),
  );
});
