import type { OwnReview, Review } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import { ownSide, sidesJson } from './sides.ts';

type Answer = z.output<typeof Review>;

/** A review as `selectReviews` reads it. */
export type ReviewRow = Omit<Answer, 'openedAt' | 'updatedAt' | 'history' | 'rewardsHeld' | 'referral'> & {
  referral: Omit<Answer['referral'], 'createdAt'> & { createdAt: string };
  rewardsHeld: string | number;
  history: Answer['history'];
  openedAt: Date;
  updatedAt: Date;
};

const person = (schema: string, table: string) =>
  `jsonb_build_object('id', ${table}.id, 'externalId', ${table}.external_id, 'displayName', ${table}.display_name,
    'name', (select name from ${schema}.participant_private where participant_id = ${table}.id))`;

/** SQL that reads reviews with everything staff look at; conditions and order follow it. */
export const selectReviews = (schema: string) => `
select review.id, program.slug as program, review.state, ${sidesJson} as sides, review.score, review.mode, review.signals, review.appeal,
  jsonb_build_object('id', referral.id, 'state', referral.state, 'createdAt', referral.created_at) as referral,
  ${person(schema, 'referrer')} as referrer, ${person(schema, 'referee')} as referee,
  (select count(*) from ${schema}.reward where reward.referral_id = review.referral_id and reward.state = 'held') as "rewardsHeld",
  (select coalesce(jsonb_agg(jsonb_build_object('state', state, 'actor', actor, 'reason', reason, 'side', side, 'at', created_at) order by id), '[]')
    from ${schema}.review_event where review_id = review.id) as history,
  review.opened_at as "openedAt", review.updated_at as "updatedAt"
from ${schema}.review
join ${schema}.program on program.id = review.program_id
join ${schema}.referral on referral.id = review.referral_id
join ${schema}.participant referrer on referrer.id = review.referrer_id
join ${schema}.participant referee on referee.id = review.referee_id`;

/** A review as the API shows it to staff. */
export const reviewAnswer = (row: ReviewRow): Answer => ({
  ...row,
  rewardsHeld: Number(row.rewardsHeld),
  referral: { ...row.referral, createdAt: new Date(row.referral.createdAt).toISOString() },
  history: row.history.map((each) => ({ ...each, at: new Date(each.at).toISOString() })),
  openedAt: row.openedAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** A review as one of its participants reads it. */
export interface OwnRow {
  id: string;
  state: Answer['state'];
  referee: string | null;
  signals: Answer['signals'];
  appealed: boolean;
  openedAt: Date;
}

/**
 * SQL that reads reviews for a participant `$1` who takes part in them: of the other they learn a public name at most, and of
 * whoever invited them nothing that they do not know.
 */
export const selectOwnReviews = (schema: string) => `
select review.id, ${ownSide('$1')} as state, case when review.referrer_id = $1 then referee.display_name end as referee, review.signals,
  review.appeal is not null as appealed, review.opened_at as "openedAt"
from ${schema}.review join ${schema}.participant referee on referee.id = review.referee_id
where (review.referrer_id = $1 or review.referee_id = $1) and ${ownSide('$1')} <> 'approved'`;

/** A review as the API shows it to its participants: groups of signals, not how they are found. */
export const ownAnswer = ({ signals, appealed, openedAt, ...row }: OwnRow): z.output<typeof OwnReview> => ({
  ...row,
  groups: [...new Set(signals.map(({ group }) => group))],
  mayAppeal: row.state === 'rejected' && !appealed,
  openedAt: openedAt.toISOString(),
});
