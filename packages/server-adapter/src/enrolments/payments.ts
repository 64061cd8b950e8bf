import type { PaymentState } from '../db/course-tables.ts';
import type { Database } from '../db/database.ts';
import type { Desk } from './desk.ts';
import { advanceLine } from './line.ts';
import { activate, cancelAll, type Only } from './transitions.ts';

/** How long a seat is kept for a payment that takes days, such as a bank debit. */
const keptForPending = '14 days';

/** What is known of a payment. */
export interface KnownPayment {
  reference: string;
  enrolmentId: string;
  source: 'stripe' | 'host';
  /** Stripe's id of it, by which a refund names it. */
  payment: string | null;
  url: string | null;
  expiresAt: Date | null;
  state: PaymentState;
  price: { minor: number; currency: string } | null;
  now: Date | null;
}

/** SQL: a state as a number that only grows. */
const rank = (state: string) => `array_position(array['open', 'pending', 'expired', 'paid', 'refunded'], ${state})`;

/**
 * Parameters: reference, enrolment, source, payment, address, end, state, amount, currency, instant or null. What is known
 * only grows; what was refunded before it was known to be paid is refunded at once. A row when the state moved on.
 */
const keep = (schema: string) => `
insert into ${schema}.course_payment as mine
  (reference, enrolment_id, source, payment, url, expires_at, state, amount_minor, currency, created_at, updated_at)
select $1::text, $2::uuid, $3::text, $4::text, $5::text, $6::timestamptz,
  case when exists (select from ${schema}.course_refund where payment = $4::text) then 'refunded' else $7::text end,
  $8::bigint, $9::text, at, at
from (select coalesce($10::timestamptz, now()) as at) moment
on conflict (reference) do update set
  payment = coalesce(mine.payment, excluded.payment), url = coalesce(mine.url, excluded.url),
  expires_at = coalesce(mine.expires_at, excluded.expires_at),
  state = case when ${rank('excluded.state')} > ${rank('mine.state')} then excluded.state else mine.state end,
  amount_minor = coalesce(excluded.amount_minor, mine.amount_minor), currency = coalesce(excluded.currency, mine.currency),
  updated_at = excluded.updated_at
where mine.enrolment_id = excluded.enrolment_id
  and (${rank('excluded.state')} > ${rank('mine.state')} or (mine.url is null and excluded.url is not null))
returning enrolment_id, state, expires_at, close_at`;

/** A payment whose state has just moved on. */
export interface MovedPayment {
  enrolment_id: string;
  state: PaymentState;
  expires_at: Date | null;
  /** Set when we asked Stripe to close the session. */
  close_at: Date | null;
}

/** Writes down what is known of a payment; `null` when it was known already, or more was. */
export async function keepPayment({ query, schema }: Database, known: KnownPayment): Promise<MovedPayment | null> {
  const { reference, enrolmentId, source, payment, url, expiresAt, state, price, now } = known;
  const values = [
    ...[reference, enrolmentId, source, payment, url, expiresAt, state, price?.minor ?? null, price?.currency ?? null],
    now,
  ];
  return (await query<MovedPayment>(keep(schema), values))[0] ?? null;
}

const stillPaid = (schema: string) => `
select from ${schema}.course_payment where enrolment_id = $1 and state = 'paid'
union all select from ${schema}.enrolment where id = $1 and price_minor is null`;

const otherOpen = (schema: string) => `
select from ${schema}.course_payment
where enrolment_id = $1 and (state = 'pending'
  or (state = 'open' and close_at is null and expires_at > coalesce($2::timestamptz, now())))`;

const keepForPending = (schema: string) => `
update ${schema}.enrolment set pay_by = greatest(pay_by, coalesce($2::timestamptz, now()) + interval '${keptForPending}')
where id = $1 and state = 'unpaid'`;

/** That a seat was kept for this payment. Who came back meanwhile has time of their own. */
const keptForIt = (expiresAt: Date): Only => ({
  sql: `pay_by <= $6::timestamptz + interval '3 minutes'`,
  value: expiresAt,
});

/**
 * Brings an enrolment in line with a payment whose state moved on: paid means in, whatever became of the seat meanwhile and
 * even beyond the limit; refunded means out, unless it was paid for once more; expired gives the seat back. One that we closed
 * ourselves was of a seat before: whoever has come back keeps theirs.
 * @param failed - of a payment that was on its way, whose time was another than that of its session
 */
export async function follow(desk: Desk, moved: MovedPayment, failed: boolean) {
  const { enrolment_id: id, state, expires_at, close_at } = moved;
  const { database, now } = desk;
  const { query, schema } = database;
  if (state === 'paid') {
    await activate(desk, [id], { from: ['unpaid', 'waiting', 'cancelled'], reason: 'paid' });
  } else if (state === 'refunded') {
    const paid = await query(stillPaid(schema), [id]);
    if (paid.length === 0) await cancelAll(desk, [id], { from: ['active', 'unpaid', 'waiting'], reason: 'refunded' });
  } else if (state === 'pending') {
    await query(keepForPending(schema), [id, now]);
  } else if (state === 'expired' && close_at === null) {
    const other = await query(otherOpen(schema), [id, now]);
    const only = failed || expires_at === null ? undefined : keptForIt(expires_at);
    const why = failed ? 'payment failed' : 'checkout expired';
    if (other.length === 0) await cancelAll(desk, [id], { from: ['unpaid'], reason: why }, only);
  }
  await advanceLine(desk);
}
