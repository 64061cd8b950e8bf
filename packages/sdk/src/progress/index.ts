/**
 * What browsers and servers need to keep progress that never lies: interval sets for what was played.
 *
 * @example
 * ```ts
 * import { covered, union } from '@laurelkit/sdk/progress';
 * covered(union([[0, 4000]], [[2000, 6000]]), [0, 12_000]); // 6000
 * ```
 */
export { covered, gapsWithin, type Interval, lengthOf, union } from './intervals.ts';
