import { bindReferral } from '../attribution/bind.ts';
import { ownerOf, withoutClick } from '../attribution/source.ts';
import type { Context } from '../context.ts';
import { findParticipant, findProgram } from '../db/references.ts';
import { actorOf } from '../http/caller.ts';
import { LaurelProblem } from '../problem.ts';
import { keepPayment, paymentKey } from '../settlement/payments.ts';
import type { SightingRules } from '../settlement/sightings.ts';
import { answerFor } from './answer.ts';
import { type ConversionInput, type ConversionStatements, type Recorded, writeEnlisted } from './write.ts';

/** What recording by coupon or with a means of payment needs of the house. */
export interface TogetherServices {
  statements: ConversionStatements;
  channel: string;
  /** Counts a code given for a participant, so that codes cannot be guessed at speed. */
  guess(participantId: string, context: Context): Promise<void>;
  sightings: SightingRules;
}

/**
 * Records a conversion and what comes with it in one transaction: where a referral code was typed at its checkout, the
 * participant is bound to the code's owner, unless somebody referred them before; and it is kept, hashed, what they paid with.
 * Points wait for the sequencer.
 * @throws LaurelProblem program_not_found, participant_not_found, code_not_found, self_referral, too_many_requests, and
 *   what recording throws; then nothing of all this is kept
 */
export async function recordWithMore(
  item: ConversionInput,
  context: Context,
  services: TogetherServices,
): Promise<Recorded> {
  const { statements, channel, sightings } = services;
  return context.transaction(async ({ database }) => {
    if (item.couponCode !== undefined) await bindByCoupon(item.couponCode, item, { ...context, database }, services);
    const recorded = await writeEnlisted(database, statements, item, channel);
    // Refused inside the transaction, so that the binding goes with it.
    const { participant } = answerFor(item, recorded);
    if (item.payment !== undefined) {
      const { key, keepDays } = sightings;
      await keepPayment(database, participant, paymentKey(key, item.payment), { keepDays, channel, now: context.now });
    }
    return recorded;
  });
}

async function bindByCoupon(
  code: string,
  item: ConversionInput,
  context: Context,
  { channel, guess }: TogetherServices,
): Promise<void> {
  const { database, now, caller } = context;
  const program = await findProgram(database, item.program);
  const { id: referee } = await findParticipant(database, item.participant);
  if (program.archived_at) return;
  await guess(referee, context);
  const referrer = await ownerOf(code, program, database);
  if (referrer === referee) throw new LaurelProblem('self_referral', 'The coupon is the participant’s own.');
  const edge = { programId: program.id, source: { referrer, by: 'coupon' as const, ...withoutClick }, referee };
  await bindReferral(edge, { database, now, actor: actorOf(caller), channel });
}
