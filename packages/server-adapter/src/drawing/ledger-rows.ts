import type { Queryable } from '../db/storage.ts';
import { boardId } from '../pseudonym.ts';
import { createRecent } from '../recent.ts';
import type { SealedRow } from './ledger-chain.ts';

const pageSize = 4_000;
const mostIds = 100_000;

/** Parameters: contest, number to begin after, number to end with, how many. */
const statement = (schema: string) => `
select seq::text, participant_id, points::text, floor(extract(epoch from occurred_at) * 1000)::text as occurred_at
from ${schema}.ledger where contest_id = $1 and seq > $2::bigint and seq <= $3::bigint order by ledger.seq limit $4`;

interface Row {
  seq: string;
  participant_id: string;
  points: string;
  occurred_at: string;
}

/** What of a contest’s ledger is read. */
export interface LedgerStretch {
  contestId: string;
  /** The number to begin after, and the one to end with. */
  after: bigint;
  upTo: bigint;
}

/**
 * Rows of a contest’s ledger in their order, a page at a time.
 * @param schema - quoted
 * @param boardKey - derived for the purpose `board-id`
 */
export async function* ledgerPages(
  { query }: Queryable,
  schema: string,
  { contestId, after, upTo }: LedgerStretch,
  boardKey: Buffer,
): AsyncGenerator<SealedRow[]> {
  const ids = createRecent<string>(mostIds);
  const idOf = (participantId: string) => {
    const known = ids.get(participantId);
    if (known !== undefined) return known;
    const id = boardId(boardKey, contestId, participantId);
    ids.set(participantId, id);
    return id;
  };
  let last = after;
  for (let isMore = true; isMore; ) {
    const rows = await query<Row>(statement(schema), [contestId, String(last), String(upTo), pageSize]);
    yield rows.map((row) => ({
      seq: BigInt(row.seq),
      entryId: idOf(row.participant_id),
      points: BigInt(row.points),
      occurredAt: BigInt(row.occurred_at),
    }));
    isMore = rows.length === pageSize;
    last = BigInt(rows.at(-1)?.seq ?? last);
  }
}
