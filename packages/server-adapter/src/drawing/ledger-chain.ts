import { createHash } from 'node:crypto';

/** A row of a contest’s ledger as its seal binds it: all that a board is made of, and nothing that says who somebody is. */
export interface SealedRow {
  seq: bigint;
  entryId: string;
  points: bigint;
  /** Milliseconds since 1970. */
  occurredAt: bigint;
}

/** The hash before the first row: 64 hexadecimal digits. */
export const firstSeal = (contestId: string): string =>
  createHash('sha256').update(`laurel-ledger-1 ${contestId}`).digest('hex');

/**
 * The hash of a row: SHA-256 of the hash before it, `seq`, the id’s length in bytes (one byte) and its bytes, `points` and
 * `occurredAt`; numbers are eight bytes, the highest first, in two’s complement. `docs/draws.md` has the same in words.
 */
export function sealRow(before: string, { seq, entryId, points, occurredAt }: SealedRow): string {
  const id = Buffer.from(entryId, 'utf8');
  const bytes = Buffer.alloc(32 + 8 + 1 + id.length + 8 + 8);
  bytes.write(before, 0, 'hex');
  bytes.writeBigInt64BE(seq, 32);
  bytes.writeUInt8(id.length, 40);
  id.copy(bytes, 41);
  bytes.writeBigInt64BE(points, 41 + id.length);
  bytes.writeBigInt64BE(occurredAt, 49 + id.length);
  return createHash('sha256').update(bytes).digest('hex');
}
