import * as z from 'zod/mini';
import { eventName } from './conversions.ts';
import type { Operations } from './operation.ts';
import type { Routes } from './routes.ts';
import { id, instant, list, money, page, reference, slug, text } from './shapes.ts';

/** When a rule gives: at sign-up, at the first conversion that counts, at each, at so many referrals, or by hand of a contest. */
export const rewardTriggers = ['referral', 'qualified', 'conversion', 'milestone', 'contest'] as const;

/** What became of a reward. `held` is being checked, `capped` and `waiting` earn nothing for now. */
export const rewardStates = [
  'held',
  'approved',
  'fulfilled',
  'capped',
  'waiting',
  'rejected',
  'reversed',
  'expired',
] as const;

const minor = z.int().check(z.minimum(1), z.maximum(9_000_000_000_000));
const currency = z.string().check(z.regex(/^[A-Z]{3}$/, 'must be three capital letters (ISO 4217)'));
/** Hundredths of a percent: 1,000 is 10 %. */
const basisPoints = z.int().check(z.minimum(1), z.maximum(10_000));
const count = (most: number) => z.int().check(z.minimum(1), z.maximum(most));

/** What a rule gives: money, a share of the conversion's amount, points of a contest, or something the host hands out. */
export const RewardValue = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('money'), minor, currency }),
  z.strictObject({
    kind: z.literal('percent'),
    basisPoints,
    /** Most for one conversion, in minor units of its currency. */
    mostMinor: z.optional(minor),
  }),
  z.strictObject({ kind: z.literal('points'), contest: reference, points: count(1_000_000_000) }),
  z.strictObject({
    kind: z.literal('coupon'),
    /** What the host's callback makes a code from, such as `10-off`. */
    coupon: text(100),
  }),
  z.strictObject({ kind: z.literal('item'), item: text(100) }),
]);

const metadataValue = z.union([text(500), z.number(), z.boolean()]);

/** What a conversion must be for a rule to give anything. All that are given must hold. */
export const RewardConditions = z.strictObject({
  /** ISO 3166-1 alpha-2, compared with the conversion's `metadata.country`. */
  countries: z.optional(
    z
      .array(z.string().check(z.regex(/^[A-Z]{2}$/, 'must be two capital letters (ISO 3166-1)')))
      .check(z.minLength(1), z.maxLength(250)),
  ),
  /** Compared with the conversion's `metadata.product`. */
  products: z.optional(z.array(text(200)).check(z.minLength(1), z.maxLength(200))),
  /** The least amount, in its own currency; other currencies do not count. */
  minimum: z.optional(z.strictObject({ minor, currency })),
  /** Facts the conversion's metadata must have: one of the values given for each. */
  metadata: z.optional(z.record(text(40), z.array(metadataValue).check(z.minLength(1), z.maxLength(50)))),
  /** Only the referee's first conversion of the rule's events. */
  firstPurchase: z.optional(z.boolean()),
});

/** How much one participant can get by a rule, in the programme's time zone. Amounts are minor units of each currency. */
export const RewardCaps = z.strictObject({
  perDay: z.optional(count(1_000_000)),
  perMonth: z.optional(count(1_000_000)),
  perYear: z.optional(count(1_000_000)),
  total: z.optional(count(1_000_000)),
  minorPerDay: z.optional(minor),
  minorPerMonth: z.optional(minor),
  minorPerYear: z.optional(minor),
  minorTotal: z.optional(minor),
});

const definition = {
  /** Who gets it. */
  to: z.enum(['referrer', 'referee']),
  on: z.enum(rewardTriggers),
  /** Events of conversions that count; none: all. */
  events: z._default(z.array(eventName).check(z.maxLength(20)), []),
  value: RewardValue,
  conditions: z.prefault(RewardConditions, {}),
  /** `milestone`: how many qualified referrals it takes, and whether it comes again at each multiple. */
  milestone: z.optional(z.strictObject({ referrals: count(1_000_000), repeats: z._default(z.boolean(), false) })),
  /** Other values from so many qualified referrals on; the highest reached counts. */
  tiers: z._default(
    z.array(z.strictObject({ referrals: count(1_000_000), value: RewardValue })).check(z.maxLength(20)),
    [],
  ),
  /** `conversion`: for how long after the sign-up, how many for each referee, and another rate at first. */
  recurring: z.optional(
    z.strictObject({
      months: z.optional(count(120)),
      conversions: z.optional(count(10_000)),
      introductory: z.optional(z.strictObject({ conversions: count(1_000), value: RewardValue })),
    }),
  ),
  /** `contest`: which one, and the prize of each place from the first. */
  contest: z.optional(
    z.strictObject({ contest: reference, prizes: z.array(RewardValue).check(z.minLength(1), z.maxLength(1000)) }),
  ),
  /** Days until it can be approved; left out: the programme's. */
  holdDays: z.optional(z.int().check(z.minimum(0), z.maximum(90))),
  caps: z.prefault(RewardCaps, {}),
  /** All that the rule may give, in one currency. */
  budget: z.optional(z.strictObject({ minor, currency })),
  /** How many rewards there are in all. */
  stock: z.optional(z.int().check(z.minimum(0), z.maximum(1_000_000_000))),
};

/** What a rule says. */
export const RewardDefinition = z.strictObject(definition);

