import { LaurelProblem } from '../problem.ts';
import type { StripeEvent } from '../stripe-options.ts';
import { isStorable } from './fields.ts';

/** How far the time of a signature may be from ours, in seconds, either way. */
const tolerance = 300;

/** Loaded when the first webhook comes: who does not use Stripe pays nothing for it. */
async function webhooks() {
  try {
    return (await import('stripe')).default.webhooks;
  } catch (cause) {
    throw new LaurelProblem('unavailable', 'Install the package "stripe" beside Laurel to take its webhooks.', {
      cause,
    });
  }
}

/**
 * The event of a webhook whose signature is right under one of the secrets.
 * @throws LaurelProblem webhook_invalid when it is forged, changed, late or early; unavailable without the package
 */
export async function verifiedEvent(
  body: Uint8Array,
  signature: string | null,
  secrets: readonly string[],
  now: Date,
): Promise<StripeEvent> {
  const stripe = await webhooks();
  // The package refuses what is late and takes what is early.
  const signedAt = Number(/(?:^|,)t=(\d{1,12})(?:,|$)/.exec(signature ?? '')?.[1] ?? Number.NaN);
  if (signedAt - now.getTime() / 1000 <= tolerance) {
    for (const secret of secrets) {
      const event = await stripe
        .constructEventAsync(Buffer.from(body), signature ?? '', secret, tolerance, undefined, now.getTime())
        .catch(refusal);
      if (isEvent(event)) return event;
    }
  }
  throw new LaurelProblem(
    'webhook_invalid',
    'The Stripe-Signature does not fit the body and this endpoint’s secret, or is more than 5 minutes off.',
  );
}

/** A signature that does not fit, or a body that is not JSON. */
function refusal(error: unknown): null {
  const { type } = error as { type?: unknown };
  if (type === 'StripeSignatureVerificationError' || error instanceof SyntaxError) return null;
  throw error;
}

function isEvent(value: unknown): value is StripeEvent {
  const { id, type, created } = (value ?? {}) as Record<string, unknown>;
  // The last year that an instant may be of.
  const isInstant = Number.isSafeInteger(created) && Number(created) >= 0 && Number(created) < 253_402_300_800;
  return typeof id === 'string' && typeof type === 'string' && isStorable(id) && isInstant;
}
