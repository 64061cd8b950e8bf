import type { Context } from '../context.ts';
import type { Handlers } from '../handlers.ts';
import { LaurelProblem } from '../problem.ts';
import { verifiedEvent } from '../stripe-wire/verify.ts';
import { atDesk } from './desk.ts';
import { paymentFactOf, type RefundFact, type SessionFact } from './payment-facts.ts';
import { follow, type MovedPayment } from './payments.ts';
import type { EnrolmentServices } from './services.ts';
import { type Applied, applySession, inOrder, stripeSource, stripeVisit } from './sessions-told.ts';

const arrive = (schema: string) => `
insert into ${schema}.inbound_event (source, id, kind) values ($1, $2, $3) on conflict do nothing returning id`;

const keepRefund = (schema: string) => `
insert into ${schema}.course_refund (payment, created_at)
select each, coalesce($2::timestamptz, now()) from unnest($1::text[]) each on conflict do nothing`;

const refundedPayments = (schema: string) => `
select reference, course_id from ${schema}.course_payment paid join ${schema}.enrolment on enrolment.id = enrolment_id
where payment = any($1::text[]) order by course_id, reference`;

const markRefunded = (schema: string) => `
update ${schema}.course_payment set state = 'refunded', updated_at = coalesce($2::timestamptz, now())
where reference = $1 and state <> 'refunded' returning enrolment_id, state, expires_at, close_at`;

type Outcome = 'applied' | 'repeated' | 'ignored';

async function applyRefund(applied: Applied, { payments }: RefundFact): Promise<Outcome> {
  const { services, database, now } = applied;
  const { query, schema } = database;
  // The payment may be told of later.
  await query(keepRefund(schema), [payments, now]);
  const paid = await query<{ reference: string; course_id: string }>(refundedPayments(schema), [payments]);
  for (const { reference, course_id } of paid) {
    await atDesk(services, database, stripeVisit(course_id, applied), async (desk) => {
      const [moved] = await query<MovedPayment>(markRefunded(schema), [reference, now]);
      if (moved) await follow(desk, moved, false);
    });
  }
  return 'applied';
}

/** Takes Stripe's events about seats: each has its effect once, and in whatever order they come the end is the same. */
export function stripeWebhook(services: EnrolmentServices): Handlers<'enrolments'>['stripeWebhook'] {
  const { settings, clock } = services;

  const apply = (context: Context, id: string, kind: string, fact: SessionFact | RefundFact) =>
    context.transaction(async ({ database }): Promise<Outcome> => {
      const { query, schema } = database;
      const arrived = await query(arrive(schema), [stripeSource, id, kind]);
      if (arrived.length === 0) return 'repeated';
      await inOrder(database);
      const applied = { services, database, now: context.now };
      if (fact.kind === 'refund') return applyRefund(applied, fact);
      return (await applySession(applied, fact)) ? 'applied' : 'ignored';
    });

  return async ({ rawBody }, context) => {
    if (settings.webhookSecrets.length === 0) {
      throw new LaurelProblem('stripe_not_configured', 'Set the option stripe.webhookSecret.');
    }
    const signature = context.arrival?.header('stripe-signature') ?? null;
    const event = await verifiedEvent(rawBody, signature, settings.webhookSecrets, clock() ?? new Date());
    const fact = paymentFactOf(event);
    return { outcome: fact === null ? 'ignored' : await apply(context, event.id, event.type, fact) };
  };
}
