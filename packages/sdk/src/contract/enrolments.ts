import * as z from 'zod/mini';
import type { Operations } from './operation.ts';
import { optional } from './optional.ts';
import type { Routes } from './routes.ts';
import { id, instant, instantInput, list, money, page, reference, slug, text, timeZone } from './shapes.ts';

/** `waiting` for a seat, `unpaid` with a seat kept for a while, `active`, `cancelled`. */
export const enrolmentStates = ['waiting', 'unpaid', 'active', 'cancelled'] as const;

/** Somebody in a course. */
export const Enrolment = z.object({
  id,
  /** Slug of the course. */
  course: z.string(),
  participant: id,
  /** Slug of the cohort. */
  cohort: z.nullable(z.string()),
  state: z.enum(enrolmentStates),
  /** `waiting`: how manieth in the line, from 1. */
  position: z.nullable(z.int()),
  /** `unpaid`: what is to be paid, and until when the seat is kept. */
  price: z.nullable(money),
  payBy: z.nullable(instant),
  /** The version of the curriculum. */
  version: z.int(),
  timeZone: z.string(),
  percent: z.int(),
  /** When the last of what counts was done; never taken back. */
  completedAt: z.nullable(instant),
  enrolledAt: instant,
  updatedAt: instant,
});

/** A group that learns together. */
export const Cohort = z.object({
  id,
  course: z.string(),
  slug: z.string(),
  name: z.string(),
  startsAt: z.nullable(instant),
  endsAt: z.nullable(instant),
  /** When one may enrol. */
  opensAt: z.nullable(instant),
  closesAt: z.nullable(instant),
  seats: z.nullable(z.int()),
  seatsLeft: z.nullable(z.int()),
  /** Told to the host only. */
  learners: z.nullable(z.int()),
  createdAt: instant,
});

const cohortFields = {
  name: text(120),
  startsAt: z.nullable(instantInput),
  endsAt: z.nullable(instantInput),
  opensAt: z.nullable(instantInput),
  closesAt: z.nullable(instantInput),
  seats: z.nullable(z.int().check(z.minimum(1), z.maximum(1_000_000))),
};

const host = ['secret', 'staff'] as const;
const course = z.strictObject({ course: reference });
const params = z.strictObject({ enrolment: id });

export const enrolments = {
  enroll: {
    summary: 'Enrol: a participant themself, or the host for somebody. Once; enrolling again answers what is there.',
    access: ['participant', 'staff', 'secret'],
    limit: 'write',
    params: course,
    body: z.strictObject({
      /** For the host: whom. */
      participant: z.optional(reference),
      /** For the host: a seat without payment. */
      free: z.optional(z.boolean()),
      cohort: z.optional(reference),
      /** The learner’s zone; where they learnt last unless told, else the course’s. It moves with what they tell of learning. */
      timeZone: z.optional(timeZone),
    }),
    response: Enrolment,
    problems: [
      'course_not_found',
      'course_not_published',
      'participant_not_found',
      'cohort_not_found',
      'enrolment_closed',
      'course_full',
    ],
  },
  list: {
    summary: 'Enrolments: the caller’s own, or for the host those of a course or participant.',
    access: ['participant', 'staff', 'secret'],
    limit: 'read',
    query: z.strictObject({
      ...page,
      course: z.optional(reference),
      participant: z.optional(reference),
      cohort: z.optional(reference),
      state: z.optional(z.enum(enrolmentStates)),
    }),
    response: list(Enrolment),
    problems: ['invalid_cursor', 'course_not_found', 'participant_not_found', 'cohort_not_found'],
  },
  get: {
    summary: 'Read an enrolment. A participant reads their own.',
    access: ['participant', 'staff', 'secret'],
    limit: 'read',
    params,
    response: Enrolment,
    problems: ['enrolment_not_found'],
  },
  cancel: {
    summary: 'Cancel an enrolment. Its progress is kept, its seat goes to the first who waits.',
    access: ['participant', 'staff', 'secret'],
    limit: 'write',
    params,
    body: z.strictObject({
      reason: z.optional(text(500)),
      /** Only while it is in this state, the one its caller knows: a seat may have come free meanwhile. */
      from: z.optional(z.enum(['waiting', 'unpaid', 'active'])),
    }),
    response: Enrolment,
    problems: ['enrolment_not_found', 'enrolment_state_conflict'],
  },
  move: {
    summary: 'Move a learner to another cohort, or to none.',
    access: host,
    limit: 'write',
    params,
    body: z.strictObject({ cohort: z.nullable(reference) }),
    response: Enrolment,
    problems: ['enrolment_not_found', 'cohort_not_found', 'course_full', 'enrolment_state_conflict'],
  },
  checkout: {
    summary: 'Where to pay for an unpaid seat (a Stripe Checkout session).',
    access: ['participant', 'staff', 'secret'],
    limit: 'write',
    params,
    body: z.strictObject({
      /** Where Stripe sends the learner after; on an origin the host allows. */
      successUrl: text(2000),
      cancelUrl: text(2000),
    }),
    response: z.object({ url: z.string(), expiresAt: instant }),
    problems: ['enrolment_not_found', 'enrolment_state_conflict', 'payment_not_configured', 'landing_not_allowed'],
  },
  paid: {
    summary: 'Say that a seat was paid for elsewhere.',
    access: ['secret'],
    limit: 'write',
    params,
    body: z.strictObject({ reference: text(200) }),
    response: Enrolment,
    problems: ['enrolment_not_found', 'enrolment_state_conflict'],
  },
  stripeWebhook: {
    summary: 'Stripe’s webhook for seats: a paid session opens the course, a refund of all of it closes it.',
    access: ['public'],
    limit: 'webhook',
    rawBody: true,
    keyed: false,
    response: z.object({ outcome: z.enum(['applied', 'repeated', 'ignored']) }),
    problems: ['webhook_invalid', 'raw_body_missing', 'stripe_not_configured'],
  },
  createCohort: {
    summary: 'Create a cohort.',
    access: host,
    limit: 'write',
    params: course,
    body: z.strictObject({
      slug,
      name: cohortFields.name,
      startsAt: z._default(cohortFields.startsAt, null),
      endsAt: z._default(cohortFields.endsAt, null),
      opensAt: z._default(cohortFields.opensAt, null),
      closesAt: z._default(cohortFields.closesAt, null),
      seats: z._default(cohortFields.seats, null),
    }),
    status: 201,
    response: Cohort,
    problems: ['course_not_found', 'slug_taken', 'cohort_invalid'],
  },
  listCohorts: {
    summary: 'The cohorts of a course, the next to start first.',
    access: ['publishable', 'participant', 'staff', 'secret'],
    limit: 'read',
    params: course,
    query: z.strictObject(page),
    response: list(Cohort),
    problems: ['course_not_found', 'invalid_cursor'],
  },
  updateCohort: {
    summary: 'Change the fields of a cohort that are given.',
    access: host,
    limit: 'write',
    params: z.strictObject({ course: reference, cohort: reference }),
    body: z.strictObject(optional(cohortFields)),
    response: Cohort,
    problems: ['course_not_found', 'cohort_not_found', 'cohort_invalid'],
  },
} as const satisfies Operations<Routes['enrolments']>;
