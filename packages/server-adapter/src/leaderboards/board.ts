import type { Context } from '../context.ts';
import type { Database } from '../db/database.ts';
import type { ContestRow } from '../db/references.ts';
import { assertVisible, visibleContest } from '../http/subject.ts';
import type { HeldBoards, OpenBoard, ReadContext } from './held-boards.ts';
import type { Badge } from './held-contest.ts';
import { boardId, pseudonym } from './pseudonym.ts';
import type { RankedRow, Ranking } from './ranking.ts';
import { type SqlStretch, sqlAround, sqlChanged, sqlPage } from './sql-board.ts';
import type { ShownRow, Stretch } from './stretch.ts';

/** What a read of a board goes by. */
export type BoardContext = ReadContext & { database: Database; reads: Database };

type Window = 'all' | 'period';

/** Reads boards: from memory where this node holds them, by SQL otherwise, with the same answer. */
export interface BoardReader {
  /**
   * The contest a call is about, in the state of this instant.
   * @throws LaurelProblem contest_not_found
   */
  contest(reference: string, context: Context): Promise<ContestRow>;
  /** Rows from the top, or after the row with this score and sequence number. */
  page(
    context: BoardContext,
    contest: ContestRow,
    window: Window,
    after: readonly [number, number] | null,
    limit: number,
  ): Promise<Stretch>;
  /** A participant's row with `around` rows to each side; no rows while they have no points. */
  around(
    context: BoardContext,
    contest: ContestRow,
    window: Window,
    participantId: string,
    around: number,
  ): Promise<Stretch>;
  /** Ids, of this board, of whoever moved after `position` up to `seq`, the latest first, at most `limit`. */
  changed(context: BoardContext, contestId: string, position: number, seq: number, limit: number): Promise<string[]>;
}

/** Makes the reader; `key` makes the ids of board rows, `count` hears where each answer came from. */
export function createBoardReader(
  key: Buffer,
  held: HeldBoards,
  count: (source: 'held' | 'sql') => void = () => {},
): BoardReader {
  const badgeOf = (contestId: string, participantId: string): Badge => {
    const id = boardId(key, contestId, participantId);
    return { id, guest: pseudonym(id) };
  };

  const heldBadge = ({ contest }: OpenBoard, participantId: string): Badge => {
    const known = contest.badges.get(participantId);
    if (known) return known;
    const badge = badgeOf(contest.id, participantId);
    contest.badges.set(participantId, badge);
    return badge;
  };

  const publish = ({ displayName, ...row }: ShownRow, { id, guest }: Badge) => {
    return { ...row, id, name: displayName ?? guest };
  };

  const fromSql = (contestId: string, { startsAt, endsAt, rows, ...stretch }: SqlStretch): Stretch => ({
    ...stretch,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    rows: rows.map((row) => publish(row, badgeOf(contestId, row.participantId))),
  });

  /** Everything of the board is read at once; names may take a moment more. */
  const fromMemory = async (open: OpenBoard, read: (ranking: Ranking) => RankedRow[]): Promise<Stretch> => {
    const { ranking, position } = open.board;
    const rows = read(ranking);
    const participants = ranking.size;
    const asked = held.names.of(rows.map(({ participantId }) => participantId));
    const names = asked instanceof Map ? asked : await asked;
    return {
      seq: position,
      participants,
      startsAt: open.startsAt.toISOString(),
      endsAt: open.endsAt.toISOString(),
      rows: rows.map((row) => {
        const { displayName = null, avatarUrl = null } = names.get(row.participantId) ?? {};
        return publish({ ...row, displayName, avatarUrl }, heldBadge(open, row.participantId));
      }),
    };
  };

  const read = async (
    context: BoardContext,
    contest: ContestRow,
    window: Window,
    inMemory: (ranking: Ranking) => RankedRow[],
    inSql: () => Promise<SqlStretch>,
  ): Promise<Stretch> => {
    const open = await held.open(contest.id, window, context);
    count(open ? 'held' : 'sql');
    if (open) return fromMemory(open, inMemory);
    held.want(contest, window, context);
    return fromSql(contest.id, await inSql());
  };

  return {
    contest: async (reference, context) => {
      const known = await held.contest(reference, context);
      return known ? assertVisible(known, reference, context) : visibleContest(reference, context);
    },

    page: (context, contest, window, after, limit) =>
      read(
        context,
        contest,
        window,
        (ranking) => ranking.stretch(after ? ranking.through(...after) : 0, limit),
        () => sqlPage(context.reads, { contestId: contest.id, window, now: context.now }, after, limit),
      ),

    around: (context, contest, window, participantId, around) =>
      read(
        context,
        contest,
        window,
        (ranking) => {
          const place = ranking.place(participantId);
          if (!place) return [];
          const first = Math.max(0, place.ordinal - 1 - around);
          return ranking.stretch(first, place.ordinal + around - first);
        },
        () => sqlAround(context.reads, { contestId: contest.id, window, now: context.now }, participantId, around),
      ),

    changed: async (context, contestId, position, seq, limit) => {
      const open = await held.open(contestId, 'all', context);
      const known = open?.contest.changes.between(position, seq, limit);
      const moved = known ?? (await sqlChanged(context.database, contestId, position, seq, limit));
      return moved.map((participantId) => boardId(key, contestId, participantId));
    },
  };
}
