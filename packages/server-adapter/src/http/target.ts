import { createRecent } from '../recent.ts';
import type { Match } from './router.ts';

/** What a method and a request target come to, by the contract alone. */
export interface Target {
  readonly match: Match;
  /** The input, once it has been found right: only where all of it is in the target. */
  input: Readonly<Record<string, unknown>> | null;
}

const mostKept = 2_000;
/** Longer ones are made anew each time, so that nobody fills the memory with them. */
const longestKept = 512;

/**
 * Makes the look-up of targets, which keeps those asked for most recently: callers ask for few, again and again, and finding
 * the endpoint and checking what it is given costs more than reading a board.
 */
export function createTargets(
  route: (method: string, path: string) => Match,
): (method: string, path: string, search: string) => Target {
  const recent = createRecent<Target>(mostKept);
  return (method, path, search) => {
    const name = `${method} ${path}${search}`;
    const known = recent.get(name);
    if (known) return known;
    const target: Target = { match: route(method, path), input: null };
    if (target.match.kind === 'endpoint' && name.length <= longestKept) recent.set(name, target);
    return target;
  };
}
