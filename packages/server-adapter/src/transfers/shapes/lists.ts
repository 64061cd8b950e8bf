import { importFields, type Shape } from '../shape.ts';

/** GrowSurf's participant object. */
export const growSurfShapes: readonly Shape[] = [
  {
    name: 'participants',
    needs: ['id', 'email'],
    columns: {
      id: ['id'],
      email: ['email'],
      firstName: ['firstName', 'First Name'],
      lastName: ['lastName', 'Last Name'],
      link: ['shareUrl', 'Share URL'],
      createdAt: ['createdAt'],
      referredAt: ['createdAt'],
      referrerId: ['referrer.id', 'referredBy'],
      referrerEmail: ['referrer.email'],
      state: ['referralStatus'],
    },
    states: { credit_pending: 'pending', credit_awarded: 'approved', credit_expired: 'expired' },
  },
];

/** Viral Loops' participant, as its API answers and as its own CSV import wants it. */
export const viralLoopsShapes: readonly Shape[] = [
  {
    name: 'participants',
    needs: ['email'],
    columns: {
      id: ['id', 'user.id'],
      email: ['email', 'user.email'],
      firstName: ['firstname', 'user.firstname'],
      lastName: ['lastname', 'user.lastname'],
      code: ['referralCode', 'user.referralCode'],
      createdAt: ['createdAt', 'user.createdAt'],
      referredAt: ['createdAt', 'user.createdAt'],
      referrerId: ['referrerId', 'referrer.id'],
      referrerEmail: ['referrer.email'],
      referrerCode: ['referrer.referralCode', 'referrer'],
    },
  },
];

/** ReferralHero's subscriber object. */
export const referralHeroShapes: readonly Shape[] = [
  {
    name: 'subscribers',
    needs: ['id', 'email'],
    columns: {
      id: ['id'],
      email: ['email'],
      name: ['name'],
      code: ['code'],
      createdAt: ['created_at'],
      referredAt: ['created_at'],
      referrerId: ['referred_by.id'],
      referrerEmail: ['referred_by.email'],
      referrerName: ['referred_by.name'],
      referrerCode: ['referred_by.code'],
      conversionId: ['transaction_id'],
      amount: ['referral_value'],
      convertedAt: ['created_at'],
    },
  },
];

/** A table of anybody's: its columns are named like our fields. */
export const csvShapes: readonly Shape[] = [
  { name: 'table', needs: [], columns: Object.fromEntries(importFields.map((field) => [field, [field]])) },
];
