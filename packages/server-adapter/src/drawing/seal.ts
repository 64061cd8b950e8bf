import { quoteSchema } from '../db/database.ts';
import type { Queryable } from '../db/storage.ts';
import type { KeeperStep } from '../keeper.ts';
import { firstSeal, sealRow } from './ledger-chain.ts';
import { ledgerPages } from './ledger-rows.ts';
import type { DrawingServices } from './services.ts';

/** Parameters: contest, number. */
const lastStatement = (schema: string) => `
select seq::text, hash from ${schema}.contest_seal where contest_id = $1 and seq <= $2::bigint
order by contest_seal.seq desc limit 1`;

/** Parameters: contest, number, hash, instant or null. Two nodes come to the same hash of one row. */
const insertStatement = (schema: string) => `
insert into ${schema}.contest_seal (contest_id, seq, hash, sealed_at)
values ($1, $2, $3, coalesce($4::timestamptz, now())) on conflict do nothing`;

/**
 * Parameter: instant or null. Contests whose ledger has come further than their last seal: by a whole stretch, a minute ago, or to
 * its end, so that the freeze finds little left to do.
 * The contest’s row says how far, in the transaction of the ledger’s rows.
 */
const dueStatement = (schema: string) => `
select contest.id, contest.seq::text
from ${schema}.contest cross join lateral (select coalesce($1::timestamptz, now()) as at) moment
left join lateral (
  select seq, sealed_at from ${schema}.contest_seal where contest_id = contest.id order by seq desc limit 1
) last on true
where contest.seq > coalesce(last.seq, 0) and (last.seq is null or contest.seq - last.seq >= 10000
  or last.sealed_at <= moment.at - interval '60 seconds' or contest.ends_at <= moment.at)`;

/** What sealing needs. */
export type Sealing = Pick<DrawingServices, 'boardKey' | 'clock'> & {
  /** Quoted. */
  schema: string;
};

/** Seals a contest’s ledger up to a row that is committed, or that this very transaction sees: what comes before is there. */
export async function sealUpTo(
  queryable: Queryable,
  { id, seq }: { id: string; seq: string },
  { schema, boardKey, clock }: Sealing,
): Promise<void> {
  const [last] = await queryable.query<{ seq: string; hash: string }>(lastStatement(schema), [id, seq]);
  if (last && BigInt(last.seq) === BigInt(seq)) return;
  let hash = last?.hash ?? firstSeal(id);
  const stretch = { contestId: id, after: BigInt(last?.seq ?? 0), upTo: BigInt(seq) };
  for await (const page of ledgerPages(queryable, schema, stretch, boardKey)) {
    for (const row of page) hash = sealRow(hash, row);
  }
  await queryable.query(insertStatement(schema), [id, seq, hash, clock()]);
}

/** Makes the step that seals what ledgers have come to: off the way of those who write them. */
export function sealStep(services: DrawingServices): KeeperStep {
  const { storage, clock, onFailure } = services;
  const sealing = { ...services, schema: quoteSchema(services.schema) };
  const statement = dueStatement(sealing.schema);
  return async () => {
    for (const due of await storage.query<{ id: string; seq: string }>(statement, [clock()])) {
      await sealUpTo(storage, due, sealing).catch(onFailure);
    }
  };
}
