import type { Shape } from '../shape.ts';

const promoter = {
  referrerId: ['promoter_campaign.promoter.id', 'promoter_campaign.promoter_id'],
  referrerEmail: ['promoter_campaign.promoter.email'],
  referrerName: ['promoter_campaign.promoter.name'],
} as const;

/** FirstPromoter's promoters, referrals and commissions (admin API, version 2). */
export const firstPromoterShapes: readonly Shape[] = [
  {
    name: 'promoters',
    needs: ['id', 'email', 'name'],
    columns: {
      id: ['id'],
      externalId: ['cust_id'],
      email: ['email'],
      name: ['name'],
      code: ['promoter_campaigns.*.ref_token', 'promotions.*.ref_id', 'default_ref_id', 'ref_id'],
      createdAt: ['joined_at', 'created_at'],
    },
    people: { own: 'promoter', referrer: 'promoter' },
  },
  {
    name: 'referrals',
    needs: ['id', 'referrerId', 'state'],
    columns: {
      ...promoter,
      id: ['id'],
      externalId: ['uid'],
      email: ['email'],
      state: ['state'],
      referredAt: ['created_at'],
    },
    people: { own: 'referral', referrer: 'promoter' },
    states: {
      subscribed: 'pending',
      signup: 'pending',
      pending: 'pending',
      active: 'approved',
      cancelled: 'approved',
      refunded: 'reversed',
      denied: 'rejected',
      moved: null,
    },
  },
  {
    name: 'commissions',
    needs: ['id', 'referrerId', 'rewardId', 'rewardState'],
    columns: {
      ...promoter,
      id: ['referral.id'],
      externalId: ['referral.uid'],
      email: ['referral.email'],
      conversionId: ['event_id', 'id'],
      conversionKind: ['commission_type'],
      amountMinor: ['original_sale_amount', 'sale_amount'],
      currency: ['original_sale_currency'],
      convertedAt: ['created_at'],
      rewardId: ['id'],
      rewardMinor: ['amount'],
      rewardUnit: ['unit'],
      rewardState: ['is_paid'],
      rewardVerdict: ['status'],
      rewardPaidAt: ['status_updated_at', 'created_at'],
    },
    people: { own: 'referral', referrer: 'promoter' },
    saleKinds: ['sale'],
    rewardStates: { true: 'paid', false: 'unpaid' },
    takenBack: ['denied'],
  },
];
