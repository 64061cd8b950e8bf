import * as z from 'zod/mini';
import { reviewSides } from './reviews.ts';
import { id, instant, money } from './shapes.ts';

const referral = { referral: id, program: id, referrer: id, referee: id };
const reward = { reward: id, program: id, participant: id, rule: id, cause: z.string() };
const payout = { payout: id, batch: id, program: id, participant: id };
const winner = { winner: id, contest: id, program: id, participant: id, place: z.int(), prize: z.string() };
const review = { review: id, referral: id, program: id };

const enrolment = { enrolment: id, course: id, participant: id };

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
  'contest.started': z.object({ contest: id, program: id }),
  'contest.paused': z.object({ contest: id, program: id }),
  'contest.resumed': z.object({ contest: id, program: id }),
  'contest.extended': z.object({ contest: id, program: id, endsAt: instant }),
  'contest.frozen': z.object({ contest: id, program: id }),
  'contest.drawn': z.object({ contest: id, program: id }),
  'contest.closed': z.object({ contest: id, program: id }),
  'contest.joined': z.object({ contest: id, program: id, participant: id }),
  'contest.action_done': z.object({ contest: id, program: id, participant: id, action: z.string(), points: z.int() }),
  /** A prize of an instant win. */
  'contest.instant_won': z.object({ contest: id, program: id, participant: id, play: z.int(), prize: z.string() }),
  'contest.disqualified': z.object({ contest: id, program: id, participant: id, reason: z.string() }),
  'winner.selected': z.object(winner),
  'winner.claimed': z.object(winner),
  'winner.lapsed': z.object(winner),
  'click.recorded': z.object({ click: id, program: id, referrer: id }),
  'referral.created': z.object(referral),
  'referral.qualified': z.object(referral),
  'referral.approved': z.object(referral),
  'referral.rejected': z.object(referral),
  'referral.expired': z.object(referral),
  'referral.reversed': z.object(referral),
  'reward.earned': z.object(reward),
  'reward.approved': z.object(reward),
  'reward.rejected': z.object(reward),
  'reward.reversed': z.object(reward),
  'reward.fulfilled': z.object(reward),
  'payout.approved': z.object(payout),
  'payout.paid': z.object(payout),
  'payout.failed': z.object(payout),
  'review.opened': z.object(review),
  'review.decided': z.object({
    ...review,
    decision: z.enum(['approved', 'rejected']),
    /** The side it was about; left out where it was about both. */
    side: z.optional(z.enum(reviewSides)),
  }),
  'review.appealed': z.object(review),
  'course.created': z.object({ course: id }),
  'course.updated': z.object({ course: id }),
  'course.published': z.object({ course: id, version: z.int() }),
  'enrolment.created': z.object({ ...enrolment, state: z.enum(['waiting', 'unpaid', 'active']) }),
  /** A seat is free for somebody who waited, and kept until `payBy` for them to pay. */
  'enrolment.offered': z.object({ ...enrolment, payBy: instant }),
  /** A seat was got: at once, by payment, or from the line. */
  'enrolment.activated': z.object(enrolment),
  'enrolment.cancelled': z.object(enrolment),
  /** The learner moved to another version of the curriculum. */
  'enrolment.moved': z.object({ ...enrolment, from: z.int(), to: z.int() }),
  'lesson.completed': z.object({ ...enrolment, lesson: z.string() }),
  'unit.completed': z.object({ ...enrolment, unit: z.string() }),
  'course.completed': z.object(enrolment),
  /** A learner claims more than the clock allows. */
  'progress.suspected': z.object({ ...enrolment, lesson: z.string() }),
  'participant.joined': z.object({ participant: id, program: id }),
  'participant.left': z.object({ participant: id, program: id }),
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
