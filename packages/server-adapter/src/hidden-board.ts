import type { ContestRow } from './db/references.ts';
import type { Caller } from './http/caller.ts';

/** Whether a contest keeps what its boards show from a caller for now: until it ends they are the host's alone. */
export const isHiddenFrom = (
  { kind }: Pick<Caller, 'kind'>,
  { hide_until_end, phase }: Pick<ContestRow, 'hide_until_end' | 'phase'>,
): boolean =>
  hide_until_end &&
  (phase === 'scheduled' || phase === 'live' || phase === 'paused') &&
  kind !== 'secret' &&
  kind !== 'staff';
