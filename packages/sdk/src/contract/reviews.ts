import * as z from 'zod/mini';
import type { Operations } from './operation.ts';
import { referralStates } from './referrals.ts';
import type { Routes } from './routes.ts';
import { id, instant, list, page, reference, text } from './shapes.ts';

/** The group a signal belongs to. */
export const riskGroups = ['list', 'person', 'email', 'timing', 'value', 'velocity', 'traffic', 'graph'] as const;
/** How strict a programme is about the sum of the weights. */
export const riskModes = ['off', 'loose', 'normal', 'strict'] as const;
export const riskSeverities = ['low', 'medium', 'high'] as const;

/** Something that made a referral look odd, in words for whoever looks after it. */
export const RiskSignal = z.object({
  /** Stable name, such as `same_email`. */
  code: z.string(),
  group: z.enum(riskGroups),
  weight: z.int(),
  severity: z.enum(riskSeverities),
  /** One sentence (English). Holds no e-mail address and no IP address. */
  reason: z.string(),
});

/** `open`: waits for a decision. A rejection can be appealed once; then it is `appealed` until decided again. */
export const reviewStates = ['open', 'approved', 'rejected', 'appealed'] as const;

/** The two sides of a referral: each can be decided about by itself. */
export const reviewSides = ['referrer', 'referee'] as const;

const person = z.object({
  id,
  externalId: z.string(),
  displayName: z.nullable(z.string()),
  /** The name only staff know. */
  name: z.nullable(z.string()),
});

export const Review = z.object({
  id,
  program: z.string(),
  /** What is left to do: where the sides differ, `appealed` comes before `open`, that before `rejected`. */
  state: z.enum(reviewStates),
  /** How each side stands. The referral itself, and its points, go with the referrer's. */
  sides: z.object({ referrer: z.enum(reviewStates), referee: z.enum(reviewStates) }),
  referral: z.object({ id, state: z.enum(referralStates), createdAt: instant }),
  referrer: person,
  referee: person,
  score: z.int(),
  mode: z.enum(riskModes),
  signals: z.array(RiskSignal),
  /** Rewards that wait for the decision. */
  rewardsHeld: z.int(),
  /** What the participant wrote. */
  appeal: z.nullable(z.string()),
  history: z.array(
    z.object({
      state: z.enum(reviewStates),
      /** `system`, `participant`, or who decided. */
      actor: z.string(),
      reason: z.string(),
      /** Whom it was about; `null`: both. */
      side: z.nullable(z.enum(reviewSides)),
      at: instant,
    }),
  ),
  openedAt: instant,
  updatedAt: instant,
});

/** A referral of the caller's own that was rejected or is being checked. */
export const OwnReview = z.object({
  id,
  state: z.enum(reviewStates),
  /** The name the caller may see of the other, if any. */
  referee: z.nullable(z.string()),
  /** What a participant is told: groups of signals, not how they are found. */
  groups: z.array(z.enum(riskGroups)),
  mayAppeal: z.boolean(),
  openedAt: instant,
});

/** What is listed: an e-mail address or domain, an IP address or range, or a participant. */
export const riskListKinds = ['email', 'email_domain', 'ip', 'participant'] as const;

export const RiskListing = z.object({
  id,
  program: z.nullable(z.string()),
  kind: z.enum(riskListKinds),
  /** What it is about; e-mail addresses are kept as a keyed hash, and shown as `a…@example.com`. */
  hint: z.string(),
  reason: z.string(),
  createdAt: instant,
});

const decision = { decision: z.enum(['approved', 'rejected']), reason: text(500) };

