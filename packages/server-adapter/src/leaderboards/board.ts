import type { Context } from '../context.ts';
import type { Database } from '../db/database.ts';
import type { ContestRow } from '../db/references.ts';
import { assertVisible, visibleContest } from '../http/subject.ts';
import { boardId } from '../pseudonym.ts';
import { shownNames } from '../shown-names.ts';
import { badgeOf, type Face, faceOf, isCurrent, type NamePolicy, publicRow, publicRows } from './face.ts';
import type { HeldBoards, OpenBoard, ReadContext } from './held-boards.ts';
import type { ShownAs } from './names.ts';
import type { RankedRow, Ranking } from './ranking.ts';
import { type SqlStretch, sqlAround, sqlChanged, sqlPage } from './sql-board.ts';
import type { Stretch } from './stretch.ts';

/** What a read of a board goes by. */
export type BoardContext = ReadContext & { database: Database; reads: Database };

type Window = 'all' | 'period';

/** Rows read from memory, and which of them is of whom it was asked about; -1 for none. */
interface RankedStretch {
  rows: RankedRow[];
  own: number;
}

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
  /** A participant's row, under the name they chose, with `around` rows to each side; no rows while they have no points. */
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

/** Whom nobody agreed to show. */
const nobody = new Map<string, ShownAs>();

/** Makes the reader; `key` makes the ids of board rows, `count` hears where each answer came from. */
export function createBoardReader(
  key: Buffer,
  held: HeldBoards,
  count: (source: 'held' | 'sql') => void = () => {},
): BoardReader {
  const fromSql = (contestId: string, participantId: string | null, answer: SqlStretch): Stretch => {
    const { startsAt, endsAt, seq, participants } = answer;
    const rows = publicRows(key, contestId, answer.rows);
    const own = rows[answer.rows.findIndex((row) => row.participantId === participantId)] ?? null;
    return { seq, participants, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), rows, own };
  };

  /** Makes the faces that are not known, or not to be relied on any more. */
  const meet = async (
    { contest, board }: OpenBoard,
    policy: NamePolicy,
    rows: readonly RankedRow[],
  ): Promise<Map<number, Face>> => {
    const { ranking, faces } = board;
    const { version } = held.names;
    const ids = rows.map(({ slot }) => ranking.idAt(slot));
    const asked =
      policy === 'pseudonyms' ? nobody : policy === 'opt_in' ? held.names.of(ids, contest.id) : held.names.of(ids);
    const names = asked instanceof Map ? asked : await asked;
    const met = new Map<number, Face>();
    for (const [index, { slot }] of rows.entries()) {
      const id = ids[index] as string;
      const face = faceOf(faces.get(slot) ?? badgeOf(key, contest.id, id), names.get(id), version, policy);
      faces.set(slot, face);
      met.set(slot, face);
    }
    return met;
  };

  /** Everything of the board is read at once; names may take a moment more. */
  const fromMemory = async (
    open: OpenBoard,
    policy: NamePolicy,
    read: (ranking: Ranking) => RankedStretch,
  ): Promise<Stretch> => {
    const { ranking, position, faces } = open.board;
    const { rows: ranked, own } = read(ranking);
    const participants = ranking.size;
    const { version } = held.names;
    const known = ranked.map(({ slot }) => faces.get(slot));
    const strangers = known.some((face) => !isCurrent(face, version, policy))
      ? await meet(
          open,
          policy,
          ranked.filter((_, index) => !isCurrent(known[index], version, policy)),
        )
      : null;
    const rows = ranked.map((row, index) => publicRow(row, strangers?.get(row.slot) ?? (known[index] as Face)));
    return {
      seq: position,
      participants,
      startsAt: open.startsAt.toISOString(),
      endsAt: open.endsAt.toISOString(),
      rows,
      own: rows[own] ?? null,
    };
  };

  /** The stretch as the participant whom it is about sees it: under the name they chose, whatever others see. */
  const withOwnName = async (
    { database }: BoardContext,
    contest: ContestRow,
    participantId: string,
    stretch: Stretch,
  ) => {
    if (!stretch.own) return stretch;
    const names = await shownNames(database, key, contest, [participantId], participantId);
    const { name, avatarUrl } = names.get(participantId) ?? stretch.own;
    const own = { ...stretch.own, name, avatarUrl };
    return { ...stretch, own, rows: stretch.rows.map((row) => (row === stretch.own ? own : row)) };
  };

  const read = async (
    context: BoardContext,
    contest: ContestRow,
    window: Window,
    participantId: string | null,
    inMemory: (ranking: Ranking) => RankedStretch,
    inSql: () => Promise<SqlStretch>,
  ): Promise<Stretch> => {
    const open = await held.open(contest.id, window, context);
    count(open ? 'held' : 'sql');
    if (open) return fromMemory(open, contest.settings.names, inMemory);
    held.want(contest, window, context);
    return fromSql(contest.id, participantId, await inSql());
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
        null,
        (ranking) => ({ rows: ranking.stretch(after ? ranking.through(...after) : 0, limit), own: -1 }),
        () => sqlPage(context.reads, { contestId: contest.id, window, now: context.now }, after, limit),
      ),

    around: (context, contest, window, participantId, around) => {
      const found = read(
        context,
        contest,
        window,
        participantId,
        (ranking) => {
          const place = ranking.place(participantId);
          if (!place) return { rows: [], own: -1 };
          const own = place.ordinal - 1;
          const first = Math.max(0, own - around);
          return { rows: ranking.stretch(first, own + around + 1 - first), own: own - first };
        },
        () => sqlAround(context.reads, { contestId: contest.id, window, now: context.now }, participantId, around),
      );
      return contest.settings.names === 'shown'
        ? found
        : found.then((stretch) => withOwnName(context, contest, participantId, stretch));
    },

    changed: async (context, contestId, position, seq, limit) => {
      const open = await held.open(contestId, 'all', context);
      const known = open?.contest.changes.between(position, seq, limit);
      const moved = known ?? (await sqlChanged(context.database, contestId, position, seq, limit));
      return moved.map((participantId) => boardId(key, contestId, participantId));
    },
  };
}
