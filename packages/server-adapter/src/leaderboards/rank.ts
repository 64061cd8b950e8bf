/** A scored row in board order. */
export interface Scored {
  score: number;
  seq: number;
  /** How many rows of the whole board have this score, the row itself among them. */
  sameScore: number;
}

/** Where the first row of a stretch stands on the whole board. */
export interface Above {
  /** Rows with a higher score. */
  higher: number;
  /** Distinct higher scores. */
  higherScores: number;
  /** Rows with the same score that reached it before. */
  tiedBefore: number;
}

/** The three ranks of SQL: `RANK`, `DENSE_RANK`, `ROW_NUMBER`. */
export interface Place {
  rank: number;
  denseRank: number;
  ordinal: number;
  tiedWith: number;
}

/**
 * Ranks a stretch of consecutive rows (score descending, then the sequence number at which it was reached), given what
 * stands above its first row.
 */
export function rankStretch<Row extends Scored>(rows: readonly Row[], above: Above): (Row & Place)[] {
  let rank = above.higher + 1;
  let denseRank = above.higherScores + 1;
  let ordinal = above.higher + above.tiedBefore;
  return rows.map((row, index) => {
    ordinal += 1;
    const previous = rows[index - 1];
    if (previous && previous.score !== row.score) {
      rank = ordinal;
      denseRank += 1;
    }
    return { ...row, rank, denseRank, ordinal, tiedWith: row.sameScore - 1 };
  });
}

/** Board order: higher score first, then whoever reached it first. */
export const byStanding = (a: Pick<Scored, 'score' | 'seq'>, b: Pick<Scored, 'score' | 'seq'>) =>
  b.score - a.score || a.seq - b.seq;
