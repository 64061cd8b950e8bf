import type { BusMessage } from '../bus.ts';
import type { Database } from '../db/database.ts';
import type { ContestRow } from '../db/references.ts';
import type { BoardOptions } from '../options.ts';
import type { BoardSource } from './board-source.ts';
import { phaseAt, readFacts } from './contest-facts.ts';
import { createDatabaseClock } from './database-clock.ts';
import { type HeldBoard, loadBoard } from './held-board.ts';
import { type HeldContest, holdContest } from './held-contest.ts';
import { createNames, type Names } from './names.ts';
import { windowKey } from './window-key.ts';

/** What a read goes by. Inside somebody's transaction (`enlisted`) boards in memory are never used. */
export interface ReadContext {
  now: Date | null;
  enlisted: boolean;
  /** `true`: at least as far as other nodes said they are. */
  latest?: boolean;
}

/** A board in memory, ready to be read at once. */
export interface OpenBoard {
  contest: HeldContest;
  board: HeldBoard;
  startsAt: Date;
  endsAt: Date;
}

/** The boards this node holds in memory: those of contests under way that are read, each exact at its own position. */
export interface HeldBoards {
  readonly names: Names;
  /** How many boards are held, and their bytes. */
  readonly size: number;
  readonly bytes: number;
  /** A held contest by slug or id, in the state of this instant; `null` when it is not held. */
  contest(reference: string, context: ReadContext): Promise<ContestRow | null>;
  /** A board to read; `null` when SQL must answer. */
  open(contestId: string, window: 'all' | 'period', context: ReadContext): Promise<OpenBoard | null>;
  /** Loads a board in the background if it should be held: its contest is live or paused and it fits. */
  want(contest: ContestRow, window: 'all' | 'period', context: ReadContext): void;
  /** This node has committed the ledger up to `seq`: its own reads show that from here on. */
  acknowledged(contestId: string, seq: number): void;
  /** Takes in what nodes tell each other. */
  receive(message: BusMessage): void;
  /** Nothing is heard from other nodes until the next `missed`. */
  suspend(): void;
  /** Compares everything held with the database and lets go of what is idle. */
  sweep(): Promise<void>;
  /** Lets go of everything; resolves when no statement is under way. */
  close(): Promise<void>;
}

/** What holding boards needs. */
export interface HeldBoardsServices {
  database: Database;
  source: BoardSource;
  /** Whether changes are heard at this moment. */
  isHearing(): boolean;
  onFailure(error: unknown): void;
  options?: BoardOptions;
  /** Standings read at once. */
  chunkRows?: number;
}

/** Bytes to reckon with for a participant before the board is there. */
const bytesEach = 80;
const inUseMilliseconds = 1000;
const mostNameMilliseconds = 60_000;

