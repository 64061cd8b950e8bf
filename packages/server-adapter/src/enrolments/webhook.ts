import type { Context } from '../context.ts';
import type { Database } from '../db/database.ts';
import { asId } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { LaurelProblem } from '../problem.ts';
import { verifiedEvent } from '../stripe-wire/verify.ts';
import { atDesk } from './desk.ts';
import { paymentFactOf, type RefundFact, type SessionFact } from './payment-facts.ts';
import { follow, keepPayment, type MovedPayment } from './payments.ts';
import type { EnrolmentServices } from './services.ts';

const source = 'stripe:enrolments';

const arrive = (schema: string) => `
insert into ${schema}.inbound_event (source, id, kind) values ($1, $2, $3) on conflict do nothing returning id`;

/** Parameters: session, enrolment or null. */
const enrolmentStatement = (schema: string) => `
select enrolment.id, course_id from ${schema}.enrolment
where enrolment.id = coalesce((select enrolment_id from ${schema}.course_payment where reference = $1), $2::uuid)`;

const keepRefund = (schema: string) => `
insert into ${schema}.course_refund (payment, created_at)
select each, coalesce($2::timestamptz, now()) from unnest($1::text[]) each on conflict do nothing`;

const refundedPayments = (schema: string) => `
select reference, course_id from ${schema}.course_payment paid join ${schema}.enrolment on enrolment.id = enrolment_id
where payment = any($1::text[]) order by course_id, reference`;

const markRefunded = (schema: string) => `
update ${schema}.course_payment set state = 'refunded', updated_at = coalesce($2::timestamptz, now())
where reference = $1 and state <> 'refunded' returning enrolment_id, state, expires_at`;

type Outcome = 'applied' | 'repeated' | 'ignored';

/** A change of who is in, by what Stripe says. */
interface Applied {
  services: EnrolmentServices;
  database: Database;
  now: Date | null;
}

const visit = (courseId: string, { now }: Applied) => ({ courseId, actor: 'stripe', now });

async function applySession(applied: Applied, fact: SessionFact): Promise<Outcome> {
  const { services, database, now } = applied;
  const named = fact.enrolment === null ? null : asId(fact.enrolment);
  const [of] = await database.query<{ id: string; course_id: string }>(enrolmentStatement(database.schema), [
    ...[fact.session, named],
  ]);
  // A session of the host's that has nothing to do with seats.
  if (!of) return 'ignored';
  return atDesk<Outcome>(services, database, visit(of.course_id, applied), async (desk) => {
    const { session: reference, payment, state, expiresAt, price } = fact;
    const known = { reference, enrolmentId: of.id, source: 'stripe', payment, url: null, expiresAt, state } as const;
    const moved = await keepPayment(database, { ...known, price, now });
    if (moved) await follow(desk, moved, fact.failed);
    return 'applied';
  });
}

async function applyRefund(applied: Applied, { payments }: RefundFact): Promise<Outcome> {
  const { services, database, now } = applied;
  const { query, schema } = database;
  // The payment may be told of later.
  await query(keepRefund(schema), [payments, now]);
  const paid = await query<{ reference: string; course_id: string }>(refundedPayments(schema), [payments]);
  for (const { reference, course_id } of paid) {
    await atDesk(services, database, visit(course_id, applied), async (desk) => {
      const [moved] = await query<MovedPayment>(markRefunded(schema), [reference, now]);
      if (moved) await follow(desk, moved, false);
    });
  }
  return 'applied';
}

/** Takes Stripe's events about seats: each has its effect once, and in whatever order they come the end is the same. */
export function stripeWebhook(services: EnrolmentServices): Handlers<'enrolments'>['stripeWebhook'] {
  const { settings, clock, schema: name } = services;

  const apply = (context: Context, id: string, kind: string, fact: SessionFact | RefundFact) =>
    context.transaction(async ({ database }): Promise<Outcome> => {
      const { query, schema } = database;
      const arrived = await query(arrive(schema), [source, id, kind]);
      if (arrived.length === 0) return 'repeated';
      // A payment and its refund may be told of at the same moment, and each must see the other.
      await query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`laurel:${name}:${source}`]);
      const applied = { services, database, now: context.now };
      return fact.kind === 'refund' ? applyRefund(applied, fact) : applySession(applied, fact);
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
