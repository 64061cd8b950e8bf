import * as z from 'zod/mini';
import { id, money } from './shapes.ts';

/**
 * The event catalogue: name → payload. Events are written in the transaction of their cause and delivered at least
 * once after it commits; each has an id by which a receiver can tell a repetition.
 */
export const events = {
  'participant.created': z.object({ participant: id }),
  'program.created': z.object({ program: id }),
  'program.updated': z.object({ program: id }),
  'contest.created': z.object({ contest: id, program: id }),
  'contest.updated': z.object({ contest: id, program: id }),
  'click.recorded': z.object({ click: id, program: id, referrer: id }),
  'referral.created': z.object({ referral: id, program: id, referrer: id, referee: id }),
  'referral.qualified': z.object({ referral: id, program: id, referrer: id, referee: id }),
  'conversion.recorded': z.object({
    conversion: id,
    program: id,
    participant: id,
    /** `null` when nobody referred the participant. */
    referrer: z.nullable(id),
    event: z.string(),
    amount: z.nullable(money),
  }),
  'conversion.reversed': z.object({ conversion: id, program: id, participant: id, referrer: z.nullable(id) }),
  /** Points the host gave or took by itself. */
  'points.awarded': z.object({ contest: id, participant: id, points: z.int(), idempotencyKey: z.string() }),
  /** Laurel stopped sending to an endpoint: it answered 410 (`gone`), or nothing else than failures for days (`failing`). */
  'webhook.disabled': z.object({ endpoint: id, reason: z.enum(['gone', 'failing']) }),
} as const;

export type EventName = keyof typeof events;
export type EventPayload<Name extends EventName> = z.output<(typeof events)[Name]>;
