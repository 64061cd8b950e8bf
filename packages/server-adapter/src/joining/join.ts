import { uuidv7 } from 'uuidv7';
import { readClickCookies } from '../attribution/click-cookie.ts';
import { landingFor } from '../attribution/landing.ts';
import { findSource } from '../attribution/source.ts';
import type { Context } from '../context.ts';
import { holdAlone } from '../db/advisory-lock.ts';
import { findProgram, type Row } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { LaurelProblem } from '../problem.ts';
import { emailKey } from '../settlement/email.ts';
import { confirmationToken, tokenHash } from './confirmation-token.ts';
import type { JoiningServices } from './index.ts';
import { assertVerified } from './verify.ts';

/** Messages to one mailbox, whoever asks for them: at most one in ten minutes, and three in seven days. */
const recipientLimits = { minutes: 10, days: 7, mostInDays: 3 };
const validHours = 48;

/**
 * Parameters: id, token hash, programme, address, its key, name, locale, page, consent text, click, code, instant or null.
 * Beyond the limits of the recipient nothing is written.
 */
const statement = (schema: string) => `
insert into ${schema}.join_request (id, token_hash, program_id, email, email_key, display_name, locale, return_to, consent_text,
  click_id, referral_code, created_at, expires_at)
select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, at, at + make_interval(hours => ${validHours})
from (select coalesce($12::timestamptz, now()) as at) each
where not exists (
    select from ${schema}.join_request
    where email_key = $5 and created_at > at - make_interval(mins => ${recipientLimits.minutes})
  ) and (
    select count(*) from ${schema}.join_request
    where email_key = $5 and created_at > at - make_interval(days => ${recipientLimits.days})
  ) < ${recipientLimits.mostInDays}`;

/**
 * Asks for a confirmation. Whoever has the address, known or not, the same is done and answered; the message is sent after
 * the commit, beside the answer.
 */
export const join =
  ({
    cookieKey,
    personKey,
    tokenKey,
    seeing,
    message,
    confirmations,
    onFailure,
    verify,
  }: JoiningServices): Handlers<'joining'>['join'] =>
  async (input, context) => {
    if (!confirmations.available) {
      throw new LaurelProblem('email_unavailable', 'The host has not set up mail: see the option "mail".');
    }
    const program = await findProgram(context.database, input.program);
    const page = pageOf(program, input);
    const { email, proof = null } = input;
    await assertVerified(verify, { program: program.slug, email, proof }, context, onFailure);
    await message(context);
    const source = await sourceOf(program, input, context);
    if (source?.clickId) await seeing.click(source.clickId, context);
    const key = emailKey(personKey, input.email);
    const id = uuidv7();
    await context.transaction(async ({ database }) => {
      // Two requests for one mailbox at once count each other.
      await holdAlone(database, `join:${key}`);
      await database.query(statement(database.schema), [
        ...[id, tokenHash(confirmationToken(tokenKey, id)), program.id, input.email, key, input.displayName ?? null],
        ...[input.locale ?? 'en', page.href, input.consentText],
        ...[source?.clickId ?? null, source?.by === 'code' ? (input.referralCode ?? null) : null, context.now],
      ]);
    });
    context.afterCommit(async () => {
      confirmations.run().catch(onFailure);
    });
    return { sent: true };

    async function sourceOf(row: Row<'program'>, { clickId, referralCode }: typeof input, { arrival }: Context) {
      const cookieClicks = readClickCookies(cookieKey, row.slug, arrival?.header('cookie'));
      // Who came by nobody's link joins all the same.
      return findSource({ clickId, referralCode, cookieClicks }, row, context).catch((error: unknown) => {
        if (error instanceof LaurelProblem) return null;
        throw error;
      });
    }
  };

/** @throws LaurelProblem program_archived, joining_closed, consent_outdated, landing_not_allowed */
function pageOf(
  program: Row<'program'>,
  { consentText, returnTo }: { consentText: string; returnTo?: string | undefined },
) {
  if (program.archived_at) throw new LaurelProblem('program_archived', 'The programme takes nobody in any more.');
  if (program.joining !== 'open' || program.consent_text === null) {
    throw new LaurelProblem('joining_closed', 'People join this programme through the host.');
  }
  if (consentText !== program.consent_text) {
    throw new LaurelProblem('consent_outdated', 'Show the programme’s current consent text and ask again.');
  }
  const page = landingFor(program, returnTo);
  if (!page) throw new LaurelProblem('landing_not_allowed', 'The page to return to is not one the programme allows.');
  return page;
}
