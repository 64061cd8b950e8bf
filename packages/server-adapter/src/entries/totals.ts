import type { ContestSettings } from '../db/contest-tables.ts';
import type { Database } from '../db/database.ts';
import type { ContestRow } from '../db/references.ts';
import { mayWin } from '../eligibility.ts';
import { createRecent } from '../recent.ts';

/** How long a sum of all tickets serves for other calls, in milliseconds. */
const keptMilliseconds = 5_000;
const mostContests = 1_000;
const mostTickets = 1_000_000;

/** Parameters: contest, most tickets of one participant. Whose tickets the freeze would take, by the same condition. */
const statement = (schema: string) => `
select coalesce(sum(least(standing.score, $2::bigint)), 0) as tickets
from ${schema}.standing join ${schema}.contest on contest.id = standing.contest_id
where standing.contest_id = $1 and standing.period_start = '-infinity' and standing.score > 0
  and ${mayWin(schema, 'standing.participant_id')}`;

/** How many tickets points are: of a raffle capped as its settings say, of anything else the points themselves. */
export const ticketsOf = (settings: Pick<ContestSettings, 'kind' | 'mostEntries'>, points: number): number =>
  Math.max(0, Math.min(points, mostTicketsOf(settings)));

const mostTicketsOf = ({ kind, mostEntries }: Pick<ContestSettings, 'kind' | 'mostEntries'>): number =>
  kind === 'raffle' ? Math.min(mostEntries ?? mostTickets, mostTickets) : Number.MAX_SAFE_INTEGER;

/** Tickets of everybody who may win in a contest, at most `keptMilliseconds` old. */
export type AllTickets = (database: Database, contest: Pick<ContestRow, 'id' | 'settings'>) => Promise<number>;

/**
 * Makes it. Adding up all participants is not for every call, so this process remembers the sum for a while: not for as long as
 * the ledger stands still, because whoever joins or is disqualified moves nothing there.
 */
export function createAllTickets(clock: () => number = () => performance.now()): AllTickets {
  const sums = createRecent<{ at: number; tickets: Promise<number> }>(mostContests);
  return ({ query, schema }, { id, settings }) => {
    const known = sums.get(id);
    if (known && clock() - known.at < keptMilliseconds) return known.tickets;
    const tickets = query<{ tickets: string }>(statement(schema), [id, mostTicketsOf(settings)]).then(([row]) =>
      Number(row?.tickets),
    );
    tickets.catch(() => sums.delete(id));
    sums.set(id, { at: clock(), tickets });
    return tickets;
  };
}
