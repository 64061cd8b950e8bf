import { LaurelProblem } from '../problem.ts';
import type { Desk } from './desk.ts';
import { follow, keepPayment } from './payments.ts';

const paymentStatement = (schema: string) => `
select enrolment_id, state from ${schema}.course_payment where reference = $1`;

/**
 * Writes down that the host was paid for a seat, which opens the course. Said again with the same reference it changes nothing.
 * @throws LaurelProblem enrolment_state_conflict when the seat is paid for or free, or the reference is of something else
 */
export async function markPaid(desk: Desk, enrolmentId: string, reference: string): Promise<void> {
  const { database, now } = desk;
  const row = await database.kysely
    .selectFrom('enrolment')
    .select(['state', 'price_minor', 'currency'])
    .where('id', '=', enrolmentId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const nothingToPay = row.state === 'active' || row.price_minor === null || row.currency === null;
  const moved = nothingToPay
    ? null
    : await keepPayment(database, {
        ...{ reference, enrolmentId, source: 'host', payment: null, url: null, expiresAt: null, state: 'paid', now },
        price: { minor: Number(row.price_minor), currency: row.currency as string },
      });
  if (moved) return follow(desk, moved, false);
  const [known] = await database.query<{ enrolment_id: string }>(paymentStatement(database.schema), [reference]);
  if (known?.enrolment_id === enrolmentId) return;
  const why = known ? 'The reference is of another enrolment.' : 'There is nothing to pay for.';
  throw new LaurelProblem('enrolment_state_conflict', why);
}
