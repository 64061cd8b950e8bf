import * as z from 'zod/mini';
import { hostEvent } from './course-rules.ts';
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

/** Events of scoring rules that Laurel counts by itself. */
const othersEvents = ['referral', 'lesson.completed', 'unit.completed', 'course.completed'];

export const points = {
  award: {
    summary: 'Give (or take) points in a live contest, exactly once for each `idempotencyKey` of the contest.',
    access: ['secret'],
    limit: 'write',
    body: z
      .strictObject({
        contest: reference,
        participant: reference,
        /** Below zero to take points back. Or name the `event`. */
        points: z.optional(
          z.int().check(
            z.minimum(-1_000_000_000),
            z.maximum(1_000_000_000),
            z.refine((value) => value !== 0, 'must not be 0'),
          ),
        ),
        /** An event of your own: worth what the contest’s `scoring` says of exactly this name (`*` does not count it). */
        event: z.optional(
          hostEvent.check(
            z.refine(
              (name) => !othersEvents.includes(name),
              'must be an event of your own: Laurel counts this one by itself',
            ),
          ),
        ),
        idempotencyKey: text(255),
      })
      .check(
        z.refine((body) => (body.points === undefined) !== (body.event === undefined), {
          path: ['points'],
          error: 'must be given, or event instead of it',
        }),
      ),
    status: 201,
    response: PointsAward,
    problems: [
      'contest_not_found',
      'participant_not_found',
      'contest_not_live',
      'event_not_scored',
      'idempotency_key_reused',
    ],
  },
} as const satisfies Operations<Routes['points']>;
