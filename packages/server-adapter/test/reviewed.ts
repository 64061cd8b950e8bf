import type { TestLaurel } from '../src/testing.ts';
import { sql } from './support.ts';

/** Something listed, and rejected reviews of all referrals, oldest first: also where nothing runs in the background. */
export async function reviewed(laurel: TestLaurel): Promise<{ review: string; listing: string; others: string[] }> {
  const { id: listing } = await laurel.api.risk.addListing({
    ...{ kind: 'email_domain', value: 'rival.example', reason: 'A rival' },
  });
  const rows = await sql<{ id: string }>(
    laurel,
    `with made as (
       insert into $schema.review (id, program_id, referral_id, referrer_id, referee_id, state, score, mode, signals)
       select gen_random_uuid(), program_id, id, referrer_id, referee_id, 'rejected', 50, 'normal', '[]'
       from $schema.referral returning id, referral_id
     ), written as (
       insert into $schema.review_event (review_id, state, actor, reason) select id, 'rejected', 'system', 'canary-reason' from made
     ) select id::text from made order by referral_id`,
  );
  const [review = '', ...others] = rows.map(({ id }) => id);
  return { listing, review, others };
}
