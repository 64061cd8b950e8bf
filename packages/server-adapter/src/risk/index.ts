import type { Handlers } from '../handlers.ts';
import { LaurelConfigurationError } from '../problem.ts';
import type { RiskSettings } from '../risk-options.ts';
import type { SettlementStep } from '../settlement/settler.ts';
import { assess } from './assess.ts';
import { createDisposableDomains } from './disposable-domains.ts';
import { createTypical } from './gather/typical.ts';
import type { Sources } from './gather.ts';
import { listings } from './listings.ts';
import { replay } from './replay.ts';
import { reviews } from './reviews.ts';
import { unknownCode } from './weights.ts';

/** What looking for fraud needs of the house. */
export interface RiskServices {
  settings: RiskSettings;
  /** Of the purpose `person`. */
  personKey: Buffer;
  channel: string;
}

/** Signs of fraud: the settler's step that judges referrals, the review queue, and the host's lists and dry runs. */
export interface Risk {
  assess: SettlementStep;
  reviews: Handlers<'reviews'>;
  risk: Handlers<'risk'>;
}

/**
 * Makes what looks for fraud.
 * @throws LaurelConfigurationError for a weight of a signal there is none of
 */
export function createRisk({ settings, personKey, channel }: RiskServices): Risk {
  const { weights, keepDays } = settings;
  const unknown = unknownCode(weights);
  if (unknown !== undefined) throw new LaurelConfigurationError(`"risk.weights" has no signal "${unknown}".`);
  const sources: Sources = {
    disposable: createDisposableDomains(settings.disposableDomains),
    typical: createTypical(),
  };
  return {
    assess: assess(sources, weights),
    reviews: reviews(channel),
    risk: {
      ...listings(personKey, channel),
      dryRun: async (input, context) => replay(input, context, { sources, weights, keepDays }),
    },
  };
}
