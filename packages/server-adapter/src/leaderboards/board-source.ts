import { quoteSchema } from '../db/database.ts';
import type { Queryable } from '../db/storage.ts';
import { periodStart } from '../ledger/sequence.ts';
import { type UuidWords, uuidWords } from './uuid-words.ts';

/** The window that is the whole contest; every other one is the epoch second its period begins at. */
export const wholeContest = Number.NEGATIVE_INFINITY;

/** One row, valid until the next is read: a million objects would keep the garbage collector busy. */
export interface PackedRow {
  participant: UuidWords;
  /** Of a standing the score, of a ledger row the points. */
  amount: number;
  seq: number;
  /** Of a ledger row: the period it counts for. */
  period: number;
}

/** Rows that the database packed into bytes: reading them costs a tenth of reading rows. */
export interface PackedRows {
  readonly count: number;
  read(index: number): PackedRow;
}

/** The piece of a ledger after a sequence number, and what the contest says of itself in the same snapshot. */
export interface Tail {
  /** The contest's sequence number; `null` when there is no such contest. */
  seq: number | null;
  rows: PackedRows;
}

/** Where boards are read from. */
export interface BoardSource {
  /** A contest's sequence number, `null` when there is no such contest. */
  seqOf(contestId: string): Promise<number | null>;
  /** How many standings a window has, with points or without. */
  count(contestId: string, period: number): Promise<number>;
  /** At most `limit` standings in the order of their participants, after this one (`null`: from the first). */
  standings(contestId: string, period: number, after: string | null, limit: number): Promise<PackedRows>;
  /** At most `limit` ledger rows after `seq`. */
  tail(contestId: string, seq: number, limit: number): Promise<Tail>;
}

const rowBytes = 40;

const pack = (amount: string, period: string, order: string) =>
  `string_agg(int8send(seq) || uuid_send(participant_id) || int8send(${amount}) || float8send(${period}), ''::bytea order by ${order})`;

const integerAt = (view: DataView, offset: number) => view.getInt32(offset) * 2 ** 32 + view.getUint32(offset + 4);

function unpack(bytes: Uint8Array | null): PackedRows {
  const view = bytes
    ? new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new DataView(new ArrayBuffer(0));
  const row = { participant: uuidWords(), amount: 0, seq: 0, period: wholeContest };
  return {
    count: view.byteLength / rowBytes,
    read: (index) => {
      const offset = index * rowBytes;
      row.seq = integerAt(view, offset);
      for (let word = 0; word < 4; word++) row.participant[word] = view.getUint32(offset + 8 + word * 4);
      row.amount = integerAt(view, offset + 24);
      row.period = view.getFloat64(offset + 32);
      return row;
    },
  };
}

const standingsStatement = (schema: string) => `
select ${pack('score', "'-infinity'", 'participant_id')} as packed from (
  select participant_id, score, seq from ${schema}.standing
  where contest_id = $1 and period_start = to_timestamp($2::float8) and participant_id > $3
  order by participant_id limit $4
) chunk`;

const tailStatement = (schema: string) => `
select contest.seq::text, (
  select ${pack('points', 'period', 'seq')} from (
    select ledger.seq, participant_id, points, case when contest.period = 'contest' then '-infinity'
      else extract(epoch from ${periodStart('contest.period', 'ledger.occurred_at', 'contest.time_zone')}) end::float8 as period
    from ${schema}.ledger where contest_id = contest.id and ledger.seq > $2
    order by ledger.seq limit $3
  ) tail
) as packed
from ${schema}.contest where id = $1`;

/** Sorts before every participant. */
const nilUuid = '00000000-0000-0000-0000-000000000000';

/** The boards of a schema. Every statement is a snapshot of its own; no transaction stays open. */
export function createBoardSource(queryable: Queryable, schemaName: string): BoardSource {
  const schema = quoteSchema(schemaName);
  const statements = { standings: standingsStatement(schema), tail: tailStatement(schema) };
  return {
    seqOf: async (contestId) => {
      const [row] = await queryable.query<{ seq: string }>(`select seq::text from ${schema}.contest where id = $1`, [
        contestId,
      ]);
      return row ? Number(row.seq) : null;
    },
    count: async (contestId, period) => {
      const [row] = await queryable.query<{ rows: string }>(
        `select count(*)::text as rows from ${schema}.standing
         where contest_id = $1 and period_start = to_timestamp($2::float8)`,
        [contestId, period],
      );
      return Number(row?.rows);
    },
    standings: async (contestId, period, after, limit) => {
      const [row] = await queryable.query<{ packed: Uint8Array | null }>(
        statements.standings,
        [contestId, period, after ?? nilUuid, limit],
        'laurel_board_standings',
      );
      return unpack(row?.packed ?? null);
    },
    tail: async (contestId, seq, limit) => {
      const [row] = await queryable.query<{ seq: string; packed: Uint8Array | null }>(
        statements.tail,
        [contestId, seq, limit],
        'laurel_board_tail',
      );
      return { seq: row ? Number(row.seq) : null, rows: unpack(row?.packed ?? null) };
    },
  };
}
