import type { LeaderboardRow } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import type { ShownAs } from './names.ts';
import type { RankedRow } from './ranking.ts';

/** A row with what its participant chose to show. */
export type ShownRow = RankedRow & ShownAs;

/** A stretch of a board, all of it true at `seq`. */
export interface Stretch {
  seq: number;
  participants: number;
  startsAt: string;
  endsAt: string;
  rows: (z.output<typeof LeaderboardRow> & { participantId: string })[];
}
