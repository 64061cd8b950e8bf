import { quoteSchema } from '../db/database.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import type { WinnerServices } from './services.ts';
import { beginWithoutMail, claimDeadline } from './statements.ts';
import { winnerMessage } from './winner-message.ts';

/** Tells winners that they have won. */
export interface WinnerNotices {
  /** Sends all that wait; calls that meet are one run and then one more. */
  run(): Promise<void>;
}

interface Waiting {
  id: string;
  email: string;
  locale: string | null;
  contestName: string;
  timeZone: string;
  landingUrl: string;
  prize: string;
  place: number;
  claimBy: Date | null;
  attempts: number;
}

const batchSize = 20;
const leaseSeconds = 300;
const mostAttempts = 12;

/**
 * Parameter: instant or null. Leases belong to the database’s clock. The time to claim begins with the message, so each try sets it
 * anew. The language is the one in which the address was confirmed, where that is known.
 */
const takeStatement = (schema: string) => `
update ${schema}.contest_winner winner set notify_leased_until = now() + make_interval(secs => ${leaseSeconds}),
  notify_attempts = notify_attempts + 1,
  claim_by = case when winner.state = 'selected'
    then ${claimDeadline('contest.settings', 'coalesce($1::timestamptz, now())')} else claim_by end
from ${schema}.contest, ${schema}.program, ${schema}.participant_contact contact
where contest.id = winner.contest_id and program.id = contest.program_id and contact.participant_id = winner.participant_id
  and contact.confirmed_at is not null and winner.id in (
    select waiting.id from ${schema}.contest_winner waiting
    where notified_at is null and notify_leased_until <= now() and notify_attempts < ${mostAttempts}
      and state in ('selected', 'claimed') and exists (
        select from ${schema}.participant_contact
        where participant_contact.participant_id = waiting.participant_id and confirmed_at is not null)
    order by notify_leased_until, id limit ${batchSize} for update skip locked
  )
returning winner.id, contact.email, contest.name as "contestName", contest.time_zone as "timeZone",
  program.landing_url as "landingUrl", contest.settings #>> array['prizes', winner.prize::text, 'name'] as prize, winner.place,
  case when winner.state = 'selected' then winner.claim_by end as "claimBy", notify_attempts as attempts,
  (select locale from ${schema}.join_request
   where join_request.email_key = contact.email_key and confirmed_at is not null order by created_at desc limit 1) as locale`;

/** Parameters: winner, instant or null. */
const noteStatement = (schema: string) =>
  `update ${schema}.contest_winner set notified_at = coalesce($2::timestamptz, now()) where id = $1 and notified_at is null`;

/** Parameters: winner, tries, seconds. */
const postponeStatement = (schema: string) =>
  `update ${schema}.contest_winner set notify_attempts = $2, notify_leased_until = now() + make_interval(secs => $3) where id = $1`;

/** Whether a mail server has refused for good (a 5yz reply, RFC 5321 §4.2.1). */
const isFinal = (error: unknown) =>
  error instanceof Error && 'responseCode' in error && Number(error.responseCode) >= 500;

/**
 * Makes the telling of winners. Each message waits in the row of its winner until a transport has taken it; one that is sent again,
 * because a node died before it noted that, has the same `Message-ID`. Where no mail can go the event is all there is, and the time
 * to claim begins with it. A refused address keeps its time to claim, and shows to the host by having no `notifiedAt`.
 */
export function createWinnerNotices({ storage, schema: name, clock, mail, onFailure }: WinnerServices): WinnerNotices {
  const schema = quoteSchema(name);

  const send = async ({ id, email, landingUrl, attempts, ...news }: Waiting) => {
    try {
      const message = winnerMessage({ ...news, link: landingUrl });
      await mail?.send({ ...message, to: email, messageId: `<${id}@laurel.invalid>` });
      await storage.query(noteStatement(schema), [id, clock()]);
    } catch (error) {
      onFailure(error);
      const tries = isFinal(error) ? mostAttempts : attempts;
      await storage.query(postponeStatement(schema), [id, tries, Math.min(5 * 2 ** attempts, 3600)]);
    }
  };

  return {
    run: oneAtATime(async () => {
      await storage.query(beginWithoutMail(schema), [null, mail !== undefined, clock()]);
      if (!mail) return;
      for (;;) {
        const waiting = await storage.query<Waiting>(takeStatement(schema), [clock()]);
        await Promise.all(waiting.map(send));
        if (waiting.length < batchSize) return;
      }
    }),
  };
}
