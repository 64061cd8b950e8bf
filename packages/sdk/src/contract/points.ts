import * as z from 'zod/mini';
import type { Operations } from './operation.ts';
import type { Routes } from './routes.ts';
import { id, instant, reference, text } from './shapes.ts';

/** Points the host gave (or took, below zero) by itself. */
export const PointsAward = z.object({
  /** Slug of the contest. */
  contest: z.string(),
  participant: id,
  points: z.int(),
  idempotencyKey: z.string(),
  awardedAt: instant,
});

export const points = {
  award: {
    summary: 'Give (or take) points in a live contest, exactly once for each `idempotencyKey` of the contest.',
    access: ['secret'],
    limit: 'write',
    body: z.strictObject({
      contest: reference,
      participant: reference,
      /** Below zero to take points back. */
      points: z.int().check(
        z.minimum(-1_000_000_000),
        z.maximum(1_000_000_000),
        z.refine((value) => value !== 0, 'must not be 0'),
      ),
      idempotencyKey: text(255),
    }),
    status: 201,
    response: PointsAward,
    problems: ['contest_not_found', 'participant_not_found', 'contest_not_live', 'idempotency_key_reused'],
  },
} as const satisfies Operations<Routes['points']>;
