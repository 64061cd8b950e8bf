import { canonicalJson, commitmentHash, type DrandChain } from '@laurelkit/sdk/draws';
import { databaseOn, quoteSchema } from '../db/database.ts';
import type { Queryable } from '../db/storage.ts';
import { ensureInstantSeed } from '../instant-seed.ts';
import type { KeeperStep } from '../keeper.ts';
import { commitmentOf, noRules, type Terms } from './commitment.ts';
import type { DrawingServices } from './services.ts';

interface PresentTerms extends Omit<Terms, 'seed_hash'> {
  version: number;
  /** The beacon’s chain of the versions before, which is kept whatever the installation goes by today. */
  chain: DrandChain | null;
}

/** SQL: the terms of contests beside the last commitment of each, `last`. */
const presentTerms = (schema: string) => `
select contest.id, contest.name, contest.ends_at, contest.settings, contest.rules_version,
  coalesce(rules.hash, '${noRules}') as rules_hash,
  coalesce(last.version, 0) as version, last.terms #> '{source,chain}' as chain
from ${schema}.contest
left join ${schema}.contest_rules rules on rules.contest_id = contest.id and rules.version = contest.rules_version
left join lateral (
  select version, document::jsonb as terms from ${schema}.contest_commitment
  where contest_id = contest.id order by version desc limit 1
) last on true`;

/** SQL: that the last commitment is for another end, or there is none. */
const isForAnotherEnd = `(last.version is null
  or (last.terms ->> 'endsAt')::timestamptz <> date_trunc('milliseconds', contest.ends_at))`;

/** Parameters: instant or null, contest or null for all. Contests that run on terms nobody has committed to. */
const openStatement = (schema: string) => `${presentTerms(schema)}
where ($2::uuid is null or contest.id = $2) and contest.state in ('scheduled', 'paused') and contest.starts_at <= coalesce($1::timestamptz, now())
  and coalesce($1::timestamptz, now()) < contest.ends_at
  and (${isForAnotherEnd}
    or last.terms ->> 'name' <> contest.name
    or (last.terms ->> 'rulesVersion')::integer <> contest.rules_version
    or last.terms ->> 'rulesHash' <> coalesce(rules.hash, '${noRules}'))`;

/** Parameter: contest. */
const missingStatement = (schema: string) => `${presentTerms(schema)} where contest.id = $1 and ${isForAnotherEnd}`;

/** Parameters: contest, version, document, hash, round, instant or null, whether only before the end. */
const insertStatement = (schema: string) => `
insert into ${schema}.contest_commitment (contest_id, version, document, hash, round, committed_at)
select contest.id, $2, $3, $4, $5, moment.at
from (select coalesce($6::timestamptz, now()) as at) moment
join ${schema}.contest on contest.id = $1 and contest.state in ('scheduled', 'paused')
  and (moment.at < contest.ends_at or not $7::boolean)
on conflict do nothing`;

type Committing = Pick<DrawingServices, 'schema' | 'chain' | 'receiptKey' | 'seedKey' | 'clock'>;

/** Writes the next version of a contest’s commitment, once. Whoever comes second leaves it as it is. */
async function write(
  queryable: Queryable,
  { version, chain, ...present }: PresentTerms,
  isOnlyBeforeEnd: boolean,
  services: Committing,
): Promise<void> {
  const database = databaseOn(queryable, services.schema);
  const isInstant = present.settings.instantWin !== null;
  const terms = {
    ...present,
    seed_hash: isInstant ? await ensureInstantSeed(database, services.seedKey, present) : null,
  };
  const promiser = { chain: chain ?? services.chain, receiptKey: services.receiptKey.publicKey };
  const made = commitmentOf(terms, version + 1, promiser);
  const document = canonicalJson(made);
  const round = made.source.kind === 'drand' ? made.source.round : null;
  const values = [terms.id, version + 1, document, commitmentHash(document), round, services.clock(), isOnlyBeforeEnd];
  await database.query(insertStatement(database.schema), values);
}

/** Commits to the present terms of a contest that runs, or of every one, before it ends. */
async function commitOpen(queryable: Queryable, contestId: string | null, services: DrawingServices): Promise<void> {
  const statement = openStatement(quoteSchema(services.schema));
  for (const terms of await queryable.query<PresentTerms>(statement, [services.clock(), contestId])) {
    await write(queryable, terms, true, services);
  }
}

/** Makes the step that commits to the present terms of every contest that runs, before it ends. */
export function commitStep(services: DrawingServices): KeeperStep {
  return () => commitOpen(services.storage, null, services);
}

/** Makes what commits to one contest at once, for those who cannot wait for the keeper: in the transaction they are in. */
export const createCommit =
  (services: DrawingServices) =>
  (queryable: Queryable, contestId: string): Promise<void> =>
    commitOpen(queryable, contestId, services);

/**
 * Commits to the terms a contest ended with where nobody was there to do so in time. It tells when that was, so that checking
 * the evidence says that it was too late.
 */
export async function commitLate(transaction: Queryable, contestId: string, services: Committing): Promise<void> {
  const statement = missingStatement(quoteSchema(services.schema));
  for (const terms of await transaction.query<PresentTerms>(statement, [contestId])) {
    await write(transaction, terms, false, services);
  }
}
