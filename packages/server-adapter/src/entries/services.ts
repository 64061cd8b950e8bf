import type { Seeing } from '../attribution/seen.ts';
import type { Context } from '../context.ts';
import type { ContestRow } from '../db/references.ts';
import type { Queryable } from '../db/storage.ts';
import type { Sequencer } from '../ledger/sequencer.ts';
import type { Line } from './line.ts';
import type { AllTickets } from './totals.ts';

/** The place in line, and how many stand in it. */
export interface Place {
  position: number;
  of: number;
}

/** What entries need of the house. */
export interface EntryServices {
  channel: string;
  sequencer: Sequencer;
  seeing: Seeing;
  line: Line;
  /** Derived for the purpose `board-id`. */
  boardKey: Buffer;
  /** Derived for the purpose `contest-form`. */
  formKey: Buffer;
  /** Derived for the purpose `instant-seed`. */
  seedKey: Buffer;
  /** Derived for the purpose `person`. */
  personKey: Buffer;
  /** Hears at once that a participant may be shown by another name. */
  onRename(participantId: string): void;
  /** Commits to the terms of a contest that runs, if nobody has: in the transaction the caller is in, if any. */
  commit(database: Queryable, contestId: string): Promise<void>;
  /** Where a participant stands on the board of the whole contest; `null` while they have no points. */
  placeOf(context: Context, contest: ContestRow, participantId: string): Promise<Place | null>;
}

/** The same, and what entries share among themselves. */
export interface EntryTools extends EntryServices {
  allTickets: AllTickets;
}
