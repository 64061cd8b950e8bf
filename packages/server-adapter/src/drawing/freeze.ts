import { type CommitmentDocument, type FrozenEntry, needsChance, roundAt } from '@laurelkit/sdk/draws';
import { hint } from '../bus.ts';
import type { ContestSettings } from '../db/contest-tables.ts';
import { type Database, databaseOn, quoteSchema } from '../db/database.ts';
import type { Transaction } from '../db/storage.ts';
import { emit } from '../events.ts';
import type { KeeperStep } from '../keeper.ts';
import { commitLate } from './commit.ts';
import { sealUpTo } from './seal.ts';
import type { DrawingServices } from './services.ts';
import { writeEntries } from './snapshot.ts';
import { growTree } from './tree.ts';

/** SQL: that points of the contest may be on their way, and it has not been waited for them for a minute. */
const isAwaited = (schema: string) => `(coalesce($1::timestamptz, now()) < contest.ends_at + interval '60 seconds' and (
  exists (select from ${schema}.ledger_intake where contest_id = contest.id)
  or exists (select from ${schema}.referral_intake where program_id = contest.program_id)))`;

/** SQL: that the contest has ended, its start has been told, and calls that began before the end are over. */
const hasEnded = (schema: string) => `contest.state in ('scheduled', 'paused')
  and contest.ends_at + interval '2 seconds' <= coalesce($1::timestamptz, now())
  and exists (select from ${schema}.contest_step
    where contest_id = contest.id and from_state = 'scheduled' and to_state = 'live')`;

/** Parameter: instant or null. */
const dueStatement = (schema: string) =>
  `select id from ${schema}.contest where ${hasEnded(schema)} and not ${isAwaited(schema)} order by ends_at`;

/** A large contest takes longer than a statement or a pause between two usually may. */
const patience = `select set_config('statement_timeout', '120s', true),
  set_config('idle_in_transaction_session_timeout', '120s', true)`;

/**
 * Parameters: instant or null, contest. Whoever holds the row freezes, and nobody waits for it: it is looked after again soon.
 * Points are numbered under the same lock.
 */
const holdStatement = (schema: string) => `
select id, program_id, state, settings, seq::text
from ${schema}.contest where ${hasEnded(schema)} and id = $2 for no key update skip locked`;

/** Parameters: instant or null, contest. Asked again under the lock: what came before it is seen now. */
const awaitedStatement = (schema: string) => `select from ${schema}.contest where id = $2 and ${isAwaited(schema)}`;

/** Parameter: contest. */
const commitmentStatement = (schema: string) => `
select version, document::jsonb as terms from ${schema}.contest_commitment
where contest_id = $1 order by version desc limit 1`;

/** Parameter: instant or null. Writing the entries down took its time: the round must not appear before they are public. */
const momentStatement = 'select coalesce($1::timestamptz, clock_timestamp()) as now';

/** Parameters: contest, version, instant, ledger row, root’s hash, entries, tickets, round or null, state before. */
const writeStatement = (schema: string) => `
with drawn as (
  insert into ${schema}.contest_draw (contest_id, commitment_version, frozen_at, frozen_seq, root, entries, tickets, round)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
),
stepped as (
  insert into ${schema}.contest_step (contest_id, from_state, to_state, actor, created_at)
  values ($1, $9, 'frozen', 'system', $3) on conflict do nothing
)
update ${schema}.contest set state = 'frozen', updated_at = $3 where id = $1`;

interface Held {
  id: string;
  program_id: string;
  state: 'scheduled' | 'paused';
  settings: ContestSettings;
  seq: string;
}

/** The round that decides: the promised one, or the first after the delay where the freeze was late. */
function roundOf({ kind, tiePolicy, prizes, source }: CommitmentDocument, entries: readonly FrozenEntry[], now: Date) {
  if (source.kind !== 'drand' || prizes.length === 0 || !needsChance({ kind, tiePolicy, entries })) return null;
  return Math.max(source.round, roundAt(source.chain, now.getTime() + source.delaySeconds * 1000));
}

async function write(
  { query, schema }: Database,
  { id, state, seq }: Held,
  commitment: { version: number; terms: CommitmentDocument },
  entries: readonly FrozenEntry[],
  instant: Date | null,
) {
  const { root } = await growTree(entries.map((entry) => [entry.id, entry.weight]));
  const { version, terms } = commitment;
  const [moment] = await query<{ now: Date }>(momentStatement, [instant]);
  if (!moment) throw new Error('The database answered nothing.');
  const { now } = moment;
  const round = roundOf(terms, entries, now);
  const before = state === 'paused' ? 'paused' : 'live';
  await query(writeStatement(schema), [id, version, now, seq, root.hash, root.count, root.sum, round, before]);
}

/** Makes the step that freezes contests that have ended: entries, root and the round that decides, in one transaction. */
export function freezeStep(services: DrawingServices): KeeperStep {
  const { storage, clock, channel, boardKey, onFailure } = services;
  const schema = quoteSchema(services.schema);

  const freeze = async (transaction: Transaction, contestId: string) => {
    const database = databaseOn(transaction, services.schema);
    const now = clock();
    const [held] = await database.query<Held>(holdStatement(schema), [now, contestId]);
    if (!held) return;
    await database.query(patience);
    const [awaited] = await database.query(awaitedStatement(schema), [now, contestId]);
    if (awaited) return;
    await commitLate(transaction, contestId, services);
    // Published with the freeze: the order of points is bound before chance decides.
    await sealUpTo(transaction, held, { schema, boardKey, clock });
    const [commitment] = await database.query<{ version: number; terms: CommitmentDocument }>(
      commitmentStatement(schema),
      [contestId],
    );
    if (!commitment) throw new Error(`The contest ${contestId} has no commitment.`);
    await write(database, held, commitment, await writeEntries(transaction, schema, held, boardKey), now);
    await emit(database, 'contest.frozen', { contest: contestId, program: held.program_id }, channel);
    await hint(database, channel, { contests: [contestId] });
  };

  return async () => {
    for (const { id } of await storage.query<{ id: string }>(dueStatement(schema), [clock()])) {
      await storage.transaction((transaction) => freeze(transaction, id)).catch(onFailure);
    }
  };
}
