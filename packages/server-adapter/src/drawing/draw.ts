import {
  type CommitmentDocument,
  drawnOrder,
  fromHex,
  needsChance,
  type OrderedEntry,
  ticketsOf,
} from '@laurelkit/sdk/draws';
import { hint } from '../bus.ts';
import { type Database, databaseOn, quoteSchema } from '../db/database.ts';
import type { Transaction } from '../db/storage.ts';
import { emit } from '../events.ts';
import type { KeeperStep } from '../keeper.ts';
import { readEntries } from './entries.ts';
import { positionsInTurns } from './positions.ts';
import { type Awaiting, type Decision, decisionOf } from './randomness.ts';
import type { DrawingServices } from './services.ts';

const batchSize = 10_000;

/** Parameter: instant or null. Frozen contests with prizes that nobody has drawn. */
const waitingStatement = (schema: string) => `
select contest.id, commitment.document::jsonb as terms, commitment.hash, draw.round::text, draw.numbers,
  draw.entries::text, coalesce($1::timestamptz, now()) as now,
  -- Asked of those alone that wait for numbers to tell equals apart.
  (contest.settings ->> 'tiePolicy' = 'draw' and draw.round is null and draw.numbers is null and exists (
    select from ${schema}.contest_entry where contest_id = contest.id group by weight having count(*) > 1)) as tied
from ${schema}.contest
join ${schema}.contest_draw draw on draw.contest_id = contest.id and draw.drawn_at is null
join ${schema}.contest_commitment commitment
  on commitment.contest_id = contest.id and commitment.version = draw.commitment_version
where contest.state = 'frozen' and jsonb_array_length(contest.settings -> 'prizes') > 0
order by draw.frozen_at`;

/** Parameter: contest. */
const holdStatement = (schema: string) => `
select program_id, settings ->> 'publishResults' as publish from ${schema}.contest
where id = $1 and state = 'frozen' for no key update`;

/** Parameters: contest, instant or null, signature, randomness, whether numbers decide, whether to publish at once. Once. */
const decideStatement = (schema: string) => `
update ${schema}.contest_draw draw set drawn_at = moment.at, signature = $3, randomness = $4,
  published_at = case when $6::boolean then moment.at end
from (select coalesce($2::timestamptz, now()) as at) moment
where contest_id = $1 and drawn_at is null and (numbers is not null) = $5::boolean
returning drawn_at`;

/** Parameters: contest, and arrays of ordinals, ranks and entries. */
const orderStatement = (schema: string) => `
insert into ${schema}.contest_order (contest_id, ordinal, rank, entry_id)
select $1, ordinal, rank, entry_id from unnest($2::integer[], $3::integer[], $4::text[]) each(ordinal, rank, entry_id)`;

/** Parameters: contest, instant. */
const stepStatement = (schema: string) => `
with stepped as (
  insert into ${schema}.contest_step (contest_id, from_state, to_state, actor, created_at)
  values ($1, 'frozen', 'drawn', 'system', $2) on conflict do nothing
)
update ${schema}.contest set state = 'drawn', updated_at = $2 where id = $1`;

interface Waiting extends Omit<Awaiting, 'round' | 'entries'> {
  id: string;
  hash: string;
  round: string | null;
  entries: string;
}

async function writeOrder({ query, schema }: Database, contestId: string, order: readonly OrderedEntry[]) {
  for (let from = 0; from < order.length; from += batchSize) {
    const batch = order.slice(from, from + batchSize);
    await query(orderStatement(schema), [
      contestId,
      batch.map((_, index) => from + index + 1),
      batch.map(({ rank }) => rank),
      batch.map(({ id }) => id),
    ]);
  }
}

/** Makes the step that draws frozen contests as soon as what decides is there. */
export function drawStep(services: DrawingServices): KeeperStep {
  const { storage, clock, channel, beacon, onFailure } = services;
  const schema = quoteSchema(services.schema);

  /** Not in a transaction: it takes its time, and comes to the same on every node. */
  const orderOf = async (contestId: string, terms: CommitmentDocument, salt: Uint8Array, decision: Decision) => {
    const { kind, tiePolicy, prizes } = terms;
    const { randomness } = decision;
    const entries = await readEntries(storage, schema, contestId);
    const isChance = randomness !== null && needsChance({ kind, tiePolicy, entries });
    const positions = isChance ? await positionsInTurns(ticketsOf(kind, entries), { salt, randomness }) : undefined;
    return drawnOrder({ kind, tiePolicy, prizes, entries, salt, randomness, ...(positions && { positions }) });
  };

  const write = async (
    transaction: Transaction,
    contestId: string,
    decision: Decision,
    order: readonly OrderedEntry[],
  ) => {
    const database = databaseOn(transaction, services.schema);
    const [held] = await database.query<{ program_id: string; publish: string }>(holdStatement(schema), [contestId]);
    if (!held) return;
    const [drawn] = await database.query<{ drawn_at: Date }>(decideStatement(schema), [
      contestId,
      clock(),
      decision.signature,
      decision.randomness?.toString('hex') ?? null,
      decision.kind === 'numbers',
      held.publish === 'automatically',
    ]);
    if (!drawn) return;
    await writeOrder(database, contestId, order);
    await database.query(stepStatement(schema), [contestId, drawn.drawn_at]);
    await emit(database, 'contest.drawn', { contest: contestId, program: held.program_id }, channel);
    await hint(database, channel, { contests: [contestId] });
  };

  const draw = async ({ id, hash, round, entries, ...rest }: Waiting) => {
    const awaiting = { ...rest, round: round === null ? null : Number(round), entries: Number(entries) };
    const decision = await decisionOf(awaiting, beacon);
    if (!decision) return;
    const order = await orderOf(id, rest.terms, fromHex(hash), decision);
    await storage.transaction((transaction) => write(transaction, id, decision, order));
  };

  return async () => {
    for (const waiting of await storage.query<Waiting>(waitingStatement(schema), [clock()])) {
      await draw(waiting).catch(onFailure);
    }
  };
}
