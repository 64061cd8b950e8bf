import { holdAlone } from '../db/advisory-lock.ts';
import type { Database } from '../db/database.ts';
import { asId } from '../db/references.ts';
import { atDesk } from './desk.ts';
import type { SessionFact } from './payment-facts.ts';
import { follow, keepPayment } from './payments.ts';
import type { DeskServices } from './services.ts';

/** Who says it, as enrolments write it down; and what orders what is heard of payments. */
export const stripeSource = 'stripe:enrolments';

/** A change of who is in, by what Stripe says. */
export interface Applied {
  services: DeskServices;
  database: Database;
  now: Date | null;
}

/** The visit of a course's desk that Stripe makes. */
export const stripeVisit = (courseId: string, { now }: Applied) => ({ courseId, actor: 'stripe', now });

/** Parameters: session, enrolment or null. */
const enrolmentStatement = (schema: string) => `
select enrolment.id, course_id from ${schema}.enrolment
where enrolment.id = coalesce((select enrolment_id from ${schema}.course_payment where reference = $1), $2::uuid)`;

/** Waits until nobody else applies what Stripe says: a payment and its refund, told of at one moment, must see each other. */
export const inOrder = (database: Database) => holdAlone(database, stripeSource);

/** Brings an enrolment in line with what became of a session; `false` for one of the host's that is of no seat. */
export async function applySession(applied: Applied, fact: SessionFact): Promise<boolean> {
  const { services, database, now } = applied;
  const named = fact.enrolment === null ? null : asId(fact.enrolment);
  const [of] = await database.query<{ id: string; course_id: string }>(enrolmentStatement(database.schema), [
    ...[fact.session, named],
  ]);
  if (!of) return false;
  await atDesk(services, database, stripeVisit(of.course_id, applied), async (desk) => {
    const { session: reference, payment, state, expiresAt, price } = fact;
    const known = { reference, enrolmentId: of.id, source: 'stripe', payment, url: null, expiresAt, state } as const;
    const moved = await keepPayment(database, { ...known, price, now });
    if (moved) await follow(desk, moved, fact.failed);
  });
  return true;
}
