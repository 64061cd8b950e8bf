import { letOthersIn } from '../let-others-in.ts';
import { createRecent } from '../recent.ts';
import { type BoardSource, type PackedRow, wholeContest } from './board-source.ts';
import type { Faces } from './face.ts';
import { createRanking, type Ranking } from './ranking.ts';
import { writeUuid } from './uuid-words.ts';

/** One window of one contest in memory. */
export interface HeldBoard {
  /** `wholeContest`, or the epoch second at which the period begins. */
  readonly period: number;
  readonly ranking: Ranking;
  readonly faces: Faces;
  /** Ledger rows up to this sequence number are counted. */
  position: number;
  /** The highest sequence number among the standings it was loaded from: it is exact from this position on. */
  readonly exactFrom: number;
  /** Monotonic time of the last read in milliseconds. */
  lastRead: number;
}

/** How much is read at once, and between two pauses. */
export interface LoadOptions {
  /** Room to begin with. */
  capacity: number;
  chunkRows: number;
  /** Asked between chunks: `false` gives the load up. */
  isWanted(): boolean;
}

const mostFaces = 20_000;

/** Rows between two pauses, about a millisecond's work. */
export const rowsAtATime = 1000;

/**
 * Loads a board without a transaction around it: the contest's sequence number first, then the standings chunk by chunk,
 * each as it is by then. A standing says which ledger row it reaches to, so the tail from that number on, applied to each
 * participant from where they are, makes all of it exact, and nothing is lost or counted twice.
 * @returns `null` when the contest is gone or nobody wants it any more
 */
export async function loadBoard(
  source: BoardSource,
  contestId: string,
  period: number,
  { capacity, chunkRows, isWanted }: LoadOptions,
): Promise<HeldBoard | null> {
  const position = await source.seqOf(contestId);
  if (position === null) return null;
  const ranking = createRanking({ capacity });
  let exactFrom = position;
  let after: string | null = null;
  for (;;) {
    const rows = await source.standings(contestId, period, after, chunkRows);
    for (let index = 0; index < rows.count; index++) {
      const { participant, amount, seq } = rows.read(index);
      ranking.set(participant, amount, seq);
      exactFrom = Math.max(exactFrom, seq);
      if (index % rowsAtATime === rowsAtATime - 1) await letOthersIn();
    }
    if (!isWanted()) return null;
    if (rows.count < chunkRows) break;
    after = writeUuid(rows.read(rows.count - 1).participant);
  }
  return { period, ranking, faces: createRecent(mostFaces), position, exactFrom, lastRead: performance.now() };
}

/** Counts a ledger row, if it is the next one of this board. */
export function countRow(board: HeldBoard, { participant, amount, seq, period }: PackedRow): void {
  if (seq !== board.position + 1) return;
  if (board.period === wholeContest || board.period === period) board.ranking.credit(participant, amount, seq);
  board.position = seq;
}
