import { beforeEach, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { riskSteps } from './risk.ts';
import { ask, dump, eventually, refer, seed, sql, storageName, testLaurel } from './support.ts';

describe(`lists and dry runs (${storageName})`, () => {
  let laurel: TestLaurel;
  const { person, settled, assessments, codes, reviewOf, see } = riskSteps(() => laurel);

  beforeEach(async () => {
    laurel = await testLaurel();
    await seed(laurel.api, ['ada', 'bob', 'cleo', 'dora']);
  });

  const json = { 'content-type': 'application/json' };

  describe('a listing', () => {
    it('keeps an e-mail address as a hash, holds what it is about, now and later, and is listed once', async () => {
      await person('bob', 'bob.smith@gmail.com');
      const { id } = await refer(laurel.api, 'ada', 'bob');
      expect(await codes(id)).toEqual([]);
      const given = { kind: 'email', value: 'BobSmith+x@gmail.com', reason: 'Chargebacks' } as const;
      const listing = await laurel.api.risk.addListing(given);
      expect(listing).toMatchObject({ kind: 'email', hint: 'b…@gmail.com', program: null, reason: 'Chargebacks' });
      expect((await laurel.api.risk.addListing(given)).id).toBe(listing.id);
      expect(
        (await sql<{ text: string }>(laurel, 'select risk_listing::text as text from $schema.risk_listing'))[0]?.text,
      ).not.toMatch(/smith/i);
      await eventually(
        () => assessments(id),
        ({ length }) => length === 2,
      );
      expect(await reviewOf(id)).toMatchObject({ state: 'rejected', signals: [{ code: 'listed_email' }] });
      expect((await laurel.api.risk.listings({})).items).toEqual([listing]);
      expect(await laurel.api.risk.removeListing({ listing: listing.id })).toEqual(listing);
      expect(await laurel.api.risk.removeListing({ listing: listing.id })).toEqual(listing);
      expect((await laurel.api.risk.listings({})).items).toEqual([]);
      expect((await laurel.api.risk.addListing(given)).id).not.toBe(listing.id);
    });

    it('counts in its programme only, where it names one', async () => {
      await laurel.api.programs.create({ slug: 'other', name: 'Other', landingUrl: 'https://shop.example/' });
      await laurel.api.risk.addListing({
        program: 'other',
        kind: 'email_domain',
        value: 'rival.example',
        reason: 'Rival',
      });
      await laurel.api.risk.addListing({ kind: 'email_domain', value: 'worse.example', reason: 'Rival' });
      await person('bob', 'bob@rival.example');
      await person('cleo', 'cleo@worse.example');
      expect(await codes((await refer(laurel.api, 'ada', 'bob')).id)).toEqual([]);
      expect(await codes((await refer(laurel.api, 'ada', 'cleo')).id)).toEqual(['listed_domain']);
    });

    it('has the newest referrals that it is about looked at again', async () => {
      const quiet = await testLaurel({ background: false });
      await seed(quiet.api, ['ada']);
      const idOf = (n: string) => `('01890000-0000-7000-8000-' || lpad((${n})::text, 12, '0'))::uuid`;
      // The newest first, so that the order in which they lie in the table does not help.
      const people = '(select n from generate_series(1, 1500) n order by n % 7, n desc) each';
      await sql(
        quiet,
        `insert into $schema.participant (id, external_id) select ${idOf('n')}, 'p' || n from ${people}`,
      );
      await sql(
        quiet,
        `insert into $schema.participant_contact (participant_id, email, email_key, email_domain)
         select ${idOf('n')}, n || '@rival.example', 'key-' || n, 'rival.example' from ${people}`,
      );
      await sql(
        quiet,
        `insert into $schema.referral (id, program_id, referrer_id, referee_id, attributed_by, state)
         select ${idOf('5000 + n')}, program.id, ada.id, ${idOf('n')}, 'code', 'pending'
         from ${people}, $schema.program, $schema.participant ada where ada.external_id = 'ada'`,
      );
      await quiet.api.risk.addListing({ kind: 'email_domain', value: 'rival.example', reason: 'A rival' });
      const [row] = await sql<{ rows: number; first: string }>(
        quiet,
        'select count(*)::int as rows, min(referral_id::text) as first from $schema.referral_intake',
      );
      expect(row).toEqual({ rows: 1_000, first: '01890000-0000-7000-8000-000000005501' });
    });

    it('must be of its kind', async () => {
      for (const [kind, value] of [
        ['email', 'nobody'],
        ['email_domain', 'a b'],
        ['ip', '1.2.3'],
      ]) {
        const answer = await ask(laurel, 'POST', '/risk/listings', {
          ...{ credential: laurel.secretKey, headers: json },
          body: { kind, value, reason: 'x' },
        });
        expect(answer).toMatchObject({ status: 422, json: { code: 'listing_invalid' } });
      }
      await expect(
        laurel.api.risk.addListing({ kind: 'participant', value: 'nobody', reason: 'x' }),
      ).rejects.toMatchObject({ code: 'participant_not_found' });
    });
  });

  describe('a dry run', () => {
    it('says what rules would have held, how that agrees with reviewers, and changes nothing', async () => {
      await person('ada', 'ada@one.example');
      await person('bob', 'ada+bob@one.example');
      await person('cleo', 'ada+cleo@one.example');
      await person('dora', 'dora@two.example');
      const [bob, cleo] = [await refer(laurel.api, 'ada', 'bob'), await refer(laurel.api, 'ada', 'cleo')];
      await refer(laurel.api, 'ada', 'dora');
      await eventually(
        () => laurel.api.reviews.list({}),
        ({ waiting }) => waiting === 2,
      );
      const reviews = [await reviewOf(bob.id), await reviewOf(cleo.id)].map((review) => review?.id ?? '');
      await laurel.api.reviews.decide({ reviews: [reviews[0] ?? ''], decision: 'rejected', reason: 'Same.' });
      await laurel.api.reviews.decide({ reviews: [reviews[1] ?? ''], decision: 'approved', reason: 'Sisters.' });
      await settled();
      const before = await dump(laurel);
      expect(await laurel.api.risk.dryRun({ program: 'friends' })).toEqual({
        ...{
          referrals: 3,
          passed: 1,
          held: 2,
          rejected: 0,
          precision: 0.5,
          recall: 1,
          reviewed: 2,
          fromAssessments: 0,
        },
        bySignal: [{ code: 'same_email', referrals: 2, reviewed: 2, precision: 0.5 }],
      });
      expect(await laurel.api.risk.dryRun({ program: 'friends', weights: { same_email: 0 } })).toMatchObject({
        ...{ passed: 3, held: 0, precision: null, recall: 0 },
      });
      expect(await laurel.api.risk.dryRun({ program: 'friends', mode: 'strict' })).toMatchObject({ rejected: 2 });
      expect(await dump(laurel)).toEqual(before);
      await expect(laurel.api.risk.dryRun({ program: 'friends', weights: { nonsense: 1 } })).rejects.toMatchObject({
        code: 'validation_failed',
        errors: [{ pointer: '#/weights/nonsense' }],
      });
    });

    it('goes by what was assessed where addresses have been forgotten since', async () => {
      await see('ada', 'home');
      await see('bob', 'home');
      const { id } = await refer(laurel.api, 'ada', 'bob');
      expect(await codes(id)).toEqual(['same_device']);
      await sql(laurel, `update $schema.referral set created_at = created_at - interval '100 days'`);
      await sql(laurel, 'delete from $schema.sighting');
      expect(await laurel.api.risk.dryRun({ program: 'friends', days: 120 })).toMatchObject({
        referrals: 1,
        fromAssessments: 1,
        bySignal: [{ code: 'same_device' }],
      });
      expect(await laurel.api.risk.dryRun({ program: 'friends', days: 90 })).toMatchObject({ referrals: 0 });
    });
  });
});
