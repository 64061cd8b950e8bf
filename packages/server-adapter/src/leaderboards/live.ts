import { boardSubject } from '../bus.ts';
import { databaseOn } from '../db/database.ts';
import type { Storage } from '../db/storage.ts';
import { isHiddenFrom } from '../hidden-board.ts';
import { isHost } from '../http/caller.ts';
import type { TopicKind } from '../http/live-topic.ts';
import type { BoardReader } from './board.ts';

const topRows = 10;
const mostChanged = 100;

/** Opens `contest:{contest}`: the board's first rows and what moved, read from the ledger after the reader's position. */
export function contestTopics(storage: Storage, schema: string, reader: BoardReader): TopicKind {
  const database = databaseOn(storage, schema);

  return {
    audience: (caller) => (isHost(caller) ? 'host' : 'public'),
    open: async (name, reference, context) => {
      const { id } = await reader.contest(reference, context);
      // Outlives the call, and with it the call's transaction; a hint that woke the topic must find its rows.
      const here = { ...context, database, reads: database, enlisted: false, latest: true };
      return {
        subjects: [boardSubject(id)],
        read: async (position) => {
          // Asked anew each time: the host may hide the board, and the end shows it, while readers stay.
          const contest = await reader.contest(id, here);
          if (isHiddenFrom(context.caller, contest)) return null;
          const stretch = await reader.page(here, contest, 'all', null, topRows);
          if (position !== null && stretch.seq <= position) return null;
          const data = {
            topic: name,
            contest: contest.slug,
            previousSeq: position ?? stretch.seq,
            seq: stretch.seq,
            participants: stretch.participants,
            top: stretch.rows,
            changed: position === null ? [] : await reader.changed(here, id, position, stretch.seq, mostChanged),
          };
          return { event: 'leaderboard', data, position: stretch.seq };
        },
      };
    },
  };
}
