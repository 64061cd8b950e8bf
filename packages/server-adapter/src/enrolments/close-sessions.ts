import { databaseOn } from '../db/database.ts';
import type { KeeperStep } from '../keeper.ts';
import type { SeatKeeperServices } from './services.ts';
import { applySession, inOrder } from './sessions-told.ts';

const atOnce = 10;

/** How long somebody has for closing a session before it is tried again. */
const triedFor = '1 minute';

/**
 * Takes sessions in which nobody is to pay any more: of those who left, and of those who have their seat already. From now on
 * they are not answered again, also when their learner comes back. Nobody is waited for: who holds a row may be paying.
 * Parameter: instant or null.
 */
const claim = (schema: string) => `
with moment as materialized (select coalesce($1::timestamptz, now()) as at),
due as (
  select session.reference from ${schema}.course_payment session
  join ${schema}.enrolment on enrolment.id = enrolment_id cross join moment
  where session.source = 'stripe' and session.state = 'open' and session.url is not null and session.expires_at > at
    and case when session.close_at is null then enrolment.state <> 'unpaid' else session.close_at <= at end
  order by session.expires_at limit ${atOnce} for update of enrolment, session skip locked
)
update ${schema}.course_payment session set close_at = at + interval '${triedFor}'
from due, moment where session.reference = due.reference returning session.reference`;

/**
 * Closes sessions at Stripe in which somebody could still pay for a seat that is given up, or theirs already. It is asked after
 * the commit, and again until Stripe has answered or the session is over. One that was paid in meanwhile is paid: nothing is lost.
 */
export function closeSessions(services: SeatKeeperServices): KeeperStep {
  const { sessions, storage, schema: name, clock, onFailure } = services;

  const close = async (reference: string) => {
    const fact = await sessions?.close(reference);
    if (!fact) return;
    await storage.transaction(async (transaction) => {
      const database = databaseOn(transaction, name);
      await inOrder(database);
      await applySession({ services, database, now: clock() }, fact);
    });
  };

  return async () => {
    if (!sessions) return;
    const { query, schema } = databaseOn(storage, name);
    for (;;) {
      const claimed = await query<{ reference: string }>(claim(schema), [clock()]);
      const done = await Promise.allSettled(claimed.map(({ reference }) => close(reference)));
      const failed = done.filter((each) => each.status === 'rejected');
      for (const { reason } of failed) onFailure(reason);
      // Stripe may be down: the others need not hear of it one by one.
      if (claimed.length < atOnce || failed.length > 0) return;
    }
  };
}
