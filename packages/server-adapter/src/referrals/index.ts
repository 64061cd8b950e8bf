import type { contract, Parsed } from '@laurelkit/sdk/contract';
import type { Context } from '../context.ts';
import type { Database } from '../db/database.ts';
import { findProgram, type Row } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { callerOrNamed } from '../http/subject.ts';
import type { Sequencer } from '../ledger/sequencer.ts';
import { LaurelProblem } from '../problem.ts';
import { bindReferral, type Source } from './bind.ts';
import { readClickCookie } from './cookie.ts';
import { readReferrals } from './read.ts';

type Input = Parsed<typeof contract.referrals.create>;

/** Binds a referee to the one who referred them: once for each programme, by constraint. */
export function referrals(cookieKey: Buffer, channel: string, sequencer: Sequencer): Handlers<'referrals'> {
  return {
    create: async (input, context) => {
      const program = await findProgram(context.database, input.program);
      if (program.archived_at) throw new LaurelProblem('program_archived', 'The programme takes no new referrals.');
      const referee = await callerOrNamed(context, input.participant);
      const cookie = input.cookie ?? context.arrival?.header('cookie');
      const fromCookie = readClickCookie(cookieKey, program.slug, cookie);
      const source = await sourceOf(input, fromCookie, program, context);
      if (source.referrer === referee) {
        throw new LaurelProblem('self_referral', 'The code or click is the participant’s own.');
      }
      const referral = await bindReferral({ program, source, referee }, context, channel);
      context.afterCommit(sequencer.run);
      return referral;
    },

    ...readReferrals,
  };
}

/** A click, when one is named or carried by the cookie, says more than a typed code, so it is asked first. */
async function sourceOf(
  input: Input,
  cookieClick: string | null,
  program: Row<'program'>,
  context: Context,
): Promise<Source> {
  if (input.clickId !== undefined) return byClick(input.clickId, program, context);
  if (input.referralCode !== undefined) return byCode(input.referralCode, program, context.database);
  if (cookieClick) return byClick(cookieClick, program, context);
  throw new LaurelProblem('attribution_missing', 'Pass a clickId, a referralCode, or the visitor’s cookie.');
}

async function byClick(clickId: string, program: Row<'program'>, context: Context): Promise<Source> {
  const { database } = context;
  const [click] = await database.query<{ referrer: string; expired: boolean }>(
    `select referrer_id as referrer, created_at + make_interval(days => $3) <= coalesce($4::timestamptz, now()) as expired
     from ${database.schema}.click where id = $1 and program_id = $2`,
    [clickId, program.id, program.window_days, context.now],
  );
  if (!click) throw new LaurelProblem('click_not_found', 'The programme has no such click.');
  if (click.expired) {
    throw new LaurelProblem('attribution_window_expired', `The click is older than ${program.window_days} days.`);
  }
  return { referrer: click.referrer, by: 'click', clickId };
}

async function byCode(code: string, program: Row<'program'>, database: Database): Promise<Source> {
  const [row] = await database.query<{ referrer: string }>(
    `select participant_id as referrer from ${database.schema}.referral_code where lower(code) = lower($1) and program_id = $2`,
    [code, program.id],
  );
  if (!row) throw new LaurelProblem('code_not_found', 'The programme has no such referral code.');
  return { referrer: row.referrer, by: 'code', clickId: null };
}
