import { bindReferral } from '../attribution/bind.ts';
import { ownerOf, withoutClick } from '../attribution/source.ts';
import type { Context } from '../context.ts';
import { findParticipant, findProgram } from '../db/references.ts';
import { actorOf } from '../http/caller.ts';
import { LaurelProblem } from '../problem.ts';
import { answerFor } from './answer.ts';
import { type ConversionInput, type ConversionStatements, type Recorded, writeEnlisted } from './write.ts';

/** What recording by coupon needs of the house. */
export interface CouponServices {
  statements: ConversionStatements;
  channel: string;
  /** Counts a code given for a participant, so that codes cannot be guessed at speed. */
  guess(participantId: string, context: Context): Promise<void>;
}

/**
 * Records a conversion at whose checkout a referral code was typed: in one transaction, the participant is bound to the
 * code's owner, unless somebody referred them before, and the conversion is recorded. Points wait for the sequencer.
 * @throws LaurelProblem program_not_found, participant_not_found, code_not_found, self_referral, too_many_requests, and
 *   what recording throws; then nothing is bound either
 */
export async function recordWithCoupon(
  code: string,
  item: ConversionInput,
  context: Context,
  { statements, channel, guess }: CouponServices,
): Promise<Recorded> {
  return context.transaction(async ({ database }) => {
    const program = await findProgram(database, item.program);
    const { id: referee } = await findParticipant(database, item.participant);
    if (!program.archived_at) {
      await guess(referee, context);
      const referrer = await ownerOf(code, program, database);
      if (referrer === referee) throw new LaurelProblem('self_referral', 'The coupon is the participant’s own.');
      const edge = { programId: program.id, source: { referrer, by: 'coupon' as const, ...withoutClick }, referee };
      await bindReferral(edge, { database, now: context.now, actor: actorOf(context.caller), channel });
    }
    const recorded = await writeEnlisted(database, statements, item, channel);
    // Refused inside the transaction, so that the binding goes with it.
    answerFor(item, recorded);
    return recorded;
  });
}
