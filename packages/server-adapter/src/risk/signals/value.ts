import type { Facts, Found } from '../facts.ts';
import type { SignalCode } from '../weights.ts';

const steps = [
  [20, 'value_20x'],
  [10, 'value_10x'],
  [5, 'value_5x'],
] as const satisfies readonly (readonly [number, SignalCode])[];

/** An amount far above the programme's median. */
export function value({ valueRatio }: Facts): Found<SignalCode>[] {
  const step = steps.find(([times]) => valueRatio !== null && valueRatio >= times);
  if (!step) return [];
  return [{ code: step[1], reason: `An amount is at least ${step[0]} times what is usual in the programme.` }];
}
