import * as z from 'zod/mini';
import type { Operations } from './operation.ts';
import type { Routes } from './routes.ts';
import { instant, text } from './shapes.ts';

export const StaffToken = z.object({ token: z.string(), expiresAt: instant });

export const staff = {
  createToken: {
    summary: 'Mint a short-lived token with which somebody of the host’s staff may work in the browser.',
    access: ['secret'],
    limit: 'token',
    body: z.strictObject({
      /** Who it is, as the history of what they decide will say. */
      name: text(100),
      /** Seconds until the token expires. */
      expiresIn: z._default(z.int().check(z.minimum(30), z.maximum(3600)), 900),
    }),
    status: 201,
    response: StaffToken,
    problems: [],
  },
} as const satisfies Operations<Routes['staff']>;
