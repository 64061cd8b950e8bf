import { createRecent } from '../recent.ts';
import type { RankedTeams } from './ranked-teams.ts';

const mostContests = 200;
const mostMilliseconds = 2_000;
/** A ranking is kept for so many times as long as reading it took: so reading takes a twentieth of a core at most. */
const timesReading = 20;

/** Rankings of teams, read once for all who ask at about the same time. */
export interface KeptTeams {
  /** The ranking of a contest, at most two seconds old; less where it is quick to read. */
  of(contestId: string): Promise<RankedTeams>;
  /** Who is in which team has changed here: the next to ask sees it. */
  forget(contestId: string): void;
}

interface Kept {
  ranking: Promise<RankedTeams>;
  /** On the clock of `performance.now()`; infinite while it is being read. */
  until: number;
}

/** Makes the memory of a node. What could not be read is not kept. */
export function createKeptTeams(
  read: (contestId: string) => Promise<RankedTeams>,
  clock: () => number = () => performance.now(),
): KeptTeams {
  const recent = createRecent<Kept>(mostContests);

  const begin = (contestId: string): Kept => {
    const began = clock();
    const kept: Kept = { ranking: read(contestId), until: Number.POSITIVE_INFINITY };
    recent.set(contestId, kept);
    kept.ranking.then(
      () => {
        kept.until = began + Math.min(mostMilliseconds, (clock() - began) * timesReading);
      },
      () => {
        kept.until = 0;
      },
    );
    return kept;
  };

  return {
    of: (contestId) => {
      const kept = recent.get(contestId);
      return (kept && clock() < kept.until ? kept : begin(contestId)).ranking;
    },
    forget: (contestId) => recent.delete(contestId),
  };
}
