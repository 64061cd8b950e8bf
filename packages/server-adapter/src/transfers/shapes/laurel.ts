import type { Shape } from '../shape.ts';

/** The tables of our own export. */
export const laurelShapes: readonly Shape[] = [
  {
    name: 'participants',
    needs: ['externalId', 'displayName', 'createdAt'],
    columns: {
      externalId: ['externalId'],
      displayName: ['displayName'],
      avatarUrl: ['avatarUrl'],
      email: ['email'],
      metadata: ['metadata'],
      createdAt: ['createdAt'],
    },
  },
  {
    name: 'codes',
    needs: ['externalId', 'code'],
    columns: {
      externalId: ['participant'],
      code: ['code'],
      codeKind: ['kind'],
      codePrimary: ['primary'],
      codeCreatedAt: ['createdAt'],
    },
  },
  {
    name: 'referrals',
    needs: ['externalId', 'referrerExternalId', 'state'],
    columns: {
      externalId: ['referee'],
      referrerExternalId: ['referrer'],
      state: ['state'],
      channel: ['channel'],
      referredAt: ['createdAt'],
    },
  },
  {
    name: 'conversions',
    needs: ['externalId', 'conversionId', 'event', 'convertedAt'],
    columns: {
      externalId: ['participant'],
      conversionId: ['idempotencyKey'],
      event: ['event'],
      amountMinor: ['minor'],
      currency: ['currency'],
      conversionMetadata: ['metadata'],
      convertedAt: ['createdAt'],
      reversedAt: ['reversedAt'],
      referralId: ['referral'],
    },
  },
  {
    name: 'past-rewards',
    needs: ['externalId', 'rewardId', 'rewardMinor', 'rewardPaidAt'],
    columns: {
      externalId: ['participant'],
      rewardId: ['key'],
      rewardMinor: ['minor'],
      rewardCurrency: ['currency'],
      rewardPaidAt: ['paidAt'],
    },
    rewardTo: 'own',
  },
];
