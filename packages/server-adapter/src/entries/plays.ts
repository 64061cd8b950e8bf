import type { Handlers } from '../handlers.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { visibleContest } from '../http/subject.ts';
import { openSeed, sealedSeed } from '../instant-seed.ts';
import { boardId } from '../pseudonym.ts';
import { instantWinOf } from './play.ts';
import type { EntryTools } from './services.ts';
import { stockLeftOf } from './stock.ts';

/** Parameters: contest, the number a page ended with, how many. */
const statement = (schema: string) => `
select number::int as number, participant_id, prize, played_at from ${schema}.instant_play
where contest_id = $1 and number > $2::bigint order by number limit $3`;

interface Played {
  number: number;
  participant_id: string;
  prize: number | null;
  played_at: Date;
}

/** Stored states only: what has ended by the clock alone might still be extended by a call that is under way. */
const over = ['frozen', 'drawn', 'closed'];

/** All plays in order, the hash of the seed, and once nobody can play any more the seed itself. */
export const plays =
  ({ seedKey, boardKey }: EntryTools): Handlers<'entries'>['plays'] =>
  async (input, context) => {
    const { database } = context;
    const contest = await visibleContest(input.contest, context);
    const { prizes } = instantWinOf(contest);
    const after = input.cursor === undefined ? 0 : readCursor(input.cursor, ['integer'])[0];
    const { seed, seed_hash: seedHash } = await sealedSeed(database, seedKey, contest.id);
    const rows = await database.query<Played>(statement(database.schema), [contest.id, after, input.limit + 1]);
    const items = rows.slice(0, input.limit).map((row) => ({
      number: row.number,
      prize: row.prize === null ? null : (prizes[row.prize]?.name ?? null),
      playedAt: row.played_at.toISOString(),
      entryId: boardId(boardKey, contest.id, row.participant_id),
    }));
    return {
      items,
      nextCursor: rows.length > input.limit ? writeCursor([items.at(-1)?.number ?? 0]) : null,
      stockLeft: (await stockLeftOf(database, contest)) ?? [],
      seedHash,
      seed: over.includes(contest.state) ? openSeed(seedKey, contest.id, seed).toString('hex') : null,
    };
  };
