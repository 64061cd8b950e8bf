import { uuidv7 } from 'uuidv7';
import type { Handlers } from '../handlers.ts';
import type { Sequencer } from '../ledger/sequencer.ts';
import { answerFor } from './answer.ts';
import { reverseConversion } from './reverse.ts';
import { type ConversionInput, type ConversionStatements, type Recorded, writeEnlisted } from './write.ts';

/** What the conversions need of the house. */
export interface ConversionServices {
  statements: ConversionStatements;
  /** Writes one together with others that come at the same time. */
  together(item: ConversionInput): Promise<Recorded>;
  channel: string;
  sequencer: Sequencer;
  count(outcome: 'recorded' | 'duplicate' | 'reversed'): void;
}

/** Conversions: recorded exactly once, reversed at most once. */
export function conversions(services: ConversionServices): Handlers<'conversions'> {
  const { statements, together, channel, sequencer, count } = services;
  return {
    create: async (input, context) => {
      const item = { ...input, id: uuidv7(), now: context.now };
      const recorded = context.enlisted
        ? await writeEnlisted(context.database, statements, item, channel)
        : await together(item);
      const answer = answerFor(item, recorded);
      count(recorded.createdAt ? 'recorded' : 'duplicate');
      return answer;
    },

    reverse: async ({ conversion, reason }, context) => {
      const answer = await reverseConversion(conversion, reason ?? null, context, channel);
      context.afterCommit(sequencer.run);
      count('reversed');
      return answer;
    },
  };
}
