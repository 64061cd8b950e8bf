import type { contract, Parsed, Referral } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import { bindReferral } from '../attribution/bind.ts';
import { readClickCookies } from '../attribution/click-cookie.ts';
import type { Seeing } from '../attribution/seen.ts';
import { findSource } from '../attribution/source.ts';
import type { Context } from '../context.ts';
import { findProgram, type Row } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { actorOf } from '../http/caller.ts';
import { callerOrNamed } from '../http/subject.ts';
import type { Sequencer } from '../ledger/sequencer.ts';
import { LaurelProblem } from '../problem.ts';
import { readReferrals } from './read.ts';

type Input = Parsed<typeof contract.referrals.create>;

/** What referrals need of the house. */
export interface ReferralServices {
  cookieKey: Buffer;
  channel: string;
  sequencer: Sequencer;
  /** Counts an attempt by or for a participant, so that codes cannot be guessed at speed. */
  guess(participantId: string, context: Context): Promise<void>;
  seeing: Seeing;
}

/** Binds a referee to the one who referred them: once for each programme, by constraint. */
export function referrals({ cookieKey, channel, sequencer, guess, seeing }: ReferralServices): Handlers<'referrals'> {
  return {
    create: async (input, context) => {
      const { database, now, caller } = context;
      const program = await findProgram(database, input.program);
      if (program.archived_at) throw new LaurelProblem('program_archived', 'The programme takes no new referrals.');
      const referee = await callerOrNamed(context, input.participant);
      // The click of a guessed code tells a participant as much as the code itself.
      if (input.referralCode !== undefined || caller.kind === 'participant') await guess(referee, context);
      const source = await findSource(
        { ...input, cookieClicks: cookieClicksOf(input, program, context) },
        program,
        context,
      );
      if (source.referrer === referee) {
        throw new LaurelProblem('self_referral', 'The code or click is the participant’s own.');
      }
      // Before the binding, so that whoever checks it knows of this too.
      await seeing.participant(referee, context, input.visitor);
      const edge = { programId: program.id, source, referee };
      const row = await bindReferral(edge, { database, now, actor: actorOf(caller), channel });
      if (row.referrer_id !== source.referrer) {
        throw new LaurelProblem('already_referred', 'The participant was referred by somebody else in this programme.');
      }
      context.afterCommit(sequencer.run);
      return answer(row, program);
    },

    ...readReferrals,
  };

  function cookieClicksOf({ cookie }: Input, { slug }: Row<'program'>, { arrival }: Context): string[] {
    return readClickCookies(cookieKey, slug, cookie ?? arrival?.header('cookie'));
  }
}

const answer = (row: Row<'referral'>, program: Row<'program'>): z.output<typeof Referral> => ({
  id: row.id,
  program: program.slug,
  state: row.state,
  attributedBy: row.attributed_by,
  createdAt: row.created_at.toISOString(),
});