/** Makes the boards of a node, none held yet. */
export function createHeldBoards(services: HeldBoardsServices): HeldBoards {
  const { database, source, isHearing, chunkRows = 10_000 } = services;
  const mostBytes = (services.options?.memoryMegabytes ?? 512) * 1e6;
  const idleMilliseconds = (services.options?.idleSeconds ?? 600) * 1000;
  const contests = new Map<string, HeldContest>();
  const idsBySlug = new Map<string, string>();
  const clock = createDatabaseClock();
  const names = createNames(database);
  /** Boards asked for and not there yet, and until when those that did not fit are not tried again. */
  const loading = new Set<string>();
  const refused = new Map<string, number>();
  let loads = Promise.resolve();
  let sweeping = Promise.resolve();
  let namesKeptSince = performance.now();
  let closed = false;
  const onFailure = (error: unknown) => {
    if (!closed) services.onFailure(error);
  };

  const find = (reference: string) => contests.get(idsBySlug.get(reference) ?? reference);
  const allBoards = () =>
    [...contests.values()].flatMap((contest) => [...contest.boards.values()].map((board) => ({ contest, board })));
  const bytesHeld = () => allBoards().reduce((sum, { board }) => sum + board.ranking.bytes, 0);
  const isUsable = ({ enlisted }: ReadContext) => !closed && !enlisted && isHearing();

  /** Lets boards last read before an instant go, the longest unread first, until as many bytes are free. */
  const makeRoom = (bytes: number, before: number): boolean => {
    const byAge = allBoards().sort((a, b) => a.board.lastRead - b.board.lastRead);
    for (const { contest, board } of byAge) {
      if (bytesHeld() + bytes <= mostBytes || board.lastRead > before) break;
      contest.remove(board.period);
    }
    return bytesHeld() + bytes <= mostBytes;
  };

  const hold = ({ id, slug }: ContestRow): HeldContest => {
    const known = contests.get(id);
    if (known) return known;
    const contest = holdContest(id, {
      source,
      readFacts: async () => (await readFacts(database, clock, [id], null))[0] ?? null,
      onFailure,
      onDrop: () => {
        if (contests.get(id) === contest) contests.delete(id);
        if (idsBySlug.get(slug) === id) idsBySlug.delete(slug);
      },
    });
    contests.set(id, contest);
    idsBySlug.set(slug, id);
    return contest;
  };

  const keyOf = ({ id, facts }: HeldContest, window: 'all' | 'period', { now }: ReadContext) =>
    windowKey(facts, clock, window, now, async (at) => (await readFacts(database, clock, [id], at))[0] ?? null);

  const load = async (contest: HeldContest, period: number, name: string) => {
    if (closed || contest.dropped || contest.boards.has(period)) return;
    const rows = await source.count(contest.id, period);
    // Two boards in use must not push each other out again and again.
    if (!makeRoom(rows * bytesEach, performance.now() - inUseMilliseconds)) {
      refused.set(name, performance.now() + idleMilliseconds);
      return;
    }
    const isWanted = () => !closed && !contest.dropped;
    const capacity = Math.ceil(rows * 1.05) + 1024;
    const board = await loadBoard(source, contest.id, period, { capacity, chunkRows, isWanted });
    if (board && isWanted()) await contest.add(board);
  };

  const letIdleGo = () => {
    const since = performance.now() - idleMilliseconds;
    for (const { contest, board } of allBoards()) if (board.lastRead < since) contest.remove(board.period);
    for (const contest of contests.values()) if (contest.boards.size === 0 && contest.lastRead < since) contest.drop();
    for (const [name, until] of refused) if (until < performance.now()) refused.delete(name);
    makeRoom(0, Number.POSITIVE_INFINITY);
  };

  const sweep = async () => {
    if (closed) return;
    letIdleGo();
    // Hosts change names by SQL of their own, too.
    if (performance.now() - namesKeptSince > mostNameMilliseconds) {
      names.forgetAll();
      namesKeptSince = performance.now();
    }
    if (contests.size === 0 || !isHearing()) return;
    const held = [...contests.values()].map((contest) => {
      return { contest, version: contest.facts.version, position: contest.position };
    });
    const ids = held.map(({ contest }) => contest.id);
    const found = new Map((await readFacts(database, clock, ids, null)).map((facts) => [facts.contest.id, facts]));
    for (const { contest, version, position } of held) {
      const facts = found.get(contest.id);
      if (contest.dropped) continue;
      // Gone, or set back to an older backup.
      if (!facts || Number(facts.contest.seq) < position) contest.drop();
      else if (contest.suspended) await contest.resume();
      else {
        contest.facts.take(facts, version);
        contest.confirm(Number(facts.contest.seq));
      }
    }
  };

  return {
    names,
    get size() {
      return allBoards().length;
    },
    get bytes() {
      return bytesHeld();
    },

    contest: async (reference, context) => {
      const contest = find(reference);
      if (!contest || !isUsable(context)) return null;
      const facts = contest.facts.known ?? (await contest.facts.get());
      return facts && { ...facts.contest, phase: phaseAt(facts.contest, context.now ?? clock.now()) };
    },

    open: async (contestId, window, context) => {
      const contest = contests.get(contestId);
      if (!contest || contest.boards.size === 0 || !isUsable(context)) return null;
      const key = await keyOf(contest, window, context);
      const board = key && contest.board(key.period);
      if (!board) return null;
      const level = contest.isLevel(board, context.latest ?? false);
      if (!(level === true || (await level)) || !isUsable(context)) return null;
      board.lastRead = performance.now();
      contest.lastRead = board.lastRead;
      return { contest, board, startsAt: key.startsAt, endsAt: key.endsAt };
    },

    want: (row, window, context) => {
      const name = `${row.id} ${window}`;
      const goesOn = row.phase === 'live' || row.phase === 'paused';
      if (!isUsable(context) || !goesOn || loading.has(name) || refused.has(name)) return;
      loading.add(name);
      const contest = hold(row);
      loads = loads
        .then(() => keyOf(contest, window, context))
        .then((key) => key && load(contest, key.period, name))
        .catch(onFailure)
        .finally(() => loading.delete(name)) as Promise<void>;
    },

    acknowledged: (contestId, seq) => contests.get(contestId)?.acknowledged(seq),

    receive: (message) => {
      for (const [id, seq] of Object.entries(message.boards ?? {})) contests.get(id)?.heard(seq);
      for (const reference of message.contests ?? []) find(reference)?.facts.forget();
      if (message.names) names.forget(message.names);
      if (message.rebuilt) for (const contest of contests.values()) contest.drop();
      if (message.missed) {
        names.forgetAll();
        for (const contest of contests.values()) {
          contest.suspend();
          contest.resume().catch(onFailure);
        }
      }
    },

    suspend: () => {
      for (const contest of contests.values()) contest.suspend();
    },

    sweep: () => {
      sweeping = sweep();
      return sweeping;
    },

    close: async () => {
      closed = true;
      const held = [...contests.values()];
      for (const contest of held) contest.drop();
      await Promise.all([loads, sweeping.catch(() => {}), ...held.map((contest) => contest.settled())]);
    },
  };
}
