import { uuidv7 } from 'uuidv7';
import type { Context } from '../context.ts';
import type { Recorder } from '../count-instead.ts';
import type { Handlers } from '../handlers.ts';
import type { Sequencer } from '../ledger/sequencer.ts';
import { answerFor } from './answer.ts';
import { recordWithMore, type TogetherServices } from './record-with-more.ts';
import { refundAll, refundConversion } from './refund.ts';
import { reverseConversion } from './reverse.ts';
import { type ConversionInput, type Recorded, writeEnlisted } from './write.ts';

/** What the conversions need of the house. */
export interface ConversionServices extends TogetherServices {
  /** Writes one together with others that come at the same time. */
  together(item: ConversionInput): Promise<Recorded>;
  sequencer: Sequencer;
  count(outcome: 'recorded' | 'duplicate' | 'reversed'): void;
}

/** Conversions: recorded exactly once, reversed at most once. */
export function conversions(services: ConversionServices): Handlers<'conversions'> {
  const { statements, together, channel, sequencer, count } = services;
  const record = async (item: ConversionInput, context: Context): Promise<Recorded> => {
    if (item.couponCode !== undefined || item.payment !== undefined) {
      context.afterCommit(sequencer.run);
      return recordWithMore(item, context, services);
    }
    return context.enlisted ? writeEnlisted(context.database, statements, item, channel) : together(item);
  };

  return {
    create: async (input, context) => {
      const item = { ...input, id: uuidv7(), now: context.now };
      const recorded = await record(item, context);
      const answer = answerFor(item, recorded);
      count(recorded.createdAt ? 'recorded' : 'duplicate');
      return answer;
    },

    reverse: async ({ conversion, amount, idempotencyKey: key, reason = null }, context) => {
      context.afterCommit(sequencer.run);
      if (amount === undefined) {
        const answer = await refundAll(context.database, conversion, (id) =>
          reverseConversion(id, reason, context, channel),
        );
        count('reversed');
        return answer;
      }
      const { answer, changed } = await context.transaction(async ({ database }) => {
        const inside = { ...context, database };
        const recorder: Recorder = {
          reverse: (id, why) => reverseConversion(id, why, inside, channel),
          record: async (input, now) => {
            const item = { ...input, id: uuidv7(), now };
            return answerFor(item, await writeEnlisted(database, statements, item, channel));
          },
        };
        return refundConversion({ conversion, amount, key, reason }, inside, recorder);
      });
      if (changed) count('reversed');
      return answer;
    },
  };
}
