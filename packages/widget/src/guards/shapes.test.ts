import { expect, test } from 'vitest';
import { either, flag, optional, shape, text } from './shapes.ts';

test('an optional field may be missing, a union takes either, both refuse the rest', () => {
  const guard = shape([optional(text), 'a'], [either(text, flag), 'b']);
  for (const value of [{ b: true }, { a: 'x', b: 'y', more: 1 }]) expect(guard(value)).toBe(true);
  for (const value of [{}, { a: null, b: 'y' }, { a: 1, b: 'y' }, { b: 1 }]) expect(guard(value)).toBe(false);
});
