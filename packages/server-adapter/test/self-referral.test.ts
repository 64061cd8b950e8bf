import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { riskSteps } from './risk.ts';
import { ask, refer, seed, settled, storageName, testLaurel } from './support.ts';

describe(`self-referral (${storageName})`, () => {
  let laurel: TestLaurel;
  const program = 'friends';
  const { person, assessments, reviewOf } = riskSteps(() => laurel);
  const amount = { minor: 10_000, currency: 'EUR' };

  beforeAll(async () => {
    laurel = await testLaurel();
    await seed(laurel.api, ['ada'], {}, { riskMode: 'loose' });
    await person('ada', 'ada.lovelace@gmail.com');
    for (const to of ['referrer', 'referee'] as const) {
      const value = { kind: 'money', minor: 1_000, currency: 'EUR' } as const;
      await laurel.api.rewardRules.create({ program, slug: to, name: to, definition: { to, on: 'qualified', value } });
    }
  });

  const nothingIsPaid = async () => {
    await settled(laurel);
    const { items } = await laurel.api.rewards.list({ program });
    expect(items.filter(({ state }) => state === 'approved')).toEqual([]);
    await expect(laurel.api.payouts.createBatch({ program, currency: 'EUR' })).rejects.toMatchObject({
      code: 'nothing_to_pay',
    });
    return items.length;
  };

  it('dub#3956: who buys by their own code, click, cookie or coupon earns nothing', async () => {
    const { referralCode } = await laurel.api.programs.me({ program, participant: 'ada' });
    const clicked = await ask(laurel, 'POST', '/clicks', {
      credential: laurel.publishableKey,
      body: { program, referralCode, consent: true },
    });
    const cookie = clicked.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    for (const touch of [{ referralCode }, { clickId: clicked.json.clickId as string }, { cookie }]) {
      await expect(laurel.api.referrals.create({ program, participant: 'ada', ...touch })).rejects.toMatchObject({
        code: 'self_referral',
      });
    }
    const sale = { program, participant: 'ada', event: 'purchase', amount };
    await expect(
      laurel.api.conversions.create({ ...sale, idempotencyKey: 'coupon', couponCode: referralCode }),
    ).rejects.toMatchObject({ code: 'self_referral' });
    expect(await laurel.api.conversions.create({ ...sale, idempotencyKey: 'plain' })).toMatchObject({
      attributed: false,
    });
    expect(await nothingIsPaid()).toBe(0);
  });

  it('dub#3956: a second account of one’s own earns nothing for either side until somebody has looked', async () => {
    await person('ada-again', 'adalovelace+shop@googlemail.com');
    const { id } = await refer(laurel.api, 'ada', 'ada-again');
    await laurel.api.conversions.create({
      ...{ program, participant: 'ada-again', event: 'purchase', amount, idempotencyKey: 'second-account' },
    });
    expect((await assessments(id)).at(-1)?.decision).toBe('hold');
    expect(await nothingIsPaid()).toBe(2);
    const review = await reviewOf(id);
    await laurel.api.reviews.decide({ reviews: [review?.id ?? ''], decision: 'rejected', reason: 'One person.' });
    await nothingIsPaid();
    const { items } = await laurel.api.rewards.list({ program });
    expect(new Set(items.map(({ state }) => state))).toEqual(new Set(['rejected']));
  });
});
