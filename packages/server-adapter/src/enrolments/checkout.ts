import type { contract, Parsed } from '@laurelkit/sdk/contract';
import { landingFor } from '../attribution/landing.ts';
import type { Context } from '../context.ts';
import type { Database } from '../db/database.ts';
import { LaurelProblem } from '../problem.ts';
import { findEnrolment } from './find.ts';
import { keepPayment } from './payments.ts';
import type { EnrolmentServices } from './services.ts';

type Input = Parsed<typeof contract.enrolments.checkout>;

/**
 * Stripe takes sessions of 30 minutes or more. A seat is kept a little longer than its session, so that whoever pays in its
 * last moment has it still; both are found from the row, so that two clicks ask Stripe for one session.
 */
const keptAfterSession = '2 minutes';
const shortestSession = '30 minutes 30 seconds';
const session = '32 minutes';

/** Parameters: enrolment, instant or null. */
const readSeat = (schema: string) => `
select enrolment.state, enrolment.price_minor::text as minor, enrolment.currency, enrolment.participant_id, course.name, program.landing_url,
  program.landing_origins
from ${schema}.enrolment join ${schema}.course on course.id = course_id left join ${schema}.program on program.id = program_id
where enrolment.id = $1`;

interface Seat {
  state: string;
  minor: string | null;
  currency: string | null;
  participant_id: string;
  name: string;
  landing_url: string | null;
  landing_origins: string[] | null;
}

/** Locked, so that of two clicks the second sees what the first did. */
const lockUnpaid = (schema: string) => `
select id from ${schema}.enrolment where id = $1 and state = 'unpaid' for update`;

const paymentsOf = (schema: string) => `
select reference, state, url, expires_at, amount_minor::text as minor, currency,
  close_at is null and coalesce(expires_at > coalesce($2::timestamptz, now()) + interval '1 minute', false) as lives
from ${schema}.course_payment where enrolment_id = $1 and source = 'stripe' order by created_at desc, reference`;

interface Payment {
  reference: string;
  state: string;
  url: string | null;
  expires_at: Date | null;
  minor: string | null;
  currency: string | null;
  lives: boolean;
}

const keepFor = (schema: string) => `
update ${schema}.enrolment set pay_by = case
  when pay_by - interval '${keptAfterSession}' >= at + interval '${shortestSession}' then pay_by
  else at + interval '${session}' + interval '${keptAfterSession}' end
from (select coalesce($2::timestamptz, now()) as at) moment
where id = $1
returning date_trunc('second', pay_by - interval '${keptAfterSession}') as expires_at`;

const keepAsLongAs = (schema: string) => `
update ${schema}.enrolment set pay_by = greatest(pay_by, $2::timestamptz + interval '${keptAfterSession}') where id = $1`;

const conflict = (detail: string) => new LaurelProblem('enrolment_state_conflict', detail);

/** The session that is open already, or what the next one is asked for with. */
async function prepare({ query, schema }: Database, id: string, seat: Seat, now: Date | null) {
  const [locked] = await query(lockUnpaid(schema), [id]);
  if (!locked) throw conflict('There is nothing to pay for any more.');
  const payments = await query<Payment>(paymentsOf(schema), [id, now]);
  if (payments.some(({ state }) => state === 'pending')) throw conflict('A payment is on its way: wait for it.');
  const open = payments.find(
    (each) => each.state === 'open' && each.lives && each.minor === seat.minor && each.currency === seat.currency,
  );
  if (open?.url && open.expires_at) {
    await query(keepAsLongAs(schema), [id, open.expires_at]);
    return { open: { url: open.url, expiresAt: open.expires_at } };
  }
  const [kept] = await query<{ expires_at: Date }>(keepFor(schema), [id, now]);
  if (!kept) throw conflict('There is nothing to pay for any more.');
  return { expiresAt: kept.expires_at, sessions: payments.length };
}

/** Where Stripe may send somebody: pages of the host's, by the origins of this API, of sessions and of the programme. */
function landingIn({ sessionOrigins }: EnrolmentServices, seat: Seat, { publicUrl }: Context, to: string): string {
  const own = publicUrl();
  const origins = [...sessionOrigins, ...(seat.landing_origins ?? [])];
  const [first, ...others] = [...(own ? [own] : []), ...(seat.landing_url ? [seat.landing_url] : []), ...origins];
  const rules = first && { landing_url: first, landing_origins: others.map((each) => new URL(each).origin) };
  const landing = rules ? landingFor(rules, to) : null;
  if (landing) return landing.href;
  throw new LaurelProblem(
    'landing_not_allowed',
    'Stripe may send the learner back to pages of publicUrl, of sessionOrigins and of the programme’s landing origins only.',
  );
}

/**
 * Where to pay for a seat. Asked again, it answers the session that is open, which keeps the seat.
 * @throws LaurelProblem enrolment_not_found, enrolment_state_conflict, payment_not_configured, landing_not_allowed, unavailable
 */
export async function checkout(services: EnrolmentServices, { enrolment: id, ...to }: Input, context: Context) {
  const { database, now } = context;
  await findEnrolment(context, id);
  const [seat] = await database.query<Seat>(readSeat(database.schema), [id]);
  if (seat?.state !== 'unpaid' || seat.minor === null || seat.currency === null) {
    throw conflict('There is nothing to pay for.');
  }
  if (!services.sessions) {
    throw new LaurelProblem('payment_not_configured', 'Set the option stripe.secretKey, or say that it was paid for.');
  }
  const successUrl = landingIn(services, seat, context, to.successUrl);
  const cancelUrl = landingIn(services, seat, context, to.cancelUrl);
  const plan = await context.transaction((transaction) => prepare(transaction.database, id, seat, now));
  if (plan.open) return { url: plan.open.url, expiresAt: plan.open.expiresAt.toISOString() };

  const price = { minor: Number(seat.minor), currency: seat.currency };
  // No transaction waits for Stripe. A session of which we do not hear any more makes itself known by its webhook.
  const made = await services.sessions.create({
    ...{ enrolment: id, participant: seat.participant_id, name: seat.name, price, successUrl, cancelUrl },
    expiresAt: plan.expiresAt,
    idempotencyKey: `laurel-${id}-${price.minor}${price.currency}-${plan.sessions}-${plan.expiresAt.getTime()}`,
  });
  await keepPayment(database, {
    ...{ reference: made.id, enrolmentId: id, source: 'stripe', payment: null, url: made.url, state: 'open', now },
    ...{ expiresAt: plan.expiresAt, price },
  });
  return { url: made.url, expiresAt: plan.expiresAt.toISOString() };
}
