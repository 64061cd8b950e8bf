import { at, day, uuid } from './time.ts';

/** A reward of a wallet as the API answers it. */
export interface GalleryReward {
  id: string;
  program: string;
  rule: string;
  ruleName: string;
  ruleVersion: number;
  side: 'referrer' | 'referee';
  kind: 'money' | 'points' | 'coupon' | 'item';
  amount: { minor: number; currency: string } | null;
  points: number | null;
  item: string | null;
  code: string | null;
  state: 'held' | 'approved' | 'fulfilled' | 'capped' | 'waiting' | 'rejected' | 'reversed' | 'expired';
  heldUntil: string | null;
  earnedAt: string;
  updatedAt: string;
}

let count = 0;

/** A reward, some days old; ten euros for a qualified friend unless told. */
export const rewardOf = (days: number, changes: Partial<GalleryReward> = {}): GalleryReward => {
  count += 1;
  return {
    id: uuid(1000 + count),
    program: 'friends',
    rule: uuid(3),
    ruleName: 'A friend’s first order',
    ruleVersion: 1,
    side: 'referrer',
    kind: 'money',
    amount: { minor: 1000, currency: 'EUR' },
    points: null,
    item: null,
    code: null,
    state: 'approved',
    heldUntil: null,
    earnedAt: at(-days * day),
    updatedAt: at(-days * day),
    ...changes,
  };
};

const thing = { kind: 'coupon' as const, amount: null, item: '10-off', ruleName: 'Welcome coupon' };

/** Rewards in every state. */
export const everyState = (): GalleryReward[] => [
  rewardOf(1, { state: 'held', heldUntil: at(13 * day) }),
  rewardOf(3, { state: 'held' }),
  rewardOf(5, { ...thing, state: 'fulfilled', code: 'MIRA-10-7K2F' }),
  rewardOf(6),
  rewardOf(8, { kind: 'points', amount: null, points: 50, ruleName: 'Points for the spring challenge' }),
  rewardOf(9, { state: 'capped', amount: { minor: 0, currency: 'EUR' } }),
  rewardOf(11, { kind: 'item', amount: null, item: 'Enamel mug', ruleName: 'Ten friends', state: 'waiting' }),
  rewardOf(12, { ...thing, state: 'approved' }),
  rewardOf(15, { state: 'rejected', amount: { minor: 0, currency: 'EUR' } }),
  rewardOf(16, { state: 'reversed', amount: { minor: 0, currency: 'EUR' } }),
  rewardOf(20, { ...thing, state: 'expired' }),
  rewardOf(30, { amount: { minor: 120_000, currency: 'JPY' }, ruleName: 'Share of a friend’s orders' }),
];

/** A review of a participant's own. */
export interface GalleryReview {
  id: string;
  state: 'open' | 'approved' | 'rejected' | 'appealed';
  referee: string | null;
  groups: ('list' | 'person' | 'email' | 'timing' | 'value' | 'velocity' | 'traffic' | 'graph')[];
  mayAppeal: boolean;
  openedAt: string;
}

/** A review, some days old. */
export const reviewOf = (days: number, changes: Partial<GalleryReview> = {}): GalleryReview => {
  count += 1;
  return {
    id: uuid(2000 + count),
    state: 'open',
    referee: null,
    groups: ['velocity'],
    mayAppeal: false,
    openedAt: at(-days * day),
    ...changes,
  };
};

/** What somebody has earned, in sums, rewards and milestones. */
export interface GalleryWallet {
  balances: { currency: string; held: number; approved: number; inPayout: number; paid: number }[];
  rewards: GalleryReward[];
  milestones: {
    rule: string;
    name: string;
    referrals: number;
    reached: number;
    value: { kind: 'money'; minor: number; currency: string } | { kind: 'item'; item: string };
  }[];
}

/** What is a participant's own beside their link and numbers. */
export interface Own {
  wallet: GalleryWallet;
  reviews: GalleryReview[];
  channels: { channel: string | null; clicks: number; referrals: number; conversions: number }[];
  introducedAs: string | null;
  referralCode: string;
  /** They have left the programme. */
  left: boolean;
}

const milestone = (name: string, referrals: number, reached: number, item?: string) => ({
  rule: uuid(4),
  name,
  referrals,
  reached,
  value: item ? { kind: 'item' as const, item } : { kind: 'money' as const, minor: 5000, currency: 'EUR' },
});

/** Nothing earned yet; clicks from three places. */
export const ownOf = (changes: Partial<Own> = {}): Own => ({
  wallet: { balances: [], rewards: [], milestones: [] },
  reviews: [],
  channels: [
    { channel: 'whatsapp', clicks: 81, referrals: 26, conversions: 12 },
    { channel: null, clicks: 30, referrals: 7, conversions: 5 },
    { channel: 'qr', clicks: 17, referrals: 4, conversions: 2 },
  ],
  introducedAs: 'Mira',
  referralCode: 'MIRA-7K2F',
  left: false,
  ...changes,
});

const euros = (held: number, approved: number, inPayout: number, paid: number) => ({
  currency: 'EUR',
  held,
  approved,
  inPayout,
  paid,
});

/** Every state of rewards and reviews there is. */
export const ownOfAll = (): Own =>
  ownOf({
    wallet: {
      balances: [
        euros(2000, 4500, 3000, 12_000),
        { currency: 'JPY', held: 0, approved: 120_000, inPayout: 0, paid: 0 },
      ],
      rewards: everyState(),
      milestones: [milestone('Regular', 20, 12), milestone('First ten friends', 10, 12, 'Enamel mug')],
    },
    reviews: [
      reviewOf(1),
      reviewOf(3),
      reviewOf(9, { state: 'rejected', referee: 'Joaquim', groups: ['person', 'timing'], mayAppeal: true }),
      reviewOf(14, { state: 'appealed', groups: ['email'] }),
    ],
  });

/** The first rewards of somebody. */
export const ownOfSome = (): Own =>
  ownOf({
    wallet: {
      balances: [euros(1000, 2000, 0, 0)],
      rewards: [rewardOf(2, { state: 'held', heldUntil: at(12 * day) }), rewardOf(9), rewardOf(21)],
      milestones: [milestone('Five friends', 5, 3)],
    },
  });

/** Names as long as they may be, in scripts of both directions, and more than has been earned taken back. */
export const ownOfStrange = (): Own => {
  const long = `${'Ein sehr langer Name, der nicht aufhören will '.repeat(2)}und doch`;
  return ownOf({
    wallet: {
      balances: [{ ...euros(900_000_000_000, -1500, 0, 9_007_199_254_740_991), currency: 'EUR' }],
      rewards: [
        rewardOf(1, { ruleName: long }),
        rewardOf(2, { ruleName: 'مكافأة لصديق جديد', state: 'held' }),
        rewardOf(3, {
          ...thing,
          ruleName: '<img src=x onerror=alert(1)>',
          item: long,
          code: 'A'.repeat(60),
          state: 'fulfilled',
        }),
        rewardOf(4, { ruleName: `🎁${'\u202E'}evil${'\u200B'}`, amount: { minor: 1, currency: 'EUR' } }),
      ],
      milestones: [milestone(long, 1_000_000, 999_999, long)],
    },
    reviews: [reviewOf(2, { state: 'rejected', referee: long, groups: ['graph'], mayAppeal: true })],
    channels: [{ channel: 'a'.repeat(40), clicks: 1_234_567, referrals: 98_765, conversions: 4_321 }],
    introducedAs: long.slice(0, 80),
  });
};
