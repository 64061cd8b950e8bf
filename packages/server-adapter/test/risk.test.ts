import { beforeEach, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { ask, dump, eventually, inHostTransaction, refer, seed, sql, storageName, testLaurel } from './support.ts';

const day = 86_400_000;
const json = { 'content-type': 'application/json' };

describe(`fraud (${storageName})`, () => {
  let laurel: TestLaurel;

  const open = async (options: Parameters<typeof testLaurel>[0] = {}) => {
    laurel = await testLaurel(options);
    await seed(laurel.api, ['ada', 'bob', 'cleo', 'dora']);
  };

  beforeEach(() => open());

  const person = (externalId: string, email: string | null, displayName?: string) =>
    laurel.api.participants.upsert({ externalId, email, ...(displayName !== undefined && { displayName }) });

  /** What is known of a referral, once it was looked at and nothing waits any more. */
  const settled = async () => {
    await eventually(
      () => sql<{ rows: string }>(laurel, 'select count(*) as rows from $schema.referral_intake'),
      ([row]) => Number(row?.rows) === 0,
    );
    // A batch that was taken is committed once its referrals can be locked again.
    await sql(laurel, 'select 1 from $schema.reward_account for update');
  };
  const assessments = async (referral: string) => {
    await eventually(
      () => sql(laurel, 'select from $schema.risk_assessment where referral_id = $1', [referral]),
      (rows) => rows.length > 0,
    );
    await settled();
    return sql<{ decision: string; score: number; mode: string; signals: { code: string; reason: string }[] }>(
      laurel,
      'select * from $schema.risk_assessment where referral_id = $1 order by id',
      [referral],
    );
  };
  const codes = async (referral: string) => (await assessments(referral)).at(-1)?.signals.map(({ code }) => code);
  const reviewOf = async (referral: string) => {
    await assessments(referral);
    const { items } = await laurel.api.reviews.list({});
    return items.find((each) => each.referral.id === referral);
  };
  const see = (participant: string, ip: string, device = 'browser', more: { datacentre?: boolean; at?: Date } = {}) =>
    sql(
      laurel,
      `insert into $schema.sighting (kind, value_hash, participant_id, datacentre, seen_at, expires_at)
       select kind, hash, participant.id, $4 and kind = 'ip', coalesce($5::timestamptz, now()), coalesce($5::timestamptz, now()) + interval '90 days'
       from $schema.participant cross join (values ('ip', $2::text), ('device', $2::text || $3::text)) as each(kind, hash)
       where external_id = $1 on conflict do nothing`,
      [participant, ip, device, more.datacentre ?? false, more.at ?? null],
    );
  /** A referral that is held: `bob` has the mailbox of `ada`. */
  const heldReferral = async () => {
    await person('ada', 'ada.lovelace@gmail.com');
    await person('bob', 'adalovelace+bob@googlemail.com');
    const { id } = await refer(laurel.api, 'ada', 'bob');
    const review = await eventually(
      () => reviewOf(id),
      (found) => found !== undefined,
    );
    return { id, review: review?.id ?? '' };
  };
  const eventsOf = async (prefix: string) => {
    const rows = await sql<{ name: string; payload: Record<string, string> }>(
      laurel,
      'select name, payload from $schema.event where name like $1 order by id',
      [`${prefix}%`],
    );
    return rows.map(({ name, payload }): Record<string, string> => ({ name, ...payload }));
  };

  describe('is looked for', () => {
    it('in every referral, and an ordinary one passes without a review', async () => {
      await person('ada', 'ada@one.example');
      await person('bob', 'bob@two.example');
      const { id } = await refer(laurel.api, 'ada', 'bob');
      expect(await assessments(id)).toMatchObject([{ decision: 'pass', score: 0, mode: 'normal', signals: [] }]);
      expect(await reviewOf(id)).toBeUndefined();
    });

    it('and a mailbox under two spellings is held, with words that hold nothing personal', async () => {
      const { id } = await heldReferral();
      const review = await reviewOf(id);
      expect(review).toMatchObject({
        ...{ state: 'open', program: 'friends', mode: 'normal', score: 120, appeal: null, rewardsHeld: 0 },
        referral: { id, state: 'pending' },
        referrer: { externalId: 'ada' },
        referee: { externalId: 'bob' },
        history: [{ state: 'open', actor: 'system' }],
      });
      expect(review?.signals.map(({ code, group, severity }) => [code, group, severity])).toEqual([
        ['same_email', 'person', 'high'],
      ]);
      expect(JSON.stringify([review?.signals, review?.history])).not.toMatch(/lovelace|gmail/i);
      expect(await eventsOf('review.')).toEqual([
        { name: 'review.opened', review: review?.id, referral: id, program: expect.any(String) },
      ]);
    });

    it('with overwhelming signs it rejects, visibly', async () => {
      await person('ada', 'ada@one.example', 'Ada Lovelace');
      await person('bob', 'ada+2@one.example', 'Ada Lovelace');
      const { id } = await refer(laurel.api, 'ada', 'bob');
      expect(await reviewOf(id)).toMatchObject({
        state: 'rejected',
        history: [{ state: 'rejected', actor: 'system' }],
      });
      expect((await eventsOf('review.')).map(({ name }) => name)).toEqual(['review.opened', 'review.decided']);
    });

    it('not where the programme says `off`', async () => {
      await laurel.api.programs.update({ program: 'friends', riskMode: 'off' });
      await person('ada', 'ada@one.example');
      await person('bob', 'ada+2@one.example');
      const { id } = await refer(laurel.api, 'ada', 'bob');
      expect(await assessments(id)).toMatchObject([{ decision: 'pass', score: 0, mode: 'off', signals: [] }]);
    });

    it('by domain, now and before, by address and by device', async () => {
      await person('ada', 'ada@old.example');
      await person('ada', 'ada@new.example');
      await person('bob', 'bob@old.example');
      await see('ada', 'home', 'one');
      await see('bob', 'home', 'two');
      await see('cleo', 'home', 'one');
      const [bob, cleo] = [await refer(laurel.api, 'ada', 'bob'), await refer(laurel.api, 'ada', 'cleo')];
      expect(await codes(bob.id)).toEqual(['same_domain', 'same_ip']);
      expect(await codes(cleo.id)).toEqual(['same_device']);
    });

    it('by what the click left behind, before anybody knew the visitor', async () => {
      await laurel.api.programs.update({ program: 'friends', paidAdsAllowed: false });
      const { referralCode } = await laurel.api.programs.me({ program: 'friends', participant: 'ada' });
      const landingUrl = 'https://shop.example/?gclid=abc';
      const { clickId } = await laurel.api.clicks.record({ referralCode, landingUrl });
      await see('ada', 'home');
      await sql(
        laurel,
        `insert into $schema.sighting (kind, value_hash, click_id, datacentre, expires_at)
         values ('ip', 'home', $1, true, now() + interval '1 day')`,
        [clickId],
      );
      const { id } = await laurel.api.referrals.create({ program: 'friends', participant: 'bob', clickId });
      expect(await codes(id)).toEqual(['paid_ads', 'datacentre_ip', 'fast_signup', 'same_ip']);
    });

    it('by throw-away domains of the package, as the host’s options change them', async () => {
      await open({ risk: { disposableDomains: { add: ['odd.example'], except: ['mailinator.com'] } } });
      const given = { bob: 'b@sub.yopmail.com', cleo: 'c@odd.example', dora: 'd@mailinator.com' };
      const found: Record<string, unknown> = {};
      for (const [name, email] of Object.entries(given)) {
        await person(name, email);
        found[name] = await codes((await refer(laurel.api, 'ada', name)).id);
      }
      expect(found).toEqual({ bob: ['disposable_email'], cleo: ['disposable_email'], dora: [] });
    });

    it('by a mailbox that a third account has', async () => {
      await person('cleo', 'one@own.example');
      await person('bob', 'one+two@own.example');
      expect(await codes((await refer(laurel.api, 'ada', 'bob')).id)).toEqual(['repeated_email']);
    });

    it('in pairs and circles', async () => {
      const first = await refer(laurel.api, 'ada', 'bob');
      const back = await refer(laurel.api, 'bob', 'ada');
      expect(await codes(back.id)).toEqual(['reciprocal']);
      expect((await assessments(first.id)).at(-1)?.decision).toBe('pass');
      await laurel.api.programs.create({ slug: 'ring', name: 'Ring', landingUrl: 'https://shop.example/' });
      const bind = async (referrer: string, participant: string) => {
        const { referralCode } = await laurel.api.programs.me({ program: 'ring', participant: referrer });
        return laurel.api.referrals.create({ program: 'ring', participant, referralCode });
      };
      await bind('ada', 'bob');
      await bind('bob', 'cleo');
      await bind('cleo', 'dora');
      const { id } = await bind('dora', 'ada');
      expect((await assessments(id)).at(-1)?.signals).toMatchObject([
        { code: 'cycle', reason: expect.stringMatching(/\b4\b/) },
      ]);
    });

    it('by amounts beside what is usual, and again when a conversion comes or is taken back', async () => {
      for (let index = 0; index < 25; index++) {
        for (const name of [`r${index}`, `f${index}`]) await laurel.api.participants.upsert({ externalId: name });
        await refer(laurel.api, `r${index}`, `f${index}`);
        await laurel.api.conversions.create({
          ...{ program: 'friends', participant: `f${index}`, event: 'purchase', idempotencyKey: `${index}` },
          amount: { minor: 1_000, currency: 'EUR' },
        });
      }
      const { id } = await refer(laurel.api, 'ada', 'bob');
      expect(await codes(id)).toEqual([]);
      const { id: conversion } = await laurel.api.conversions.create({
        ...{ program: 'friends', participant: 'bob', event: 'purchase', idempotencyKey: 'big' },
        amount: { minor: 20_000, currency: 'EUR' },
      });
      await eventually(
        () => assessments(id),
        ({ length }) => length === 2,
      );
      expect(await codes(id)).toEqual(['value_20x']);
      expect(await reviewOf(id)).toMatchObject({ state: 'open' });
      await laurel.api.conversions.reverse({ conversion, reason: 'refund' });
      await eventually(
        () => assessments(id),
        ({ length }) => length === 3,
      );
      expect(await codes(id)).toEqual([]);
      // What was opened for people to look at, people close.
      expect(await reviewOf(id)).toMatchObject({ state: 'open', signals: [] });
    });

    it('again when an address becomes known, and writes nothing when nothing is new', async () => {
      await person('ada', 'ada@one.example');
      const { id } = await refer(laurel.api, 'ada', 'bob');
      expect(await codes(id)).toEqual([]);
      await person('bob', 'ada+bob@one.example');
      await eventually(
        () => assessments(id),
        ({ length }) => length === 2,
      );
      expect(await codes(id)).toEqual(['same_email']);
      const before = await assessments(id);
      for (let times = 0; times < 3; times++) {
        await sql(
          laurel,
          'insert into $schema.referral_intake (program_id, referral_id) select program_id, id from $schema.referral',
        );
      }
      await settled();
      expect(await assessments(id)).toEqual(before);
    });

    it('inside a host’s own transaction too, once that is committed', async () => {
      const { referralCode } = await laurel.api.programs.me({ program: 'friends', participant: 'ada' });
      await person('ada', 'ada@one.example');
      let id = '';
      await inHostTransaction(async (transaction) => {
        const api = laurel.api.with(transaction);
        await api.participants.upsert({ externalId: 'new', email: 'ada+new@one.example' });
        ({ id } = await api.referrals.create({ program: 'friends', participant: 'new', referralCode }));
      });
      expect(await codes(id)).toEqual(['same_email']);
    });

    it('"80 referrals in an hour by script" (Hashnode) land in review, the first of them too', async () => {
      await sql(
        laurel,
        `with made as (
          insert into $schema.participant (id, external_id, metadata)
          select gen_random_uuid(), 'bot' || n, '{}' from generate_series(1, 80) n returning id, external_id
        ), bound as (
          insert into $schema.referral (id, program_id, referrer_id, referee_id, attributed_by, created_at)
          select gen_random_uuid(), program.id, referrer.id, made.id, 'code',
            now() - interval '1 hour' + substr(made.external_id, 4)::int * interval '40 seconds'
          from made, $schema.program, $schema.participant referrer where referrer.external_id = 'ada' returning id, program_id, referee_id
        ), seen as (
          insert into $schema.sighting (kind, value_hash, participant_id, expires_at)
          select kind, 'script', referee_id, now() + interval '1 day' from bound, (values ('ip'), ('device')) as each(kind)
        )
        insert into $schema.referral_intake (program_id, referral_id) select program_id, id from bound`,
      );
      const held = await eventually(
        () => laurel.api.reviews.list({ state: 'waiting' }),
        ({ waiting }) => waiting === 80,
      );
      expect(held.waiting).toBe(80);
      const first = await sql<{ id: string }>(laurel, 'select id from $schema.referral order by created_at limit 1');
      expect(await codes(first[0]?.id ?? '')).toContain('star_burst');
    });
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
      const { items } = await eventually(
        () => laurel.api.reviews.list({ limit: 100 }),
        ({ waiting }) => waiting === names.length,
      );
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

  it('refuses weights of signals there are none of', async () => {
    await expect(testLaurel({ risk: { weights: { nonsense: 1 } } })).rejects.toThrow('nonsense');
    await expect(testLaurel({ risk: { datacentreRanges: ['10.0.0.0'] } })).rejects.toThrow('10.0.0.0');
    await expect(testLaurel({ risk: { keepDays: 0 } })).rejects.toThrow('keepDays');
    expect(day).toBe(86_400_000);
  });
});
