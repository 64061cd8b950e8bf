import { createHash } from 'node:crypto';
import type { contract, Parsed } from '@laurelkit/sdk/contract';
import { arrayText } from '../db/array-text.ts';
import { type Database, quoteSchema } from '../db/database.ts';
import { asId, type Row } from '../db/references.ts';
import type { Queryable } from '../db/storage.ts';
import type { Told } from '../telling.ts';
import { recordConversions } from './record.ts';

/** A conversion to record, with the id it gets if it is new. */
export type ConversionInput = Parsed<typeof contract.conversions.create> & { id: string; now: Date | null };

/** What became of one: stored by this call (`createdAt`), stored before (`older`), or what was not found. */
export interface Recorded extends Told {
  archived: true | null;
  participantId: string | null;
  program: string | null;
  /** When this call stored it. */
  createdAt: Date | null;
  attributed: boolean;
  /** The row as JSON, where the key was known already. */
  older: OlderConversion | null;
}

/** A stored conversion as `to_jsonb` has it: instants are text. */
export type OlderConversion = Omit<Row<'conversion'>, 'created_at' | 'reversed_at' | 'amount_minor'> & {
  created_at: string;
  reversed_at: string | null;
  amount_minor: number | null;
};

/** Distinguishes a repetition from a key used again for something else. */
export function fingerprintOf({ event, amount, metadata, couponCode }: ConversionInput): string {
  const facts = Object.entries(metadata ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const money = amount ? [amount.minor, amount.currency] : null;
  const canonical = JSON.stringify([
    event,
    money,
    facts,
    ...(couponCode === undefined ? [] : [couponCode.toLowerCase()]),
  ]);
  return createHash('sha256').update(canonical).digest('base64url');
}

const columns: readonly ((item: ConversionInput) => string | number | null)[] = [
  (item) => item.id,
  (item) => item.program,
  (item) => asId(item.program),
  (item) => item.participant,
  (item) => asId(item.participant),
  (item) => item.event,
  (item) => item.amount?.minor ?? null,
  (item) => item.amount?.currency ?? null,
  (item) => item.idempotencyKey,
  fingerprintOf,
  ({ metadata }) => (metadata && Object.keys(metadata).length > 0 ? JSON.stringify(metadata) : null),
];

const parametersOf = (items: readonly ConversionInput[], channel: string | null) => [
  ...columns.map((column) => arrayText(items.map(column))),
  items[0]?.now ?? null,
  channel,
];

/** The statements of one schema, made once. */
export interface ConversionStatements {
  /** Numbers the points at once. */
  together: string;
  /** Leaves the points in the intake. */
  enlisted: string;
}

export const conversionStatements = (schemaName: string): ConversionStatements => ({
  together: recordConversions(quoteSchema(schemaName), { numbered: true }),
  enlisted: recordConversions(quoteSchema(schemaName), { numbered: false }),
});

const unanswered = ({ program, archived, participantId, createdAt, older }: Recorded) =>
  program !== null && !archived && participantId !== null && !createdAt && !older;

/**
 * Records a batch in one statement on its own, in the order given; the answers are in that order too.
 *
 * A row whose key a concurrent writer was storing is asked for again: by then it is visible.
 */
export async function writeTogether(
  queryable: Queryable,
  { together }: ConversionStatements,
  items: readonly ConversionInput[],
  channel: string | null,
): Promise<Recorded[]> {
  const write = (batch: readonly ConversionInput[]) =>
    queryable.query<Recorded>(together, parametersOf(batch, channel), 'laurel_conversions');
  const rows = await write(items);
  const missing = items.filter((_, index) => unanswered(rows[index] as Recorded));
  if (missing.length === 0) return rows;
  const again = await write(missing);
  return rows.map((row) => (unanswered(row) ? (again.shift() as Recorded) : row));
}

/** Records one conversion inside a transaction of the host's. */
export async function writeEnlisted(
  database: Database,
  { enlisted }: ConversionStatements,
  item: ConversionInput,
  channel: string,
): Promise<Recorded> {
  for (;;) {
    const [row] = await database.query<Recorded>(enlisted, parametersOf([item], channel));
    if (row && !unanswered(row)) return row;
  }
}