export const RewardRule = z.object({
  id,
  program: z.string(),
  slug: z.string(),
  name: z.string(),
  version: z.int(),
  definition: RewardDefinition,
  /** What is left of stock and budget; `null` where there is no limit. */
  stockLeft: z.nullable(z.int()),
  budgetLeft: z.nullable(money),
  archivedAt: z.nullable(instant),
  createdAt: instant,
  updatedAt: instant,
});

/** What somebody earned, or would have. */
export const Reward = z.object({
  id,
  program: z.string(),
  rule: z.string(),
  ruleName: z.string(),
  ruleVersion: z.int(),
  participant: id,
  side: z.enum(['referrer', 'referee']),
  referral: z.nullable(id),
  /** Why: `referral:…`, `qualified:…`, `conversion:…`, `milestone:10`, `contest:…`. */
  cause: z.string(),
  kind: z.enum(['money', 'points', 'coupon', 'item']),
  /** What it is worth now: 0 while capped, waiting, or taken back. */
  amount: z.nullable(z.strictObject({ minor: z.int(), currency: z.string() })),
  points: z.nullable(z.int()),
  /** The coupon or item. */
  item: z.nullable(z.string()),
  /** The coupon code, once the host has made it. */
  code: z.nullable(z.string()),
  state: z.enum(rewardStates),
  /** Until when it is held; `null` when it is not, or nobody knows (a review). */
  heldUntil: z.nullable(instant),
  earnedAt: instant,
  updatedAt: instant,
});

/** Sums of one currency, in minor units. */
export const WalletBalance = z.object({
  currency: z.string(),
  /** Being checked. */
  held: z.int(),
  /** Approved and not paid yet. */
  approved: z.int(),
  /** In a payout on its way. */
  inPayout: z.int(),
  paid: z.int(),
});

export const Wallet = z.object({
  program: z.string(),
  balances: z.array(WalletBalance),
  rewards: z.array(z.omit(Reward, { participant: true, referral: true, cause: true })),
  nextCursor: z.nullable(z.string()),
  milestones: z.array(
    z.object({
      rule: z.string(),
      name: z.string(),
      /** Referrals it takes, and how many there are. */
      referrals: z.int(),
      reached: z.int(),
      value: RewardValue,
    }),
  ),
});

const params = z.strictObject({ rule: id });

export const rewardRules = {
  create: {
    summary: 'Add a reward rule to a programme. It counts from now on.',
    access: ['secret'],
    limit: 'write',
    params: z.strictObject({ program: reference }),
    body: z.strictObject({ slug, name: text(120), definition: RewardDefinition }),
    status: 201,
    response: RewardRule,
    problems: ['program_not_found', 'slug_taken', 'contest_not_found', 'rule_invalid'],
  },
  list: {
    summary: 'List the reward rules of a programme.',
    access: ['secret'],
    limit: 'read',
    params: z.strictObject({ program: reference }),
    query: z.strictObject(page),
    response: list(RewardRule),
    problems: ['program_not_found', 'invalid_cursor'],
  },
  get: {
    summary: 'Read a reward rule.',
    access: ['secret'],
    limit: 'read',
    params,
    response: RewardRule,
    problems: ['rule_not_found'],
  },
  update: {
    summary: 'Change a rule: a new version for what comes; what was earned keeps the version it was earned by.',
    access: ['secret'],
    limit: 'write',
    params,
    body: z.strictObject({
      name: z.optional(text(120)),
      definition: z.optional(RewardDefinition),
      archived: z.optional(z.boolean()),
    }),
    response: RewardRule,
    problems: ['rule_not_found', 'contest_not_found', 'rule_invalid'],
  },
} as const satisfies Operations<Routes['rewardRules']>;

export const rewards = {
  list: {
    summary: 'List rewards, newest first.',
    access: ['secret'],
    limit: 'read',
    query: z.strictObject({
      program: z.optional(reference),
      participant: z.optional(reference),
      state: z.optional(z.enum(rewardStates)),
      ...page,
    }),
    response: list(Reward),
    problems: ['program_not_found', 'participant_not_found', 'invalid_cursor'],
  },
  get: {
    summary: 'Read a reward.',
    access: ['secret'],
    limit: 'read',
    params: z.strictObject({ reward: id }),
    response: Reward,
    problems: ['reward_not_found'],
  },
  cancel: {
    summary: 'Take a reward away that has not been paid, with a reason. The other side’s stays.',
    access: ['secret'],
    limit: 'write',
    params: z.strictObject({ reward: id }),
    body: z.strictObject({ reason: text(200) }),
    response: Reward,
    problems: ['reward_not_found', 'reward_state_conflict'],
  },
  fulfil: {
    summary: 'Say that the host handed out an approved coupon or item.',
    access: ['secret'],
    limit: 'write',
    params: z.strictObject({ reward: id }),
    body: z.strictObject({ code: z.optional(text(200)), note: z.optional(text(200)) }),
    response: Reward,
    problems: ['reward_not_found', 'reward_state_conflict'],
  },
  wallet: {
    summary: 'What the caller earned: balances, rewards and milestones. A secret key names the `participant`.',
    access: ['participant', 'secret'],
    limit: 'read',
    params: z.strictObject({ program: reference }),
    query: z.strictObject({ participant: z.optional(reference), ...page }),
    response: Wallet,
    problems: ['program_not_found', 'participant_not_found', 'invalid_cursor'],
  },
} as const satisfies Operations<Routes['rewards']>;
