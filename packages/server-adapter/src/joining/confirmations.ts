import type { Clock } from '../clock.ts';
import { quoteSchema } from '../db/database.ts';
import type { Storage } from '../db/storage.ts';
import type { Mail } from '../mail/transport.ts';
import { confirmationMessage } from './confirmation-message.ts';
import { confirmationToken } from './confirmation-token.ts';

/** Sends the messages that ask people to confirm their address. */
export interface Confirmations {
  /** Whether this node can send any. */
  readonly available: boolean;
  /** Sends all that wait; calls that meet are one run and then one more. */
  run(): Promise<void>;
  close(): void;
}

/** What sending needs. */
export interface ConfirmationServices {
  mail: Mail | undefined;
  /** Derived for the purpose `join-token`. */
  key: Buffer;
  clock: Clock;
  onFailure(error: unknown): void;
}

interface Waiting {
  id: string;
  email: string;
  locale: string;
  returnTo: string;
  programName: string;
  attempts: number;
}

const batchSize = 20;
const leaseSeconds = 300;
const mostAttempts = 12;

/** Parameters: instant or null. Leases belong to the database's clock. */
const take = (schema: string) => `
update ${schema}.join_request set mail_leased_until = now() + make_interval(secs => ${leaseSeconds}), mail_attempts = mail_attempts + 1
from ${schema}.program
where program.id = join_request.program_id and join_request.id in (
  select id from ${schema}.join_request
  where mailed_at is null and mail_leased_until <= now() and mail_attempts < ${mostAttempts}
    and confirmed_at is null and expires_at > coalesce($1::timestamptz, now())
  order by mail_leased_until, id limit ${batchSize} for update skip locked
)
returning join_request.id, email, locale, return_to as "returnTo", program.name as "programName", mail_attempts as attempts`;

/** Whether a mail server has refused for good (a 5yz reply, RFC 5321 §4.2.1). */
const isFinal = (error: unknown) =>
  error instanceof Error && 'responseCode' in error && Number(error.responseCode) >= 500;

/**
 * Makes the sending of confirmations. Each waits in the row of its request until a transport has taken it, so none is lost with a
 * node or a mail server; a node that dies between a transport's yes and its note of that sends the same message, under the same
 * `Message-ID`, once more.
 */
export function createConfirmations(
  storage: Storage,
  schemaName: string,
  { mail, key, clock, onFailure }: ConfirmationServices,
): Confirmations {
  const schema = quoteSchema(schemaName);
  let running: Promise<void> | undefined;
  let again = false;

  const send = async ({ id, email, locale, returnTo, programName, attempts }: Waiting) => {
    const link = new URL(returnTo);
    link.searchParams.set('laurel_confirm', confirmationToken(key, id));
    try {
      const message = confirmationMessage({ locale, programName, link: link.href });
      await mail?.send({ ...message, to: email, messageId: `<${id}@laurel.invalid>` });
      await storage.query(`update ${schema}.join_request set mailed_at = now() where id = $1`, [id]);
    } catch (error) {
      onFailure(error);
      const tries = isFinal(error) ? mostAttempts : attempts;
      await storage.query(
        `update ${schema}.join_request set mail_attempts = $2, mail_leased_until = now() + make_interval(secs => $3) where id = $1`,
        [id, tries, Math.min(5 * 2 ** attempts, 3600)],
      );
    }
  };

  const drain = async () => {
    do {
      again = false;
      for (;;) {
        const waiting = await storage.query<Waiting>(take(schema), [clock()]);
        await Promise.all(waiting.map(send));
        if (waiting.length < batchSize) break;
      }
    } while (again);
  };

  return {
    available: mail !== undefined,
    run: async () => {
      if (!mail) return;
      again = true;
      running ??= drain().finally(() => {
        running = undefined;
      });
      await running;
    },
    close: () => mail?.close(),
  };
}
