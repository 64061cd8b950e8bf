import type { Conversion } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import type { Context } from '../context.ts';
import { countInstead, countingMinor, type Recorder } from '../count-instead.ts';
import type { Database } from '../db/database.ts';
import type { Row } from '../db/references.ts';
import { LaurelProblem } from '../problem.ts';
import { conversionAnswer } from './answer.ts';

/** A part of a sale that was given back. */
export interface Refund {
  /** The conversion recorded first, or one that took its place. */
  readonly conversion: string;
  /** Minor units. */
  readonly amount: number;
  /** What tells this refund from others of the sale. */
  readonly key: string | undefined;
  readonly reason: string | null;
}

/** Parameter: conversion. Refunds of one sale come one after the other. */
const holdStatement = (schema: string) => `
select conversion.id from ${schema}.conversion where id = coalesce(
  (select conversion_id from ${schema}.conversion_refund where rest_id = $1), $1
) for no key update`;

/** Parameter: the conversion recorded first. Read under the lock: what others wrote before is seen. */
const saleStatement = (schema: string) => `
select first.*, program.slug as program, coalesce(sum(refund.minor), 0) as refunded,
  coalesce((array_agg(refund.rest_id order by refund.id desc) filter (where refund.rest_id is not null))[1], first.id) as counting,
  count(refund.id)::int as refunds
from ${schema}.conversion first
join ${schema}.program on program.id = first.program_id
left join ${schema}.conversion_refund refund on refund.conversion_id = first.id
where first.id = $1 group by first.id, first.program_id, program.slug`;

type Sale = Row<'conversion'> & { program: string; refunded: string; counting: string; refunds: number };

/** Parameter: the conversion recorded first, or one that took its place. */
const countingStatement = (schema: string) => `
select conversion.*, program.slug as program from ${schema}.conversion
join ${schema}.program on program.id = conversion.program_id
where conversion.id = coalesce((
  select rest_id from ${schema}.conversion_refund
  where rest_id is not null
    and conversion_id = coalesce((select conversion_id from ${schema}.conversion_refund where rest_id = $1), $1)
  order by id desc limit 1
), $1)`;

const readConversion = (schema: string) => `
select conversion.*, program.slug as program from ${schema}.conversion
join ${schema}.program on program.id = conversion.program_id where conversion.id = $1`;

/** Parameters: programme, conversion, key, minor, reason, instant or null. */
const noteStatement = (schema: string) => `
insert into ${schema}.conversion_refund (id, program_id, conversion_id, key, minor, rest_id, reason, created_at)
values (default, $1, $2, $3, $4, $5, $6, coalesce($7::timestamptz, now()))`;

/** What a refund came to. */
export interface Refunded {
  readonly answer: z.output<typeof Conversion>;
  /** Whether this call changed anything. */
  readonly changed: boolean;
}

/**
 * Takes all of a sale back that is left. Doing it again changes nothing.
 * @throws LaurelProblem conversion_not_found
 */
export async function refundAll(
  { query, schema }: Database,
  conversion: string,
  reverse: (id: string) => Promise<unknown>,
): Promise<z.output<typeof Conversion>> {
  for (let id = conversion; ; ) {
    await reverse(id);
    // A part may have been given back before or meanwhile: then it is what was left that counts.
    const [row] = await query<Row<'conversion'> & { program: string }>(countingStatement(schema), [id]);
    if (!row) throw new LaurelProblem('conversion_not_found', 'There is no such conversion.');
    if (row.reversed_at !== null) return conversionAnswer(row, row.program);
    id = row.id;
  }
}

/**
 * Gives back a part of a sale: the conversion that counts is reversed, and one over what is left recorded
 * instead. Each refund happens once, by its key. Answers the conversion that counts from then on, the reversed one where
 * nothing is left.
 * @throws LaurelProblem conversion_not_found, idempotency_key_reused, refund_too_large, program_archived
 */
export async function refundConversion(
  { conversion, amount, key: given, reason }: Refund,
  { database, now }: Pick<Context, 'database' | 'now'>,
  recorder: Recorder,
): Promise<Refunded> {
  const { query, schema } = database;
  const [first] = await query<{ id: string }>(holdStatement(schema), [conversion]);
  const [sale] = first ? await query<Sale>(saleStatement(schema), [first.id]) : [];
  if (!sale) throw new LaurelProblem('conversion_not_found', 'There is no such conversion.');
  // Held too: whoever takes all of it back holds nothing else.
  const counting = await answerOf(database, sale.counting, 'for no key update of conversion');
  const key = given ?? `${conversion}:${amount}`;
  const [older] = await query<Row<'conversion_refund'>>(
    `select * from ${schema}.conversion_refund where conversion_id = $1 and key = $2`,
    [sale.id, key],
  );
  if (older) {
    if (Number(older.minor) === amount) {
      return { answer: await answerOf(database, older.rest_id ?? sale.counting), changed: false };
    }
    throw new LaurelProblem('idempotency_key_reused', `The refund "${key}" of this conversion was of ${older.minor}.`);
  }
  const left = leftOf(sale, counting);
  if (amount > left) throw new LaurelProblem('refund_too_large', tooLarge(sale, left));
  const returned = Number(sale.refunded) + amount;
  const attributed = sale.referral_id !== null;
  const minor = countingMinor({ minor: Number(sale.amount_minor), returned, lost: returned, attributed });
  const rest =
    minor === counting.amount?.minor
      ? null
      : await countInstead(
          recorder,
          { id: sale.counting, reason },
          { ...instead(sale), ...amountOf(sale, minor) },
          sale.created_at,
        );
  await query(noteStatement(schema), [sale.program_id, sale.id, key, amount, rest, reason, now]);
  return { answer: await answerOf(database, rest ?? sale.counting), changed: true };
}

async function answerOf({ query, schema }: Database, id: string, lock = ''): Promise<z.output<typeof Conversion>> {
  const [row] = await query<Row<'conversion'> & { program: string }>(`${readConversion(schema)} ${lock}`, [id]);
  if (!row) throw new LaurelProblem('conversion_not_found', 'There is no such conversion.');
  return conversionAnswer(row, row.program);
}

/** Minor units of a sale that were not given back. */
const leftOf = (sale: Sale, { reversedAt }: z.output<typeof Conversion>): number =>
  reversedAt === null ? Number(sale.amount_minor ?? 0) - Number(sale.refunded) : 0;

const tooLarge = ({ currency, amount_minor }: Sale, left: number) => {
  if (amount_minor === null) return 'The conversion has no amount: reverse it without one.';
  return left === 0
    ? 'Nothing is left of the conversion: all of it was taken back.'
    : `Of the conversion ${left} minor units of ${currency} are left: refund at most that.`;
};

const amountOf = ({ currency }: Sale, minor: number) => ({ amount: { minor, currency: currency ?? '' } });

/** What stands in the place of a sale: as it was, under a key that no host makes up. */
const instead = ({ id, program_id, participant_id, event, metadata, refunds }: Sale) => ({
  program: program_id,
  participant: participant_id,
  event,
  metadata,
  idempotencyKey: `refund:${id}:${refunds + 1}`,
});
