import * as z from 'zod/mini';
import type { Operations } from './operation.ts';
import type { Routes } from './routes.ts';
import { reference } from './shapes.ts';

export const stripe = {
  webhook: {
    summary:
      'Stripe’s webhook of a programme: paid checkouts and invoices become conversions, refunds and disputes take them back.',
    access: ['public'],
    limit: 'webhook',
    params: z.strictObject({ program: reference }),
    rawBody: true,
    response: z.object({
      /** `repeated`: it had its effect before. `ignored`: it is of a kind that means nothing here. */
      outcome: z.enum(['applied', 'repeated', 'ignored']),
    }),
    problems: ['program_not_found', 'stripe_not_configured', 'webhook_invalid'],
  },
} as const satisfies Operations<Routes['stripe']>;
