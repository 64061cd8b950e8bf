import { boardSubject } from '../bus.ts';
import { databaseOn } from '../db/database.ts';
import { findContest } from '../db/references.ts';
import type { Storage } from '../db/storage.ts';
import type { Caller } from '../http/caller.ts';
import type { TopicKind } from '../http/live-topic.ts';
import { visibleContest } from '../http/subject.ts';
import type { BoardReader } from './board.ts';
import { isHidden, publicRow } from './index.ts';
import { boardId } from './pseudonym.ts';

const topRows = 10;
const mostChanged = 100;

/** Opens `contest:{contest}`: the board's first rows and what moved, read from the ledger after the reader's position. */
export function contestTopics(storage: Storage, schema: string, reader: BoardReader, boardKey: Buffer): TopicKind {
  const database = databaseOn(storage, schema);

  const changedSince = async (contestId: string, position: number, seq: number) => {
    const rows = await database.query<{ participant_id: string }>(
      `select participant_id from ${database.schema}.ledger where contest_id = $1 and seq > $2 and seq <= $3
       group by participant_id order by max(seq) desc limit ${mostChanged}`,
      [contestId, position, seq],
    );
    return rows.map((row) => boardId(boardKey, contestId, row.participant_id));
  };

  const seesAll = ({ kind }: Caller) => kind === 'secret';

  return {
    audience: (caller) => (seesAll(caller) ? 'host' : 'public'),
    open: async (name, reference, context) => {
      const contest = await visibleContest(reference, context);
      return {
        subjects: [boardSubject(contest.id)],
        read: async (position) => {
          // Asked anew each time: the host may hide the board, and the end shows it, while readers stay.
          if (!seesAll(context.caller) && isHidden(await findContest(database, contest.id, context))) return null;
          const board = { contestId: contest.id, window: 'all', now: context.now } as const;
          const stretch = await reader.page(database, board, null, topRows);
          if (position !== null && stretch.seq <= position) return null;
          const data = {
            topic: name,
            contest: contest.slug,
            previousSeq: position ?? stretch.seq,
            seq: stretch.seq,
            participants: stretch.participants,
            top: stretch.rows.map(publicRow),
            changed: position === null ? [] : await changedSince(contest.id, position, stretch.seq),
          };
          return { event: 'leaderboard', data, position: stretch.seq };
        },
      };
    },
  };
}
