import type { ReadonlySignal } from '@preact/signals';
import { useLayoutEffect, useReducer } from 'preact/hooks';

/** The value of a signal; the component renders again when it changes. */
export function useValue<T>(source: ReadonlySignal<T>): T {
  const value = source.peek();
  const [, render] = useReducer((count: number, _: null) => count + 1, 0);
  useLayoutEffect(() => source.subscribe((now) => now !== value && render(null)), [source, value]);
  return value;
}
