import { uuidv7 } from 'uuidv7';
import { hint } from '../bus.ts';
import type { ContestSettings } from '../db/contest-tables.ts';
import { type Database, databaseOn, quoteSchema } from '../db/database.ts';
import { emitAll, type WrittenEvent } from '../events.ts';
import type { KeeperStep } from '../keeper.ts';
import { type Candidate, givePlaces, openPlaces, placesOf, type Selection } from './places.ts';
import type { WinnerServices } from './services.ts';
import { beginWithoutMail, selectFacts, type WinnerFacts } from './statements.ts';

const pageSize = 1000;

/** Drawn contests, each with a mark that changes with everything that could make a place free or the contest done. */
const drawnStatement = (schema: string) => `
select contest.id, concat_ws('/', contest.settings ->> 'publishResults', draw.published_at, disqualified.number,
  winners.selected, winners.claimed, winners.gone) as mark
from ${schema}.contest
left join ${schema}.contest_draw draw on draw.contest_id = contest.id
cross join lateral (
  select count(*) as number from ${schema}.contest_disqualification where contest_id = contest.id
) disqualified
cross join lateral (
  select count(*) filter (where state = 'selected') as selected, count(*) filter (where state = 'claimed') as claimed,
    count(*) filter (where state not in ('selected', 'claimed')) as gone
  from ${schema}.contest_winner where contest_id = contest.id
) winners
where contest.state = 'drawn'`;

/** Whoever holds the contest’s row gives its places. */
const holdStatement = (schema: string) =>
  `select id, program_id as "programId", settings from ${schema}.contest where id = $1 and state = 'drawn' for update`;

const heldStatement = (schema: string) => `
select place, count(*)::int as count from ${schema}.contest_winner
where contest_id = $1 and state in ('selected', 'claimed') group by place`;

/** Parameters: contest, ordinal, how many. */
const nextStatement = (schema: string) => `
select ordinal, rank, entry.entry_id as "entryId", participant_id as "participantId", weight::text as weight
from ${schema}.contest_order in_order
join ${schema}.contest_entry entry on entry.contest_id = in_order.contest_id and entry.entry_id = in_order.entry_id
where in_order.contest_id = $1 and ordinal > $2
  and not exists (
    select from ${schema}.contest_winner winner
    where winner.contest_id = in_order.contest_id and winner.entry_id = in_order.entry_id)
  and not exists (
    select from ${schema}.contest_disqualification disqualified
    where disqualified.contest_id = in_order.contest_id and disqualified.participant_id = entry.participant_id)
order by ordinal limit $3`;

/** Parameters: contest, JSON of selections in order, instant or null. Numbers go on from the last; a place names whom it was of before. */
const writeStatement = (schema: string) => `with
written as (
  insert into ${schema}.contest_winner (id, contest_id, number, place, share, prize, entry_id, participant_id, state, claimed_at, replaces,
    created_at, updated_at)
  select each.id, contest.id, last.number + each.ord, each.place, each.share, each.prize, each."entryId", each."participantId",
    case when contest.settings -> 'claim' = 'null' then 'claimed' else 'selected' end,
    case when contest.settings -> 'claim' = 'null' then moment.at end,
    (select id from ${schema}.contest_winner before
     where before.contest_id = contest.id and before.place = each.place order by number desc limit 1),
    moment.at, moment.at
  from ${schema}.contest
  cross join (select coalesce($3::timestamptz, now()) as at) moment
  cross join (select coalesce(max(number), 0) as number from ${schema}.contest_winner where contest_id = $1) last
  cross join jsonb_to_recordset($2::text::jsonb) as each(id uuid, ord integer, place integer, share integer, prize integer,
    "entryId" text, "participantId" uuid)
  where contest.id = $1
  returning *
)
${selectFacts(schema, 'written')}`;

/**
 * Parameters: contest, instant or null, how many places are held. Who reviews results by hand closes by publishing them. A place
 * that lapsed since it was counted keeps the contest open: the next run gives it.
 */
