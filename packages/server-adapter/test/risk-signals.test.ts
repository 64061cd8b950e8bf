import { beforeEach, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { riskSteps } from './risk.ts';
import { eventually, inHostTransaction, refer, seed, sql, storageName, testLaurel } from './support.ts';

describe(`fraud is looked for (${storageName})`, () => {
  let laurel: TestLaurel;
  const { person, settled, assessments, codes, reviewOf, see, eventsOf, heldReferral } = riskSteps(() => laurel);

  const open = async (options: Parameters<typeof testLaurel>[0] = {}) => {
    laurel = await testLaurel(options);
    await seed(laurel.api, ['ada', 'bob', 'cleo', 'dora']);
  };

  beforeEach(() => open());

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

  it.each(['loose', 'normal', 'strict'] as const)(
    'hold aliases of one mailbox in mode %s, all but the first',
    async (riskMode) => {
      await laurel.api.programs.update({ program: 'friends', riskMode });
      const referrals: string[] = [];
      for (let n = 0; n < 10; n++) {
        await person(`alias-${n}`, n % 2 ? `one+${n}@gmail.com` : `o.n.e+${n}@googlemail.com`);
        referrals.push((await refer(laurel.api, 'ada', `alias-${n}`)).id);
      }
      const decisions: (string | undefined)[] = [];
      for (const id of referrals.slice(1)) decisions.push((await assessments(id)).at(-1)?.decision);
      expect(new Set(decisions)).toEqual(new Set(['hold']));
      expect((await laurel.api.reviews.list({ state: 'waiting' })).waiting).toBeGreaterThanOrEqual(9);
    },
  );

  it('in pairs and circles', async () => {
    const first = await refer(laurel.api, 'ada', 'bob');
    // Looked at before there is a way back.
    expect((await assessments(first.id)).at(-1)?.decision).toBe('pass');
    const back = await refer(laurel.api, 'bob', 'ada');
    expect(await codes(back.id)).toEqual(['reciprocal']);
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

  it('refuses weights of signals there are none of', async () => {
    await expect(testLaurel({ risk: { weights: { nonsense: 1 } } })).rejects.toThrow('nonsense');
    await expect(testLaurel({ risk: { datacentreRanges: ['10.0.0.0'] } })).rejects.toThrow('10.0.0.0');
    await expect(testLaurel({ risk: { keepDays: 0 } })).rejects.toThrow('keepDays');
  });
});
