import type { Database } from '../db/database.ts';
import { keepPayments, type PaymentRules, paymentKey } from '../settlement/payments.ts';
import type { SightingRules } from '../settlement/sightings.ts';
import type { Facts } from './facts.ts';

/** Where facts belong. */
interface Place {
  programId: string;
  participantId: string | null;
  /** What the sale is recorded as. */
  eventName: string;
  sightings: SightingRules;
  now: Date | null;
}

const insertSale = (schema: string) => `
insert into ${schema}.stripe_sale (program_id, object, event, customer, minor, currency, metadata, occurred_at)
values ($1, $2, $3, $4, $5, $6, $7::text::jsonb, least($8::timestamptz, coalesce($9::timestamptz, now())))
on conflict do nothing`;

/** A refund only grows; what is known of the end of a dispute is not undone by its beginning. */
const insertReturn = (schema: string) => `
insert into ${schema}.stripe_return as stripe_return (program_id, object, charge, payment_intent, minor, final)
values ($1, $2, $3, $4, $5, $6)
on conflict (program_id, object) do update set
  minor = case when stripe_return.final then greatest(stripe_return.minor, excluded.minor) else excluded.minor end,
  final = excluded.final
where excluded.final or not stripe_return.final`;

/** Parameters: programme, participant, customer, objects. Sales of somebody who has just become known. */
const nameSales = (schema: string) => `
update ${schema}.stripe_sale set participant_id = $2
where program_id = $1 and participant_id is null and (customer = $3 or object = any($4::text[]))
returning object`;

const insertMeans = (schema: string) => `
insert into ${schema}.stripe_means (program_id, charge, payment_intent, value_hash, expires_at)
values ($1, $2, $3, $4, coalesce($5::timestamptz, now()) + make_interval(days => $6)) on conflict do nothing`;

/** Who paid with what, of the sales `$5` of programme `$4`. */
const meansOfSales = (schema: string) => `
select sale.participant_id, means.value_hash
from ${schema}.stripe_sale sale
join ${schema}.stripe_payment paid on paid.program_id = sale.program_id and paid.object = sale.object
join ${schema}.stripe_means means on means.program_id = sale.program_id
  and paid.payment in (means.charge, means.payment_intent)
where sale.program_id = $4 and sale.object = any($5::text[]) and sale.participant_id is not null`;

const salesPaidBy = (schema: string) => `
select object from ${schema}.stripe_payment where program_id = $1 and payment = any($2::text[])`;

/** Keeps the facts of an event; answers the ids of the sales they change something of. */
export async function storeFacts(
  { query, schema }: Database,
  { at, customer, sale, about, payments, returned, means }: Facts,
  { programId, participantId, eventName, sightings, now }: Place,
): Promise<Set<string>> {
  const touched = new Set<string>();
  if (participantId !== null && customer !== null) {
    await query(`insert into ${schema}.stripe_customer values ($1, $2, $3) on conflict do nothing`, [
      programId,
      customer,
      participantId,
    ]);
  }
  if (sale) {
    const { object, minor, currency, metadata } = sale;
    const values = [programId, object, eventName, customer, minor, currency, JSON.stringify(metadata), at, now];
    await query(insertSale(schema), values);
    touched.add(object);
  }
  for (const { payment, object } of payments) {
    await query(`insert into ${schema}.stripe_payment values ($1, $2, $3) on conflict do nothing`, [
      programId,
      payment,
      object,
    ]);
    touched.add(object);
  }
  if (returned) {
    const { object, charge, paymentIntent, minor, final } = returned;
    await query(insertReturn(schema), [programId, object, charge, paymentIntent, minor, final]);
    const paid = await query<{ object: string }>(salesPaidBy(schema), [
      programId,
      [charge, paymentIntent].filter((each) => each !== null),
    ]);
    for (const each of paid) touched.add(each.object);
  }
  if (means) {
    const { charge, paymentIntent, fingerprint } = means;
    const hash = paymentKey(sightings.key, fingerprint);
    await query(insertMeans(schema), [programId, charge, paymentIntent, hash, now, sightings.keepDays]);
    const ids = [charge, paymentIntent].filter((each) => each !== null);
    for (const each of await query<{ object: string }>(salesPaidBy(schema), [programId, ids])) touched.add(each.object);
  }
  if (about !== null) touched.add(about);
  if (participantId !== null) {
    const objects = [sale?.object, about].filter((each) => each);
    const named = await query<{ object: string }>(nameSales(schema), [programId, participantId, customer, objects]);
    for (const { object } of named) touched.add(object);
  }
  return touched;
}

/** Keeps what the buyers of these sales paid with, as far as it is known. */
export async function keepMeans(
  database: Database,
  programId: string,
  objects: readonly string[],
  rules: PaymentRules,
): Promise<void> {
  const { query, schema } = database;
  // Most shops leave charges out of their webhook.
  const [some] = await query(`select true as some from ${schema}.stripe_means where program_id = $1 limit 1`, [
    programId,
  ]);
  if (some && objects.length > 0) await keepPayments(database, meansOfSales(schema), [programId, objects], rules);
}
