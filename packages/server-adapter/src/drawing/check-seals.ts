import type { Database } from '../db/database.ts';
import { firstSeal, sealRow } from './ledger-chain.ts';
import { ledgerPages } from './ledger-rows.ts';

/** Parameter: contest. */
const statement = (schema: string) => `
select seq::text, hash from ${schema}.contest_seal where contest_id = $1 order by contest_seal.seq`;

/** What a contest’s ledger comes to. */
export interface CheckedSeals {
  /** The number and the hash of the last row. */
  seq: number;
  hash: string;
  /** How many seals there are, and the first of them that its rows do not come to; `null`: all hold. */
  seals: number;
  broken: number | null;
}

/** Hashes a contest’s ledger anew up to a row, and compares what was sealed. */
export async function checkSeals(
  database: Database,
  boardKey: Buffer,
  contestId: string,
  upTo: number,
): Promise<CheckedSeals> {
  const rows = await database.query<{ seq: string; hash: string }>(statement(database.schema), [contestId]);
  const sealed = new Map(rows.map(({ seq, hash }) => [BigInt(seq), hash]));
  let hash = firstSeal(contestId);
  let seq = 0n;
  let holding = sealed.get(0n) === hash ? 1 : 0;
  let broken: number | null = sealed.has(0n) && holding === 0 ? 0 : null;
  const stretch = { contestId, after: 0n, upTo: BigInt(upTo) };
  for await (const page of ledgerPages(database, database.schema, stretch, boardKey)) {
    for (const row of page) {
      hash = sealRow(hash, row);
      ({ seq } = row);
      const kept = sealed.get(seq);
      if (kept === hash) holding++;
      else if (kept !== undefined) broken ??= Number(seq);
    }
  }
  // A seal of a row that is gone holds for nothing either.
  const until = rows.filter((each) => Number(each.seq) <= upTo);
  if (broken === null && holding < until.length) broken = Number(seq);
  return { seq: Number(seq), hash, seals: until.length, broken };
}
