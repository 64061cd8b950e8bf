import * as z from 'zod/mini';
import { referralCode } from './clicks.ts';
import type { Operations } from './operation.ts';
import type { Routes } from './routes.ts';
import { id, instant, list, page, reference, text } from './shapes.ts';

export const referralStates = ['pending', 'qualified', 'approved', 'rejected', 'expired', 'reversed'] as const;

export const attributedBy = ['code', 'click', 'coupon', 'import'] as const;

/** The edge from referrer to referee. */
export const Referral = z.object({
  id,
  program: z.string(),
  state: z.enum(referralStates),
  /** How the referrer was found. */
  attributedBy: z.enum(attributedBy),
  createdAt: instant,
});

/** A referral with everything that happened to it. */
export const ReferralDetail = z.extend(Referral, {
  referrer: id,
  referee: id,
  channel: z.nullable(z.string()),
  /** Every change of state, first to last: who, and why. */
  history: z.array(
    z.object({
      from: z.nullable(z.enum(referralStates)),
      to: z.enum(referralStates),
      actor: z.string(),
      reason: z.string(),
      at: instant,
    }),
  ),
});

export const referrals = {
  create: {
    summary: 'Bind a new participant to the one who referred them, by click, code or the request’s own cookie.',
    access: ['secret', 'participant'],
    limit: 'write',
    body: z.strictObject({
      program: reference,
      /** The referee. A participant token may leave it out: it binds its own participant. */
      participant: z.optional(reference),
      clickId: z.optional(id),
      referralCode: z.optional(referralCode),
      /** The `Cookie` header the visitor sent to the host, for a host that calls from its backend. */
      cookie: z.optional(z.string().check(z.maxLength(8000))),
      /** What the host saw of the visitor, for a host that calls from its backend. Kept hashed, for a set time. */
      visitor: z.optional(z.strictObject({ ip: z.optional(text(64)), userAgent: z.optional(text(1000)) })),
    }),
    status: 201,
    response: Referral,
    problems: [
      'program_not_found',
      'participant_not_found',
      'code_not_found',
      'click_not_found',
      'already_referred',
      'program_archived',
      'self_referral',
      'attribution_missing',
      'attribution_window_expired',
    ],
  },
  list: {
    summary: 'List referrals, newest first.',
    access: ['secret', 'staff'],
    limit: 'read',
    query: z.strictObject({
      program: z.optional(reference),
      referrer: z.optional(reference),
      referee: z.optional(reference),
      state: z.optional(z.enum(referralStates)),
      ...page,
    }),
    response: list(ReferralDetail),
    problems: ['program_not_found', 'participant_not_found', 'invalid_cursor'],
  },
  get: {
    summary: 'Read a referral with its history.',
    access: ['secret', 'staff'],
    limit: 'read',
    params: z.strictObject({ referral: id }),
    response: ReferralDetail,
    problems: ['referral_not_found'],
  },
} as const satisfies Operations<Routes['referrals']>;
