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

/** Stripe: its webhooks, and paying for seats of courses. */
export interface StripeOptions {
  /** The endpoint's signing secret (`whsec_…`); several while one is being replaced. Default: `STRIPE_WEBHOOK_SECRET`. */
  webhookSecret?: string | string[];
  /**
   * The API's secret or restricted key (`sk_…`, `rk_…`), with which learners are sent to Stripe to pay for their seat. Without
   * it nobody can. Default: `STRIPE_SECRET_KEY`.
   */
  secretKey?: string;
  /** Where Stripe's API is. For tests. Default: `https://api.stripe.com`. */
  apiUrl?: string;
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
  secretKey: string | null;
  apiUrl: string;
  participantOf(event: StripeEvent): string | null | Promise<string | null>;
  events: { purchase: string; renewal: string };
}

/** What of it may stand in the environment. */
interface StripeEnvironment {
  webhookSecret: string | undefined;
  secretKey: string | undefined;
}

/**
 * Fills in defaults.
 * @throws LaurelConfigurationError naming the option and how to mend it
 */
export function settleStripe(
  { webhookSecret, participantOf, events, secretKey, apiUrl = 'https://api.stripe.com' }: StripeOptions = {},
  environment: StripeEnvironment,
): StripeSettings {
  const webhookSecrets = [webhookSecret ?? environment.webhookSecret ?? []].flat();
  if (webhookSecrets.some((each) => !/^\S{8,}$/.test(each))) {
    throw new LaurelConfigurationError('"stripe.webhookSecret" must be the signing secret of the endpoint (whsec_…).');
  }
  if (secretKey !== undefined && !isSecretKey(secretKey)) {
    throw new LaurelConfigurationError('"stripe.secretKey" must be a secret or restricted key (sk_… or rk_…).');
  }
  // The host's environment may hold something else by this name.
  const key = [secretKey, environment.secretKey].find((each) => each !== undefined && isSecretKey(each)) ?? null;
  if (!URL.canParse(apiUrl) || !/^https?:$/.test(new URL(apiUrl).protocol)) {
    throw new LaurelConfigurationError('"stripe.apiUrl" must be an http or https address.');
  }
  const names = { purchase: 'purchase', renewal: 'renewal', ...events };
  for (const [kind, name] of Object.entries(names)) {
    if (/^[a-z][a-z0-9_.-]{0,63}$/.test(name)) continue;
    throw new LaurelConfigurationError(`"stripe.events.${kind}" must be 1 to 64 lower-case letters, digits, . _ or -.`);
  }
  return { webhookSecrets, secretKey: key, apiUrl, participantOf: participantOf ?? (() => null), events: names };
}

const isSecretKey = (text: string) => /^[rs]k_\S{4,}$/.test(text);
