import type { Api } from '@laurelkit/sdk/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { refer, seed, settled, sql, storageName, testLaurel } from './support.ts';

type Definition = Parameters<Api['rewardRules']['create']>[0]['definition'];

// The first opens the storage, which takes its time on a busy machine.
beforeAll(async () => void (await testLaurel()));

describe(`rewards (${storageName})`, () => {
  let laurel: TestLaurel;
  let api: Api;
  let keys = 0;
  /** The instant everything goes by, and how it moves. */
  let at: Date;
  const travel = async (days: number) => {
    at = new Date(at.getTime() + days * 86_400_000);
    laurel.travelTo(at);
    await settled(laurel, at);
  };
  const rule = (slug: string, definition: Definition) =>
    api.rewardRules.create({ program: 'friends', slug, name: slug, definition });
  const buy = (participant: string, more: Record<string, unknown> = {}) =>
    api.conversions.create({
      program: 'friends',
      participant,
      event: 'purchase',
      idempotencyKey: `key-${++keys}`,
      ...more,
    });
  const rewardsOf = async (participant: string) =>
    (await api.rewards.list({ program: 'friends', participant, limit: 100 })).items.reverse();
  const summary = async (participant: string) =>
    (await rewardsOf(participant)).map(({ cause, state, amount }) =>
      `${cause.split(':')[0]} ${state} ${amount?.minor ?? ''}`.trim(),
    );
  const balance = async (participant: string, currency = 'EUR') =>
    (await api.rewards.wallet({ program: 'friends', participant })).balances.find((each) => each.currency === currency);
  const names = Array.from({ length: 30 }, (_, n) => `p${n}`);

  const begin = async (program: Record<string, unknown> = {}) => {
    laurel = await testLaurel();
    api = laurel.api;
    at = new Date('2026-03-10T12:00:00Z');
    laurel.travelTo(at);
    await seed(
      api,
      ['ada', ...names],
      { startsAt: '2026-01-01T00:00:00Z', endsAt: '2027-01-01T00:00:00Z' },
      { riskMode: 'off', ...program },
    );
  };

  it('gives both sides at the first conversion that counts, once (laravel-referrals#35)', async () => {
    await begin();
    await rule('referrer', { to: 'referrer', on: 'qualified', value: { kind: 'money', minor: 1000, currency: 'EUR' } });
    await rule('referee', { to: 'referee', on: 'referral', value: { kind: 'coupon', coupon: 'welcome' } });
    await refer(api, 'ada', 'p0');
    await settled(laurel, at);
    expect(await summary('ada')).toEqual([]);
    expect(await summary('p0')).toEqual(['referral approved']);
    await buy('p0');
    await buy('p0');
    await settled(laurel, at);
    expect(await summary('ada')).toEqual(['qualified approved 1000']);
    expect(await balance('ada')).toEqual({ currency: 'EUR', held: 0, approved: 1000, inPayout: 0, paid: 0 });
    const [referral] = (await api.referrals.list({ program: 'friends' })).items;
    expect(referral?.history.map(({ to }) => to)).toEqual(['pending', 'qualified', 'approved']);
  });

  it('holds what was earned for its days, and takes it back when the sale is', async () => {
    await begin({ holdDays: 14 });
    await rule('bonus', { to: 'referrer', on: 'qualified', value: { kind: 'money', minor: 1000, currency: 'EUR' } });
    await rule('thanks', {
      to: 'referee',
      on: 'qualified',
      holdDays: 0,
      value: { kind: 'money', minor: 300, currency: 'EUR' },
    });
    await refer(api, 'ada', 'p0');
    const sale = await buy('p0');
    await settled(laurel, at);
    const [held] = await rewardsOf('ada');
    expect(held).toMatchObject({ state: 'held', heldUntil: '2026-03-24T12:00:00.000Z' });
    expect(await balance('ada')).toMatchObject({ held: 1000, approved: 0 });
    expect(await summary('p0')).toEqual(['qualified approved 300']);
    await travel(13.999);
    expect(await summary('ada')).toEqual(['qualified held 1000']);
    await travel(0.001);
    expect(await summary('ada')).toEqual(['qualified approved 1000']);
    await api.conversions.reverse({ conversion: sale.id });
    await settled(laurel, at);
    expect(await summary('ada')).toEqual(['qualified reversed 0']);
    expect(await balance('ada')).toMatchObject({ held: 0, approved: 0 });
    // A late sale brings it back, to be held anew.
    await buy('p0');
    await settled(laurel, at);
    expect(await summary('ada')).toEqual(['qualified held 1000']);
    await travel(14);
    expect(await summary('ada')).toEqual(['qualified approved 1000']);
    const entries = await sql<{ number: number; minor: string }>(
      laurel,
      `select number, reward_entry.minor from $schema.reward_entry join $schema.reward on reward.id = reward_id
       where side = 'referrer' order by number`,
    );
    expect(entries.map(({ number, minor }) => [number, Number(minor)])).toEqual([
      [1, 1000],
      [2, -1000],
      [3, 1000],
    ]);
  });

  it('looks at a referral again a minute after it was taken back, whatever settles it meanwhile', async () => {
    await begin();
    const due = async () =>
      (await sql<{ at: Date | null }>(laurel, 'select settle_at as at from $schema.referral')).map((row) => row.at);
    await refer(api, 'ada', 'p0');
    const sale = await buy('p0');
    await settled(laurel, at);
    await api.conversions.reverse({ conversion: sale.id });
    await settled(laurel, at);
    const minuteAfter = new Date(at.getTime() + 60_000);
    expect(await due()).toEqual([minuteAfter]);
    const secondsLater = async (seconds: number) => {
      await sql(
        laurel,
        'insert into $schema.referral_intake (program_id, referral_id) select program_id, id from $schema.referral',
      );
      await travel(seconds / 86_400);
      return due();
    };
    expect(await secondsLater(10)).toEqual([minuteAfter]);
    expect(await secondsLater(49)).toEqual([minuteAfter]);
    expect(await secondsLater(1)).toEqual([null]);
  });

  it('shares every sale, caps what it comes to, and gives freed room to the next in turn', async () => {
    await begin({ timeZone: 'Europe/Lisbon' });
    await rule('share', {
      to: 'referrer',
      on: 'conversion',
      value: { kind: 'percent', basisPoints: 1000 },
      caps: { minorPerMonth: 250, perDay: 3 },
    });
    for (const name of ['p0', 'p1']) await refer(api, 'ada', name);
    const eur = (minor: number) => ({ amount: { minor, currency: 'EUR' } });
    const first = await buy('p0', eur(1009));
    await travel(1);
    await buy('p1', eur(1000));
    await travel(1);
    await buy('p0', eur(1000));
    await travel(1);
    await buy('p1', eur(500));
    await buy('p1', { amount: { minor: 500, currency: 'USD' } });
    await buy('p1');
    await settled(laurel, at);
    expect(await summary('ada')).toEqual([
      'conversion approved 100',
      'conversion approved 100',
      'conversion approved 50',
      'conversion capped 0',
      'conversion approved 50',
    ]);
    await api.conversions.reverse({ conversion: first.id });
    await settled(laurel, at);
    expect((await summary('ada')).slice(0, 4)).toEqual([
      'conversion reversed 0',
      'conversion approved 100',
      'conversion approved 100',
      'conversion approved 50',
    ]);
    expect(await balance('ada')).toMatchObject({ approved: 250 });
    await travel(31);
    await buy('p0', eur(9000));
    await settled(laurel, at);
    expect((await summary('ada')).at(-1)).toBe('conversion approved 250');
  });

  it('shrinks later ones when an earlier one comes after all', async () => {
    await begin();
    await rule('share', {
      to: 'referrer',
      on: 'conversion',
      value: { kind: 'percent', basisPoints: 10_000 },
      caps: { minorTotal: 100 },
    });
    for (const name of ['p0', 'p1']) await refer(api, 'ada', name);
    await buy('p0', { amount: { minor: 80, currency: 'EUR' } });
    await settled(laurel, at);
    at = new Date(at.getTime() - 3_600_000);
    laurel.travelTo(at);
    // The rule is younger than this: make it as old.
    await sql(laurel, `alter table $schema.reward_rule_version disable trigger all`);
    await sql(laurel, `update $schema.reward_rule_version set created_at = '2026-01-01'`);
    await sql(laurel, `update $schema.referral set created_at = '2026-01-01'`);
    await buy('p1', { amount: { minor: 70, currency: 'EUR' } });
    await settled(laurel, at);
    expect((await summary('ada')).sort()).toEqual(['conversion approved 30', 'conversion approved 70']);
    expect(await balance('ada')).toMatchObject({ approved: 100 });
  });

  it('gives milestones once, again at each multiple, and takes them back below', async () => {
    await begin();
    const value = { kind: 'money', minor: 500, currency: 'EUR' } as const;
    await rule('three', { to: 'referrer', on: 'milestone', milestone: { referrals: 3 }, value });
    await rule('twos', { to: 'referrer', on: 'milestone', milestone: { referrals: 2, repeats: true }, value });
    const sales = [];
    for (const name of names.slice(0, 5)) {
      await refer(api, 'ada', name);
      sales.push(await buy(name));
    }
    await settled(laurel, at);
    const causes = async () =>
      (await rewardsOf('ada'))
        .filter(({ state }) => state === 'approved')
        .map(({ cause }) => cause)
        .sort();
    expect(await causes()).toEqual(['milestone:2', 'milestone:3', 'milestone:4']);
    for (const sale of sales.slice(0, 2)) await api.conversions.reverse({ conversion: sale.id });
    await settled(laurel, at);
    expect(await causes()).toEqual(['milestone:2', 'milestone:3']);
    await buy('p0');
    await settled(laurel, at);
    expect(await causes()).toEqual(['milestone:2', 'milestone:3', 'milestone:4']);
    expect(await balance('ada')).toMatchObject({ approved: 1500 });
    const { milestones } = await api.rewards.wallet({ program: 'friends', participant: 'ada' });
    expect(milestones).toMatchObject([
      { rule: 'three', referrals: 3, reached: 4 },
      { rule: 'twos', referrals: 6, reached: 4 },
    ]);
  });

  it('moves tiers when an earlier referral falls away', async () => {
    await begin();
    await rule('tiers', {
      to: 'referrer',
      on: 'qualified',
      value: { kind: 'money', minor: 10, currency: 'EUR' },
      tiers: [{ referrals: 3, value: { kind: 'money', minor: 30, currency: 'EUR' } }],
    });
    const sales = [];
    for (const name of names.slice(0, 4)) {
      await refer(api, 'ada', name);
      sales.push(await buy(name));
      await travel(0.01);
    }
    expect(await summary('ada')).toEqual(['10', '10', '30', '30'].map((minor) => `qualified approved ${minor}`));
    await api.conversions.reverse({ conversion: sales[0]?.id ?? '' });
    await settled(laurel, at);
    expect(await summary('ada')).toEqual([
      'qualified reversed 0',
      'qualified approved 10',
      'qualified approved 10',
      'qualified approved 30',
    ]);
    expect(await balance('ada')).toMatchObject({ approved: 50 });
  });

  it('gives points of a contest, and takes them back', async () => {
    await begin();
    await rule('points', { to: 'referrer', on: 'qualified', value: { kind: 'points', contest: 'spring', points: 70 } });
    await refer(api, 'ada', 'p0');
    const sale = await buy('p0');
    const score = async () =>
      (await api.leaderboards.standing({ contest: 'spring', participant: 'ada' })).standing?.score ?? 0;
    await settled(laurel, at);
    expect(await score()).toBe(71);
    await api.conversions.reverse({ conversion: sale.id });
    await settled(laurel, at);
    expect(await score()).toBe(0);
    await buy('p0');
    await settled(laurel, at);
    expect(await score()).toBe(71);
    expect(await laurel.recount()).toEqual([]);
  });

  it('serves stock to the first, makes the others wait, and serves them when some is given back', async () => {
    await begin();
    const made = await rule('mugs', {
      to: 'referrer',
      on: 'qualified',
      value: { kind: 'item', item: 'mug' },
      stock: 2,
    });
    const sales = [];
    for (const name of names.slice(0, 4)) {
      await refer(api, 'ada', name);
      sales.push(await buy(name));
      await travel(0.01);
    }
    expect(await summary('ada')).toEqual(
      ['approved', 'approved', 'waiting', 'waiting'].map((state) => `qualified ${state}`),
    );
    await api.conversions.reverse({ conversion: sales[1]?.id ?? '' });
    await settled(laurel, at);
    expect(await summary('ada')).toEqual(
      ['approved', 'reversed', 'approved', 'waiting'].map((state) => `qualified ${state}`),
    );
    const { definition } = made;
    await api.rewardRules.update({ rule: made.id, definition: { ...definition, stock: 5 } });
    await settled(laurel, at);
    expect((await summary('ada')).at(-1)).toBe('qualified approved');
    expect(await api.rewardRules.get({ rule: made.id })).toMatchObject({ stockLeft: 2, version: 2 });
  });

  it('spends a budget to the last that fits', async () => {
    await begin();
    const made = await rule('budget', {
      to: 'referrer',
      on: 'conversion',
      value: { kind: 'percent', basisPoints: 10_000 },
      budget: { minor: 100, currency: 'EUR' },
    });
    await refer(api, 'ada', 'p0');
    for (const minor of [60, 50, 30]) {
      await buy('p0', { amount: { minor, currency: 'EUR' } });
      await travel(0.01);
    }
    expect(await summary('ada')).toEqual(['conversion approved 60', 'conversion waiting 0', 'conversion approved 30']);
    expect((await api.rewardRules.get({ rule: made.id })).budgetLeft).toEqual({ minor: 10, currency: 'EUR' });
  });

  it('is taken away by the host with a reason, and the room it leaves goes to another', async () => {
    await begin();
    await rule('one', {
      to: 'referrer',
      on: 'qualified',
      value: { kind: 'money', minor: 100, currency: 'EUR' },
      caps: { total: 1 },
      stock: 1,
    });
    for (const name of ['p0', 'p1']) {
      await refer(api, 'ada', name);
      await buy(name);
      await travel(0.01);
    }
    expect(await summary('ada')).toEqual(['qualified approved 100', 'qualified capped 0']);
    const [first] = await rewardsOf('ada');
    const taken = await api.rewards.cancel({ reward: first?.id ?? '', reason: 'by mistake' });
    expect(taken).toMatchObject({ state: 'rejected', amount: { minor: 0 } });
    expect(await api.rewards.cancel({ reward: taken.id, reason: 'again' })).toEqual(taken);
    await settled(laurel, at);
    expect(await summary('ada')).toEqual(['qualified rejected 0', 'qualified approved 100']);
    await buy('p0');
    await settled(laurel, at);
    expect(await summary('ada')).toEqual(['qualified rejected 0', 'qualified approved 100']);
    expect(await balance('ada')).toMatchObject({ approved: 100 });
  });

  it('takes back what a rejected referral earned, points too, and gives it again when it is restored', async () => {
    await begin();
    await rule('share', { to: 'referrer', on: 'conversion', value: { kind: 'percent', basisPoints: 1000 } });
    const referral = await refer(api, 'ada', 'p0');
    const eur = { amount: { minor: 1000, currency: 'EUR' } };
    const sales = [await buy('p0', eur), await buy('p0', eur)];
    await settled(laurel, at);
    const score = async () =>
      (await api.leaderboards.standing({ contest: 'spring', participant: 'ada' })).standing?.score ?? 0;
    expect(await score()).toBe(2);
    const review = async (state: string) => {
      await sql(
        laurel,
        `insert into $schema.review (id, program_id, referral_id, referrer_id, referee_id, state, score, mode, signals)
         select gen_random_uuid(), program_id, id, referrer_id, referee_id, $2, 0, 'normal', '[]' from $schema.referral where id = $1
         on conflict (referral_id) do update set state = excluded.state`,
        [referral.id, state],
      );
      await sql(
        laurel,
        'insert into $schema.referral_intake (program_id, referral_id) select program_id, id from $schema.referral where id = $1',
        [referral.id],
      );
      await settled(laurel, at);
    };
    await review('rejected');
    expect(await score()).toBe(0);
    expect(await summary('ada')).toEqual(['conversion rejected 0', 'conversion rejected 0']);
    expect(await balance('ada')).toMatchObject({ approved: 0 });
    const meanwhile = await buy('p0', eur);
    expect(meanwhile.attributed).toBe(false);
    await api.conversions.reverse({ conversion: sales[0]?.id ?? '' });
    await settled(laurel, at);
    expect(await score()).toBe(0);
    await review('approved');
    expect(await score()).toBe(2);
    expect((await summary('ada')).sort()).toEqual([
      'conversion approved 100',
      'conversion approved 100',
      'conversion reversed 0',
    ]);
    await review('rejected');
    await review('approved');
    expect(await score()).toBe(2);
    expect(await balance('ada')).toMatchObject({ approved: 200 });
    expect(await laurel.recount()).toEqual([]);
  });

  it('waits for the first check where a programme has checks, and holds during a review', async () => {
    await begin({ riskMode: 'normal' });
    await rule('bonus', { to: 'referrer', on: 'qualified', value: { kind: 'money', minor: 1000, currency: 'EUR' } });
    await api.risk.addListing({ kind: 'email_domain', value: 'listed.example', reason: 'Chargebacks' });
    await api.participants.upsert({ externalId: 'p0', email: 'p0@listed.example' });
    await refer(api, 'ada', 'p0');
    await buy('p0');
    await settled(laurel, at);
    expect(await rewardsOf('ada')).toMatchObject([{ state: 'held', heldUntil: null }]);
    const { items } = await api.reviews.list({ program: 'friends', state: 'open' });
    await api.reviews.decide({ reviews: items.map(({ id }) => id), decision: 'approved', reason: 'Known.' });
    await settled(laurel, at);
    expect(await summary('ada')).toEqual(['qualified approved 1000']);
  });

  it('counts a rule from when it was made, and keeps what was earned by an older version', async () => {
    await begin();
    for (const name of ['p0', 'p1', 'p2']) await refer(api, 'ada', name);
    await buy('p0');
    await travel(1);
    const value = (minor: number) => ({ kind: 'money', minor, currency: 'EUR' }) as const;
    const made = await rule('bonus', { to: 'referrer', on: 'qualified', value: value(10) });
    await buy('p1');
    await travel(1);
    await api.rewardRules.update({ rule: made.id, definition: { ...made.definition, value: value(20) } });
    await buy('p2');
    await travel(1);
    expect((await rewardsOf('ada')).map(({ ruleVersion, amount }) => [ruleVersion, amount?.minor])).toEqual([
      [1, 10],
      [2, 20],
    ]);
    await api.rewardRules.update({ rule: made.id, archived: true });
    await refer(api, 'ada', 'p3');
    await buy('p3');
    await travel(1);
    expect(await rewardsOf('ada')).toHaveLength(2);
  });

  it('lets a conversion of a qualified referral wait for the settler only where a rule asks for it', async () => {
    await begin();
    const settles = async () =>
      (await sql<{ settles_conversions: boolean }>(laurel, 'select settles_conversions from $schema.program'))[0]
        ?.settles_conversions;
    const euro = { kind: 'money', minor: 1, currency: 'EUR' } as const;
    await rule('first', { to: 'referrer', on: 'qualified', value: euro });
    expect(await settles()).toBe(false);
    const large = await rule('large', {
      to: 'referrer',
      on: 'qualified',
      value: euro,
      conditions: { countries: ['PT'] },
    });
    expect(await settles()).toBe(true);
    await refer(api, 'ada', 'p0');
    await buy('p0');
    await buy('p0', { metadata: { country: 'PT' } });
    await settled(laurel, at);
    expect(await summary('ada')).toHaveLength(2);
    await api.rewardRules.update({ rule: large.id, archived: true });
    expect(await settles()).toBe(false);
    await api.rewardRules.update({ rule: large.id, archived: false });
    expect(await settles()).toBe(true);
  });

  it.each([
    ['value', { on: 'referral', value: { kind: 'percent', basisPoints: 10 } }],
    ['milestone', { on: 'milestone' }],
    ['milestone', { on: 'qualified', milestone: { referrals: 3 } }],
    ['conditions', { on: 'referral', conditions: { countries: ['PT'] } }],
    ['recurring', { on: 'qualified', recurring: { months: 1 } }],
    ['to', { on: 'milestone', to: 'referee', milestone: { referrals: 3 } }],
    ['contest', { on: 'contest' }],
    ['budget/currency', { on: 'qualified', budget: { minor: 1, currency: 'USD' } }],
    ['budget', { on: 'qualified', value: { kind: 'item', item: 'mug' }, budget: { minor: 1, currency: 'EUR' } }],
    ['caps/minorPerDay', { on: 'qualified', value: { kind: 'item', item: 'mug' }, caps: { minorPerDay: 1 } }],
    ['tiers/0/value', { on: 'qualified', tiers: [{ referrals: 2, value: { kind: 'item', item: 'mug' } }] }],
    ['value', { on: 'qualified', tiers: [{ referrals: 2, value: { kind: 'money', minor: 1, currency: 'USD' } }] }],
  ] as const)('refuses a rule that cannot work, naming %s', async (pointer, given) => {
    if (!laurel) await begin();
    const definition = { to: 'referrer', value: { kind: 'money', minor: 1, currency: 'EUR' }, ...given } as Definition;
    await expect(rule('bad', definition)).rejects.toMatchObject({
      code: 'rule_invalid',
      errors: [{ pointer: `#/definition/${pointer}` }],
    });
  });
});
