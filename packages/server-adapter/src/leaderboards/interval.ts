import type { contract, Parsed } from '@laurelkit/sdk/contract';
import type { Context } from '../context.ts';
import type { ContestRow } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { isHiddenFrom } from '../hidden-board.ts';
import { isHost } from '../http/caller.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { LaurelProblem } from '../problem.ts';
import type { BoardReader } from './board.ts';
import { publicRows } from './face.ts';
import { isoBounds } from './iso-bounds.ts';
import { type Counted, type RecountedStretch, recountedPage } from './recounted.ts';
import { sqlPage } from './sql-board.ts';
import { boundOf, momentOf } from './window.ts';

type Asked = Parsed<typeof contract.leaderboards.interval>;

/** What the contract can write: no year has five digits. */
const latest = `'9999-12-31T23:59:59.999Z'::timestamptz`;
const zone = 'contest.time_zone';

const units = (schema: string) => `
select ${boundOf('$3', 'moment.at', zone, 0)} as starts_at, least(${latest}, ${boundOf('$3', 'moment.at', zone, 1)}) as ends_at
from ${schema}.contest cross join lateral (select coalesce($2::timestamptz, now()) as at) moment where id = $1`;

const previous = (schema: string) => `
select ${boundOf('contest.period', 'moment.at', zone, -1)} as starts_at, ${boundOf('contest.period', 'moment.at', zone, 0)} as ends_at
from ${schema}.contest cross join lateral (select ${momentOf('coalesce($2::timestamptz, now())')} as at) moment where id = $1`;

/** From when to when a window goes: calendar units in the contest's zone, by its clocks. */
async function boundsOf(
  { window, at, from, to, interval }: Asked,
  contest: ContestRow,
  { database, now }: Context,
): Promise<readonly [Date, Date]> {
  if (interval !== undefined) return isoBounds(interval, contest, database);
  if (window === 'custom') return [new Date(from as string), new Date(to as string)];
  if (window === 'previous' && contest.period === 'contest') {
    throw new LaurelProblem('validation_failed', 'This contest has no periods: ask for a day, week, month or custom.', {
      errors: [{ pointer: '#/window', detail: 'must not be previous for a contest without periods' }],
    });
  }
  const { query, schema } = database;
  const moment = at === undefined ? now : new Date(at);
  const [bounds] = await (window === 'previous'
    ? query<{ starts_at: Date; ends_at: Date }>(previous(schema), [contest.id, moment])
    : query<{ starts_at: Date; ends_at: Date }>(units(schema), [contest.id, moment, window]));
  if (!bounds) throw new Error(`Contest ${contest.id} vanished.`);
  return [bounds.starts_at, bounds.ends_at];
}

/**
 * Makes the reading of stretches. A period of the contest's own is kept as standings; any other is counted from the ledger.
 * Many who ask for the same at once, as a page with last month's board does, share one count.
 */
function createStretches() {
  const underWay = new Map<string, Promise<RecountedStretch>>();

  const count = (context: Context, counted: Counted, after: readonly [number, number] | null, limit: number) => {
    const start = () => recountedPage(context.reads, counted, after, limit);
    // The host sees what it has just written; and a transaction is nobody else's.
    if (isHost(context.caller) || context.enlisted) return start();
    const name = JSON.stringify([counted, after, limit]);
    const known = underWay.get(name);
    if (known) return known;
    const started = start().finally(() => underWay.delete(name));
    underWay.set(name, started);
    return started;
  };

  return (
    { id, period, ends_at: endsAt }: ContestRow,
    { window }: Asked,
    between: readonly [Date, Date],
    after: readonly [number, number] | null,
    limit: number,
    context: Context,
  ): Promise<Pick<RecountedStretch, 'seq' | 'participants' | 'rows'>> => {
    const isOwnPeriod = (window === 'previous' || window === period) && between[0] < endsAt;
    if (!isOwnPeriod) return count(context, { contestId: id, seq: null, between }, after, limit);
    return sqlPage(context.reads, { contestId: id, window: 'period', now: between[0] }, after, limit);
  };
}

/** The board of any stretch of time; `key` makes the ids of rows. */
export const intervalBoard = (reader: BoardReader, key: Buffer): Handlers<'leaderboards'>['interval'] => {
  const read = createStretches();
  return async (asked, context) => {
    const contest = await reader.contest(asked.contest, context);
    const after = asked.cursor === undefined ? null : readCursor(asked.cursor, ['integer', 'integer']);
    const between = await boundsOf(asked, contest, context);
    const hidden = isHiddenFrom(context.caller, contest);
    const limit = hidden ? 0 : asked.limit + 1;
    const { seq, participants, rows } = await read(contest, asked, between, after, limit, context);
    const items = publicRows(key, contest.id, rows.slice(0, asked.limit));
    const last = items.at(-1);
    return {
      startsAt: between[0].toISOString(),
      endsAt: between[1].toISOString(),
      state: contest.phase,
      seq,
      participants,
      hidden,
      items,
      nextCursor: rows.length > asked.limit && last ? writeCursor([last.score, last.seq]) : null,
    };
  };
};
