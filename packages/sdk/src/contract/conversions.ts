import * as z from 'zod/mini';
import { referralCode } from './clicks.ts';
import type { Operations } from './operation.ts';
import type { Routes } from './routes.ts';
import { id, instant, metadata, money, reference, text } from './shapes.ts';

/** The name of a host's event, such as `purchase`. */
export const eventName = z
  .string()
  .check(z.regex(/^[a-z][a-z0-9_.-]{0,63}$/, 'must be 1 to 64 lower-case letters, digits, . _ or -'));

/** A qualifying event from the host. */
export const Conversion = z.object({
  id,
  program: z.string(),
  /** Id of the participant who converted. */
  participant: id,
  event: z.string(),
  amount: z.nullable(money),
  idempotencyKey: z.string(),
  metadata,
  /** Whether a referrer is credited. */
  attributed: z.boolean(),
  createdAt: instant,
  reversedAt: z.nullable(instant),
});

export const conversions = {
  create: {
    summary: 'Record a conversion, exactly once for each `idempotencyKey` of the programme.',
    access: ['secret'],
    limit: 'write',
    body: z.strictObject({
      program: reference,
      /** Who converted (the referee); their referrer is credited. */
      participant: reference,
      event: eventName,
      amount: z.optional(money),
      idempotencyKey: text(255),
      metadata: z.optional(metadata),
      /** A referral code typed at the checkout: binds the participant to its owner, unless somebody referred them before. */
      couponCode: z.optional(referralCode),
      /** The host’s stable reference of what was paid with, such as a card’s fingerprint. Kept hashed, for a set time. */
      payment: z.optional(text(255)),
    }),
    status: 201,
    response: Conversion,
    problems: [
      'program_not_found',
      'participant_not_found',
      'program_archived',
      'idempotency_key_reused',
      'code_not_found',
      'self_referral',
    ],
  },
  reverse: {
    summary: 'Take a conversion back (refund, charge-back), wholly or in part: compensating rows, exactly once.',
    access: ['secret'],
    limit: 'write',
    params: z.strictObject({ conversion: id }),
    body: z.strictObject({
      reason: z.optional(text(200)),
      /** Minor units given back, at most what is left; all of it where it is left out. */
      amount: z.optional(z.int().check(z.minimum(1), z.maximum(9_000_000_000_000))),
      /** Tells this part from others: the id of your refund. Without it the same `amount` of the same id is one refund. */
      idempotencyKey: z.optional(text(255)),
    }),
    /** The conversion that counts from now on, over what is left; the reversed one where nothing is left. */
    response: Conversion,
    problems: ['conversion_not_found', 'refund_too_large', 'idempotency_key_reused', 'program_archived'],
  },
} as const satisfies Operations<Routes['conversions']>;
