import type { contract, Parsed } from '@laurelkit/sdk/contract';
import type { Context } from '../context.ts';
import type { ContestRow } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { isHiddenFrom } from '../hidden-board.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { LaurelProblem } from '../problem.ts';
import type { BoardReader } from './board.ts';
import { publicRows } from './face.ts';
import { recountedPage } from './recounted.ts';
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
  { window, at, from, to }: Asked,
  contest: ContestRow,
  { database, now }: Context,
): Promise<readonly [Date, Date]> {
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

/** The board of any stretch of time, counted from the ledger; `key` makes the ids of rows. */
export const intervalBoard =
  (reader: BoardReader, key: Buffer): Handlers<'leaderboards'>['interval'] =>
  async (asked, context) => {
    const contest = await reader.contest(asked.contest, context);
    const after = asked.cursor === undefined ? null : readCursor(asked.cursor, ['integer', 'integer']);
    const between = await boundsOf(asked, contest, context);
    const hidden = isHiddenFrom(context.caller, contest);
    const counted = { contestId: contest.id, seq: null, between };
    const { seq, participants, rows } = await recountedPage(
      context.reads,
      counted,
      after,
      hidden ? 0 : asked.limit + 1,
    );
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
