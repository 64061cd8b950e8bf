import type { LeaderboardRow } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import type { ShownAs } from './names.ts';
import type { Place } from './rank.ts';

/** A row of a board as SQL answers it, with what its participant chose to show. */
export type ShownRow = Place & ShownAs & { participantId: string; score: number; seq: number };

/** A row as anybody may see it. */
export type PublicRow = z.output<typeof LeaderboardRow>;

/** A stretch of a board, all of it true at `seq`. */
export interface Stretch {
  seq: number;
  participants: number;
  startsAt: string;
  endsAt: string;
  rows: PublicRow[];
  /** The row of whom it was asked about: `null` for nobody, or without points. */
  own: PublicRow | null;
}
