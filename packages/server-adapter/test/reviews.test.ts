import { beforeEach, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { riskSteps } from './risk.ts';
import {
  ask,
  databaseUrl,
  dump,
  eventually,
  inHostTransaction,
  refer,
  seed,
  sql,
  storageName,
  testLaurel,
} from './support.ts';

describe(`reviews (${storageName})`, () => {
  let laurel: TestLaurel;
  const { person, settled, assessments, codes, see, eventsOf, heldReferral } = riskSteps(() => laurel);

  beforeEach(async () => {
    laurel = await testLaurel();
    await seed(laurel.api, ['ada', 'bob', 'cleo', 'dora']);
  });

  describe('a review', () => {
    it('is decided with a reason, once, and the history keeps every decision', async () => {
      const { id, review } = await heldReferral();
      const decide = (decision: 'approved' | 'rejected', reason: string) =>
        laurel.api.reviews.decide({ reviews: [review], decision, reason, actor: 'Sam' });
      expect(await decide('approved', 'They are sisters.')).toEqual({ decided: [review], unchanged: [] });
      expect(await decide('approved', 'Again.')).toEqual({ decided: [], unchanged: [review] });
      expect(await decide('rejected', 'They are not.')).toEqual({ decided: [review], unchanged: [] });
      const { history, state } = await laurel.api.reviews.get({ review });
      expect(state).toBe('rejected');
      expect(history.map(({ state, actor, reason }) => [state, actor, reason])).toEqual([
        ['open', 'system', expect.any(String)],
        ['approved', 'secret:Sam', 'They are sisters.'],
        ['rejected', 'secret:Sam', 'They are not.'],
      ]);
      expect((await eventsOf('review.')).map(({ name, decision }) => [name, decision])).toEqual([
        ['review.opened', undefined],
        ['review.decided', 'approved'],
        ['review.decided', 'rejected'],
      ]);
      expect(id).toBeTruthy();
    });

    it('cannot be rewritten', async () => {
      await heldReferral();
      for (const table of ['review_event', 'risk_assessment']) {
        await expect(sql(laurel, `delete from $schema.${table}`)).rejects.toThrow();
        await expect(sql(laurel, `update $schema.${table} set created_at = now()`)).rejects.toThrow();
      }
    });

    it('of many is decided for all or for none', async () => {
      const { review } = await heldReferral();
      const nobody = '01890000-0000-7000-8000-000000000000';
      const given = { decision: 'approved', reason: 'Fine.' } as const;
      await settled();
      const before = await dump(laurel);
      await expect(laurel.api.reviews.decide({ reviews: [review, nobody], ...given })).rejects.toMatchObject({
        code: 'review_not_found',
      });
      expect(await dump(laurel)).toEqual(before);
      expect(await laurel.api.reviews.decide({ reviews: [review, review], ...given })).toEqual({
        decided: [review],
        unchanged: [],
      });
    });

    it('decided by eight at once is decided once', async () => {
      const { review } = await heldReferral();
      const all = await Promise.all(
        Array.from({ length: 8 }, () =>
          laurel.api.reviews.decide({ reviews: [review], decision: 'approved', reason: 'Fine.' }),
        ),
      );
      expect(all.filter(({ decided }) => decided.length === 1)).toHaveLength(1);
      expect((await laurel.api.reviews.get({ review })).history).toHaveLength(2);
    });

    it('is for staff by their token, which says who decides', async () => {
      const { review } = await heldReferral();
      const { token } = await laurel.api.staff.createToken({ name: 'Kim' });
      const list = await ask(laurel, 'GET', '/reviews?state=waiting', { credential: token });
      expect(list.json).toMatchObject({ waiting: 1, items: [{ id: review }] });
      const body = { reviews: [review], decision: 'rejected', reason: 'No.' };
      const forged = await ask(laurel, 'POST', '/reviews/decide', {
        credential: token,
        body: { ...body, actor: 'Sam' },
      });
      expect(forged.json).toMatchObject({ code: 'validation_failed', errors: [{ pointer: '#/actor' }] });
      const decided = await ask(laurel, 'POST', '/reviews/decide', { credential: token, body });
      expect(decided.json).toEqual({ decided: [review], unchanged: [] });
      expect((await laurel.api.reviews.get({ review })).history.at(-1)?.actor).toBe('staff:Kim');
      for (const path of ['/risk/listings', `/programs/friends/reviews`]) {
        expect((await ask(laurel, 'GET', path, { credential: token })).status).toBe(403);
      }
    });

    it('approved by people is opened again by the machine only for something grave and new', async () => {
      const { id, review } = await heldReferral();
      await laurel.api.reviews.decide({ reviews: [review], decision: 'approved', reason: 'Sisters.' });
      await see('ada', 'home');
      await see('bob', 'home');
      await sql(
        laurel,
        'insert into $schema.referral_intake (program_id, referral_id) select program_id, id from $schema.referral',
      );
      await eventually(
        () => assessments(id),
        ({ length }) => length === 2,
      );
      expect(await codes(id)).toEqual(['same_email', 'same_device']);
      expect((await laurel.api.reviews.get({ review })).state).toBe('approved');
      await laurel.api.risk.addListing({ kind: 'participant', value: 'bob', reason: 'Chargebacks' });
      const again = await eventually(
        () => laurel.api.reviews.get({ review }),
        ({ state }) => state === 'open',
      );
      expect(again).toMatchObject({ state: 'open', history: [{}, {}, { state: 'open', actor: 'system' }] });
      expect(again.signals.map(({ code }) => code)).toContain('listed_participant');
    });

    // One process has embedded storage to itself, and one transaction at a time.
    it.runIf(databaseUrl)('approved while it is brought up to date stays approved', async () => {
      const { id, review } = await heldReferral();
      await inHostTransaction(async (transaction) => {
        await laurel.api
          .with(transaction)
          .reviews.decide({ reviews: [review], decision: 'approved', reason: 'Sisters.' });
        await see('ada', 'home');
        await see('bob', 'home');
        await sql(
          laurel,
          'insert into $schema.referral_intake (program_id, referral_id) select program_id, id from $schema.referral',
        );
        await sql(laurel, 'select pg_notify($1, $2)', [`laurel_${laurel.schema}`, '{"referrals":true}']);
        const waiting = () =>
          sql(laurel, `select from pg_stat_activity where wait_event_type = 'Lock' and query like '%$schema.review %'`);
        expect(await eventually(waiting, ({ length }) => length > 0)).toHaveLength(1);
      });
      await settled();
      expect(await codes(id)).toEqual(['same_email', 'same_device']);
      expect((await laurel.api.reviews.get({ review })).state).toBe('approved');
    });

    it('rejected by people is never opened by the machine', async () => {
      const { id, review } = await heldReferral();
      await laurel.api.reviews.decide({ reviews: [review], decision: 'rejected', reason: 'No.' });
      await laurel.api.risk.addListing({ kind: 'participant', value: 'bob', reason: 'Chargebacks' });
      await eventually(
        () => assessments(id),
        ({ length }) => length === 2,
      );
      expect((await laurel.api.reviews.get({ review })).state).toBe('rejected');
    });

    it('waits first and oldest first in the list, page by page', async () => {
      await person('ada', 'ada@one.example');
      const names = Array.from({ length: 7 }, (_, index) => `friend-${index}`);
      for (const name of names) {
        await person(name, `ada+${name}@one.example`);
        await refer(laurel.api, 'ada', name);
      }
      await eventually(
        () => laurel.api.reviews.list({}),
        ({ waiting }) => waiting === names.length,
      );
      const { items } = await laurel.api.reviews.list({ limit: 100 });
      const [first, second] = items;
      await laurel.api.reviews.decide({
        reviews: [first?.id ?? '', second?.id ?? ''],
        decision: 'approved',
        reason: 'Fine.',
      });
      const seen: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await laurel.api.reviews.list({ limit: 2, ...(cursor && { cursor }) });
        expect(page.waiting).toBe(5);
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(seen).toEqual([...items.slice(2), ...items.slice(0, 2)].map(({ id }) => id));
      const approved = await laurel.api.reviews.list({ state: 'approved', program: 'friends', referrer: 'ada' });
      expect(approved.items).toHaveLength(2);
      expect((await laurel.api.reviews.list({ referrer: 'bob' })).items).toEqual([]);
    });
  });

  describe('a participant', () => {
    const tokenOf = async (participant: string) => (await laurel.api.participants.createToken({ participant })).token;

    it('sees that a referral is checked, in groups, and nothing of how', async () => {
      const { review } = await heldReferral();
      const own = await ask(laurel, 'GET', '/programs/friends/reviews', { credential: await tokenOf('ada') });
      expect(own.json.items).toEqual([
        {
          id: review,
          state: 'open',
          referee: 'bob',
          groups: ['person'],
          mayAppeal: false,
          openedAt: expect.any(String),
        },
      ]);
      const theirs = await ask(laurel, 'GET', '/programs/friends/reviews', { credential: await tokenOf('bob') });
      expect(theirs.json.items).toMatchObject([{ id: review, referee: null }]);
      const nobodys = await ask(laurel, 'GET', '/programs/friends/reviews', { credential: await tokenOf('cleo') });
      expect(nobodys.json.items).toEqual([]);
      const named = await ask(laurel, 'GET', '/programs/friends/reviews?participant=ada', {
        credential: await tokenOf('cleo'),
      });
      expect(named.status).toBe(403);
    });

    it('appeals a rejection, once, and whoever decides then has the last word', async () => {
      const { review } = await heldReferral();
      const appeal = async (participant: string, message = 'We are two people.') =>
        ask(laurel, 'POST', `/reviews/${review}/appeal`, { credential: await tokenOf(participant), body: { message } });
      expect((await appeal('ada')).json).toMatchObject({ code: 'review_state_conflict' });
      expect((await appeal('cleo')).json).toMatchObject({ code: 'review_not_found' });
      await laurel.api.reviews.decide({ reviews: [review], decision: 'rejected', reason: 'No.' });
      const tries = await Promise.all(Array.from({ length: 4 }, () => appeal('bob')));
      expect(tries.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
      expect(await laurel.api.reviews.get({ review })).toMatchObject({
        state: 'appealed',
        appeal: 'We are two people.',
        history: [{}, {}, { state: 'appealed', actor: 'participant' }],
      });
      expect((await laurel.api.reviews.list({ state: 'waiting' })).waiting).toBe(1);
      await laurel.api.reviews.decide({ reviews: [review], decision: 'rejected', reason: 'Still no.' });
      expect((await appeal('ada')).json).toMatchObject({ code: 'review_state_conflict' });
      const mine = await ask(laurel, 'GET', '/programs/friends/reviews', { credential: await tokenOf('ada') });
      expect(mine.json.items).toMatchObject([{ state: 'rejected', mayAppeal: false }]);
      expect(await eventsOf('review.appealed')).toHaveLength(1);
    });
  });

  it('do not say to a page how strict a programme is', async () => {
    const { json } = await ask(laurel, 'GET', '/programs/friends', { credential: laurel.publishableKey });
    expect(json).toMatchObject({ slug: 'friends' });
    expect(json).not.toHaveProperty('riskMode');
    expect(json).not.toHaveProperty('paidAdsAllowed');
    expect(await laurel.api.programs.get({ program: 'friends' })).toMatchObject({ riskMode: 'normal' });
  });
});
