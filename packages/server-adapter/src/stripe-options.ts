import { LaurelConfigurationError } from './problem.ts';

/** An event of Stripe’s, as far as we look at it. */
export interface StripeEvent {
  id: string;
  type: string;
  /** When it happened, in seconds since 1970. */
  created: number;
  livemode: boolean;
  data: { object: Record<string, unknown> };
}

/** Stripe's webhook. */
export interface StripeOptions {
  /** The endpoint's signing secret (`whsec_…`); several while one is being replaced. Default: `STRIPE_WEBHOOK_SECRET`. */
  webhookSecret?: string | string[];
  /**
   * Whose event it is: an `externalId`, or `null` to go by what the event says (metadata `laurel_participant`,
   * `client_reference_id`, the customer). Somebody new becomes a participant.
   */
  participantOf?: (event: StripeEvent) => string | null | Promise<string | null>;
  /** What conversions are called. Default: `{ purchase: 'purchase', renewal: 'renewal' }`. */
  events?: { purchase?: string; renewal?: string };
}

/** The same with every default filled in; without a secret no webhook is taken. */
export interface StripeSettings {
  webhookSecrets: readonly string[];
  participantOf(event: StripeEvent): string | null | Promise<string | null>;
  events: { purchase: string; renewal: string };
}

/**
 * Fills in defaults.
 * @param secret - of the environment
 * @throws LaurelConfigurationError naming the option and how to mend it
 */
export function settleStripe(
  { webhookSecret, participantOf, events }: StripeOptions = {},
  secret: string | undefined,
): StripeSettings {
  const webhookSecrets = [webhookSecret ?? secret ?? []].flat();
  if (webhookSecrets.some((each) => !/^\S{8,}$/.test(each))) {
    throw new LaurelConfigurationError('"stripe.webhookSecret" must be the signing secret of the endpoint (whsec_…).');
  }
  const names = { purchase: 'purchase', renewal: 'renewal', ...events };
  for (const [kind, name] of Object.entries(names)) {
    if (/^[a-z][a-z0-9_.-]{0,63}$/.test(name)) continue;
    throw new LaurelConfigurationError(`"stripe.events.${kind}" must be 1 to 64 lower-case letters, digits, . _ or -.`);
  }
  return { webhookSecrets, participantOf: participantOf ?? (() => null), events: names };
}
