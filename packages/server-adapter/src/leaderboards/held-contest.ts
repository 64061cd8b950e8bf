import { letOthersIn } from '../let-others-in.ts';
import type { BoardSource, PackedRow } from './board-source.ts';
import { type Changes, createChanges } from './changes.ts';
import type { ContestFacts } from './contest-facts.ts';
import { countRow, type HeldBoard, rowsAtATime } from './held-board.ts';
import { createKeptFacts, type KeptFacts } from './kept-facts.ts';

/** A contest of which boards are in memory, kept level with the ledger. */
export interface HeldContest {
  readonly id: string;
  readonly boards: ReadonlyMap<number, HeldBoard>;
  readonly changes: Changes;
  /** Monotonic time of the last read in milliseconds. */
  lastRead: number;
  /** Whether nothing of it may be used any more. */
  readonly dropped: boolean;
  /** What the contest is. */
  readonly facts: KeptFacts;
  /** The board of a period, when it can be read as it is. */
  board(period: number): HeldBoard | null;
  /** Takes in a loaded board and brings it level. */
  add(board: HeldBoard): Promise<void>;
  remove(period: number): void;
  /** Some node has committed up to `seq`. */
  heard(seq: number): void;
  /** This node has: what it reads from here on must show it. */
  acknowledged(seq: number): void;
  /**
   * Whether the board has what this node committed, with `latest` also what others said they did; waits for it, where it
   * has not, a second at most.
   */
  isLevel(board: HeldBoard, latest: boolean): boolean | Promise<boolean>;
  /** How far the board that is ahead has come. */
  readonly position: number;
  /** The database said that `seq` is the last row. */
  confirm(seq: number): void;
  /** Nothing is heard from the database: the boards are not to be read. */
  suspend(): void;
  readonly suspended: boolean;
  /** Makes sure that nothing was missed but ledger rows, and reads those. */
  resume(): Promise<void>;
  drop(): void;
  /** Resolves when no statement is under way that keeps the boards level. */
  settled(): Promise<void>;
}

/** What a held contest needs. */
export interface HeldContestServices {
  source: BoardSource;
  readFacts(contestId: string): Promise<ContestFacts | null>;
  onFailure(error: unknown): void;
  onDrop(contestId: string): void;
}

const tailRows = 5000;
const longestWaitMilliseconds = 1000;
/** A board nobody could compare with the database for as long may be anything. */
const longestUnconfirmedMilliseconds = 10_000;

/** Holds a contest, with no board yet. */
export function holdContest(id: string, { source, readFacts, onFailure, onDrop }: HeldContestServices): HeldContest {
  const boards = new Map<number, HeldBoard>();
  const changes = createChanges();
  let dropped = false;
  /** The last facts seen while changes were heard; tells whether something was missed when they were not. */
  let last: ContestFacts | undefined;
  let suspensions = 0;
  let suspended = false;
  let busy = false;
  let again = false;
  let current = Promise.resolve();
  let committedHere = 0;
  let committedAnywhere = 0;
  let confirmedAt = performance.now();
  /** Reads that wait for a board to come as far as they must see. */
  const waiting = new Set<{ board: HeldBoard; seq: number; resolve(): void }>();

  const drop = () => {
    dropped = true;
    boards.clear();
    onDrop(id);
  };

  const facts = createKeptFacts(
    () => readFacts(id),
    (taken) => {
      const before = last?.contest;
      if (!suspended && taken) last = taken;
      const sameWindows =
        !before || (before.period === taken?.contest.period && before.time_zone === taken.contest.time_zone);
      if (!taken || !sameWindows) drop();
    },
  );

  const count = (row: PackedRow) => {
    try {
      for (const board of boards.values()) countRow(board, row);
      changes.push(row.seq, row.participant);
    } catch (error) {
      // The standings it was loaded from contradict each other: it cannot be trusted any more.
      drop();
      throw error;
    }
  };

  /** Lets reads go on whose board has come far enough, or all of them. */
  const letGo = (all: boolean) => {
    for (const each of waiting) {
      if (!all && each.board.position < each.seq) continue;
      waiting.delete(each);
      each.resolve();
    }
  };

  /** Reads the ledger until it ends, once more for every wish that came meanwhile. */
  const catchUp = async () => {
    busy = true;
    try {
      while (again && !dropped && boards.size > 0) {
        again = false;
        const from = Math.min(...[...boards.values()].map(({ position }) => position));
        const { seq, rows } = await source.tail(id, from, tailRows);
        if (dropped) return;
        const next = rows.count > 0 ? rows.read(0).seq : (seq ?? 0) + 1;
        // A ledger is gapless and only grows: otherwise this is another contest, or an older backup of it.
        if (seq === null || next !== from + 1) return drop();
        for (let index = 0; index < rows.count && !dropped; index++) {
          count(rows.read(index));
          if (index % rowsAtATime === rowsAtATime - 1) await letOthersIn();
        }
        letGo(false);
        if (rows.count === tailRows) again = true;
        else confirmedAt = performance.now();
      }
    } catch (error) {
      onFailure(error);
    } finally {
      busy = false;
      letGo(true);
    }
  };

  const pull = (): Promise<void> => {
    again = true;
    if (!busy) current = catchUp();
    return current;
  };

  const waitFor = async (board: HeldBoard, seq: number): Promise<boolean> => {
    // While others write on and on, the ledger has no end to wait for.
    const reached = new Promise<void>((resolve) => waiting.add({ board, seq, resolve }));
    void pull();
    await withinTime(reached, longestWaitMilliseconds);
    return board.position >= seq && !dropped;
  };

  const isBehind = (seq: number) => [...boards.values()].some((board) => board.position < seq);

  return {
    id,
    boards,
    changes,
    lastRead: performance.now(),
    get dropped() {
      return dropped;
    },
    facts,
    board: (period) => {
      const board = boards.get(period);
      if (!board || suspended || board.position < board.exactFrom) return null;
      return performance.now() - confirmedAt < longestUnconfirmedMilliseconds ? board : null;
    },
    add: async (board) => {
      boards.set(board.period, board);
      await pull();
    },
    remove: (period) => {
      boards.delete(period);
    },
    heard: (seq) => {
      committedAnywhere = Math.max(committedAnywhere, seq);
      if (isBehind(seq)) void pull();
    },
    acknowledged: (seq) => {
      committedHere = Math.max(committedHere, seq);
      if (isBehind(seq)) void pull();
    },
    isLevel: (board, latest) => {
      const seq = latest ? Math.max(committedHere, committedAnywhere) : committedHere;
      return board.position >= seq ? !dropped : waitFor(board, seq);
    },
    get position() {
      return Math.max(0, ...[...boards.values()].map(({ position }) => position));
    },
    confirm: (seq) => {
      if (isBehind(seq)) void pull();
      else confirmedAt = performance.now();
    },
    suspend: () => {
      suspensions += 1;
      suspended = true;
    },
    get suspended() {
      return suspended;
    },
    resume: async () => {
      const mine = suspensions;
      const before = last;
      facts.forget();
      const after = await facts.get();
      if (!after || dropped) return;
      // Standings are rebuilt, and contests changed, in a way that moves this instant.
      if (before?.contest.updated_at.getTime() !== after.contest.updated_at.getTime()) return drop();
      await pull();
      if (mine === suspensions) suspended = false;
    },
    drop,
    settled: () => current,
  };
}

async function withinTime(work: Promise<void>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