export const reviews = {
  list: {
    summary: 'The review queue, the oldest open ones first.',
    access: ['secret', 'staff'],
    limit: 'read',
    query: z.strictObject({
      program: z.optional(reference),
      state: z.optional(z.enum([...reviewStates, 'waiting'])),
      referrer: z.optional(reference),
      ...page,
    }),
    response: z.extend(list(Review), { waiting: z.int() }),
    problems: ['program_not_found', 'participant_not_found', 'invalid_cursor'],
  },
  get: {
    summary: 'Read a review.',
    access: ['secret', 'staff'],
    limit: 'read',
    params: z.strictObject({ review: id }),
    response: Review,
    problems: ['review_not_found'],
  },
  decide: {
    summary: 'Approve or reject, one or many at once, with a reason. Deciding the same again changes nothing.',
    access: ['secret', 'staff'],
    limit: 'write',
    body: z.strictObject({
      reviews: z.array(id).check(z.minLength(1), z.maxLength(100)),
      ...decision,
      /** Decides about this side alone, its rewards and appeal; the other stays as it is. Both without it. */
      side: z.optional(z.enum(reviewSides)),
      /** Who decides, when a secret key speaks for them. Staff are known. */
      actor: z.optional(text(100)),
    }),
    response: z.object({ decided: z.array(id), unchanged: z.array(id) }),
    problems: ['review_not_found'],
  },
  mine: {
    summary: 'The caller’s own referrals that are being checked or were rejected.',
    access: ['participant', 'secret'],
    limit: 'read',
    params: z.strictObject({ program: reference }),
    query: z.strictObject({ participant: z.optional(reference), ...page }),
    response: list(OwnReview),
    problems: ['program_not_found', 'participant_not_found', 'invalid_cursor'],
  },
  appeal: {
    summary: 'Ask for another look at a rejected referral, once.',
    access: ['participant'],
    limit: 'write',
    params: z.strictObject({ review: id }),
    body: z.strictObject({ message: text(1000) }),
    response: OwnReview,
    problems: ['review_not_found', 'review_state_conflict'],
  },
} as const satisfies Operations<Routes['reviews']>;

/** Weights by signal code; 0 leaves a signal out. */
const weights = z.record(text(40), z.int().check(z.minimum(0), z.maximum(1000)));

export const risk = {
  listings: {
    summary: 'What is listed as a risk.',
    access: ['secret'],
    limit: 'read',
    query: z.strictObject(page),
    response: list(RiskListing),
    problems: ['invalid_cursor'],
  },
  addListing: {
    summary: 'List an e-mail address, a domain, an IP address or range, or a participant.',
    access: ['secret'],
    limit: 'write',
    body: z.strictObject({
      program: z.optional(reference),
      kind: z.enum(riskListKinds),
      value: text(320),
      reason: text(200),
    }),
    status: 201,
    response: RiskListing,
    problems: ['program_not_found', 'participant_not_found', 'listing_invalid'],
  },
  removeListing: {
    summary: 'Take something off the list.',
    access: ['secret'],
    limit: 'write',
    params: z.strictObject({ listing: id }),
    body: z.strictObject({}),
    response: RiskListing,
    problems: ['listing_not_found'],
  },
  dryRun: {
    summary:
      'What a rule set would have held of the newest 50,000 referrals, and how that agrees with reviews. Changes nothing.',
    access: ['secret'],
    limit: 'write',
    params: z.strictObject({ program: reference }),
    body: z.strictObject({
      days: z._default(z.int().check(z.minimum(1), z.maximum(400)), 90),
      mode: z._default(z.enum(riskModes), 'normal'),
      weights: z._default(weights, {}),
    }),
    response: z.object({
      referrals: z.int(),
      passed: z.int(),
      held: z.int(),
      rejected: z.int(),
      /** Of those held or rejected that were reviewed: how many reviewers rejected. `null`: none was reviewed. */
      precision: z.nullable(z.number()),
      /** Of those that reviewers rejected: how many would have been held or rejected. */
      recall: z.nullable(z.number()),
      reviewed: z.int(),
      /** Referrals older than what is kept of addresses and devices: judged by those signals as they were assessed then. */
      fromAssessments: z.int(),
      bySignal: z.array(
        z.object({ code: z.string(), referrals: z.int(), reviewed: z.int(), precision: z.nullable(z.number()) }),
      ),
    }),
    problems: ['program_not_found'],
  },
} as const satisfies Operations<Routes['risk']>;
