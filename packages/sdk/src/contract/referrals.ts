import * as z from 'zod/mini';
import { referralCode } from './clicks.ts';
import type { Operations } from './operation.ts';
import type { Routes } from './routes.ts';
import { id, instant, reference } from './shapes.ts';

export const referralStates = ['pending', 'qualified', 'approved', 'rejected', 'expired', 'reversed'] as const;

/** The edge from referrer to referee. */
export const Referral = z.object({
  id,
  program: z.string(),
  state: z.enum(referralStates),
  /** How the referrer was found. */
  attributedBy: z.enum(['code', 'click']),
  createdAt: instant,
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
} as const satisfies Operations<Routes['referrals']>;