const closeStatement = (schema: string) => `with
closed as (
  update ${schema}.contest set state = 'closed', updated_at = coalesce($2::timestamptz, now())
  where id = $1 and state = 'drawn'
    and not exists (select from ${schema}.contest_winner where contest_id = $1 and contest_winner.state = 'selected')
    and $3 = (select count(*) from ${schema}.contest_winner where contest_id = $1 and contest_winner.state = 'claimed')
    and (settings ->> 'publishResults' = 'automatically'
      or exists (select from ${schema}.contest_draw where contest_id = $1 and published_at is not null))
  returning id
)
insert into ${schema}.contest_step (contest_id, from_state, to_state, actor, created_at)
select id, 'drawn', 'closed', 'system', coalesce($2::timestamptz, now()) from closed
returning contest_id`;

interface Held {
  id: string;
  programId: string;
  settings: ContestSettings;
}

/** The next in order, whole ranks, at least as many of them as there are open places where there are so many. */
async function nextInOrder({ query, schema }: Database, contestId: string, open: number): Promise<Candidate[]> {
  const found: Candidate[] = [];
  const ranks = new Set<number>();
  for (let after = 0; ranks.size <= open; ) {
    const page = await query<Candidate & { ordinal: number }>(nextStatement(schema), [contestId, after, pageSize]);
    for (const each of page) {
      found.push({ ...each, weight: Number(each.weight) });
      ranks.add(each.rank);
    }
    if (page.length < pageSize) break;
    after = page.at(-1)?.ordinal ?? after;
  }
  return found;
}

const write = (
  { query, schema }: Database,
  contestId: string,
  selections: readonly Selection[],
  now: Date | null,
): Promise<WinnerFacts[]> =>
  query(writeStatement(schema), [
    contestId,
    JSON.stringify(selections.map((each, index) => ({ id: uuidv7(), ord: index + 1, ...each }))),
    now,
  ]);

/**
 * Makes the step that gives the places of drawn contests, and closes those where nothing is left to give or to claim. A place
 * without a winner goes to the next in order who has not been selected and is not disqualified; nobody else moves. The contest’s
 * row, held meanwhile, and the unique keys of `contest_winner` see to it that no place and no entry is given twice.
 */
export function createSelectStep({ storage, schema: name, channel, clock, mail }: WinnerServices): KeeperStep {
  const schema = quoteSchema(name);
  let seen = new Map<string, string>();

  const settle = (id: string) =>
    storage.transaction(async (transaction) => {
      const database = databaseOn(transaction, name);
      const { query } = database;
      const [contest] = await query<Held>(holdStatement(schema), [id]);
      if (!contest) return;
      const held = await query<{ place: number; count: number }>(heldStatement(schema), [id]);
      const open = openPlaces(
        placesOf(contest.settings.prizes),
        new Map(held.map(({ place, count }) => [place, count])),
      );
      const selections = open.length > 0 ? givePlaces(open, await nextInOrder(database, id, open.length)) : [];
      const winners = selections.length > 0 ? await write(database, id, selections, clock()) : [];
      if (winners.length > 0) await query(beginWithoutMail(schema), [id, mail !== undefined, clock()]);
      const places = held.reduce((sum, { count }) => sum + count, winners.length);
      const closed = await query(closeStatement(schema), [id, clock(), places]);
      const claimed = contest.settings.claim === null ? winners : [];
      const events: WrittenEvent[] = [
        ...winners.map((winner): WrittenEvent => ['winner.selected', winner]),
        ...claimed.map((winner): WrittenEvent => ['winner.claimed', winner]),
        ...closed.map((): WrittenEvent => ['contest.closed', { contest: id, program: contest.programId }]),
      ];
      if (events.length === 0) return;
      await emitAll(database, events);
      await hint(database, channel, { outbox: true, ...(closed.length > 0 && { contests: [id] }) });
    });

  return async () => {
    const drawn = await storage.query<{ id: string; mark: string }>(drawnStatement(schema));
    const now = new Map<string, string>();
    try {
      for (const { id, mark } of drawn) {
        if (seen.get(id) !== mark) await settle(id);
        now.set(id, mark);
      }
    } finally {
      seen = now;
    }
  };
}
