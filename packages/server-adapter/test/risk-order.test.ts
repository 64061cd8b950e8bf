import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookedAt, type SignUp, signUp } from './crowd.ts';
import { seed, sql, storageName, testLaurel } from './support.ts';

/** A small world in which most signals can come up. */
const crowd: fc.Arbitrary<SignUp[]> = fc
  .array(
    fc.record({
      referrer: fc.constantFrom('ada', 'bob'),
      minutesAgo: fc.integer({ min: 1, max: 100 }),
      address: fc.constantFrom('home', 'office', 'train'),
      device: fc.constantFrom('one', 'two'),
      domain: fc.constantFrom('gmail.com', 'own.example', 'mailinator.com'),
      mailbox: fc.integer({ min: 0, max: 20 }),
      datacentre: fc.boolean(),
    }),
    { minLength: 35, maxLength: 50 },
  )
  .map((all) =>
    all.map(({ domain, mailbox, ...rest }, index) => ({
      ...{ ...rest, referee: `p${index}`, name: `Person ${index % 4}` },
      email: `somebody${mailbox}+${index}@${domain}`,
    })),
  );

describe(`what the checks come to (${storageName})`, () => {
  it('does not depend on the order in which referrals are looked at, nor on how often', async () => {
    const concluded = async (people: readonly SignUp[], turn: (ids: readonly string[]) => readonly string[][]) => {
      const laurel = await testLaurel();
      await seed(laurel.api, ['ada', 'bob']);
      await signUp(laurel, people);
      await lookedAt(laurel);
      const ids = await sql<{ id: string }>(laurel, 'select id::text from $schema.referral order by created_at, id');
      for (const some of turn(ids.map(({ id }) => id))) {
        await sql(
          laurel,
          `insert into $schema.referral_intake (program_id, referral_id)
           select program_id, referral.id from unnest($1::uuid[]) with ordinality as given(id, at)
           join $schema.referral on referral.id = given.id order by at`,
          [some],
        );
        await lookedAt(laurel);
      }
      const rows = await sql<{ who: string }>(
        laurel,
        `select external_id as who, latest.decision, latest.score, review.state, signals.codes
         from $schema.referral join $schema.participant on participant.id = referee_id
         cross join lateral (select * from $schema.risk_assessment where referral_id = referral.id order by id desc limit 1) latest
         left join $schema.review on review.referral_id = referral.id
         cross join lateral (select array_agg(each->>'code') as codes from jsonb_array_elements(latest.signals) each) signals
         order by external_id`,
      );
      await laurel.close();
      return rows;
    };
    await fc.assert(
      fc.asyncProperty(crowd, async (people) => {
        const once = await concluded(people, () => []);
        const often = await concluded([...people].reverse(), (ids) => [
          [...ids].reverse(),
          [...ids, ...ids],
          ids.slice(7),
        ]);
        expect(often).toEqual(once);
        expect(once.length).toBe(people.length);
      }),
      { numRuns: 2, endOnFailure: true },
    );
  }, 60_000);
});
