import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { ask, refer, seed, testLaurel } from './support.ts';

const purchase = (idempotencyKey: string, more = {}) => ({
  program: 'friends',
  participant: 'bob',
  event: 'purchase',
  idempotencyKey,
  ...more,
});

describe('conversions', () => {
  let laurel: TestLaurel;
  const score = async (window: 'all' | 'period' = 'all') =>
    (await laurel.api.leaderboards.standing({ contest: 'spring', participant: 'ada', window })).standing?.score ?? 0;

  beforeAll(async () => {
    laurel = await testLaurel();
    await seed(laurel.api, ['ada', 'bob', 'cleo'], { period: 'day' });
    await refer(laurel.api, 'ada', 'bob');
  });

  it('count once for 500 conversions delivered 8 times in parallel, and reverse once', async () => {
    const deliveries = Array.from({ length: 8 }, () =>
      Array.from({ length: 500 }, (_, index) => laurel.api.conversions.create(purchase(`order-${index}`))),
    ).flat();
    const answers = await Promise.all(deliveries);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(500);
    expect(await score()).toBe(500);
    expect(await score('period')).toBe(500);
    const me = await laurel.api.programs.me({ program: 'friends', participant: 'ada' });
    expect(me.counts).toMatchObject({ referrals: 1, qualified: 1, conversions: 500 });

    const id = answers[0]?.id ?? '';
    const reversals = await Promise.all(
      Array.from({ length: 8 }, () => laurel.api.conversions.reverse({ conversion: id, reason: 'refund' })),
    );
    expect(new Set(reversals.map(({ reversedAt }) => reversedAt)).size).toBe(1);
    expect(await score()).toBe(499);
    expect(await score('period')).toBe(499);
    expect(await laurel.recount()).toEqual([]);
  });

  it('answer the same for the same key and refuse another body under it', async () => {
    const first = await laurel.api.conversions.create(purchase('same', { amount: { minor: 100, currency: 'EUR' } }));
    const again = await laurel.api.conversions.create(purchase('same', { amount: { minor: 100, currency: 'EUR' } }));
    expect(again).toEqual(first);
    const other = purchase('same', { amount: { minor: 101, currency: 'EUR' } });
    await expect(laurel.api.conversions.create(other)).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    await expect(laurel.api.conversions.create(purchase('same', { participant: 'cleo' }))).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    });
  });

  it('keep what some of a crowd have and others have not', async () => {
    const amount = { minor: 1250, currency: 'EUR' };
    const crowd = [{}, { amount }, { metadata: { order: '7' } }, { metadata: {} }];
    const answers = await Promise.all(
      crowd.map((more, index) => laurel.api.conversions.create(purchase(`crowd-${index}`, more))),
    );
    expect(answers.map((answer) => [answer.amount, answer.metadata])).toEqual([
      [null, {}],
      [amount, {}],
      [null, { order: '7' }],
      [null, {}],
    ]);
    const again = await Promise.all(
      crowd.map((more, index) => laurel.api.conversions.create(purchase(`crowd-${index}`, more))),
    );
    expect(again).toEqual(answers);
  });

  it('fail alone: a bad row in a crowd leaves its neighbours be', async () => {
    const before = await score();
    const results = await Promise.allSettled([
      laurel.api.conversions.create(purchase('good-1')),
      laurel.api.conversions.create(purchase('bad-1', { participant: 'nobody' })),
      laurel.api.conversions.create(purchase('bad-2', { program: 'nothing' })),
      laurel.api.conversions.create(purchase('good-2')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(await score()).toBe(before + 2);
  });

  it('of somebody nobody referred are kept without a point', async () => {
    const before = await score();
    const answer = await laurel.api.conversions.create(purchase('alone', { participant: 'cleo' }));
    expect(answer.attributed).toBe(false);
    expect(await score()).toBe(before);
  });

  it('after the credit window count for nobody', async () => {
    const other = await testLaurel();
    await seed(other.api);
    await other.api.programs.update({ program: 'friends', attribution: { creditWindowDays: 10 } });
    await refer(other.api, 'ada', 'bob');
    other.travelTo(new Date(Date.now() + 11 * 86_400_000));
    expect((await other.api.conversions.create(purchase('late'))).attributed).toBe(false);
    other.travelTo(null);
    expect((await other.api.conversions.create(purchase('in time'))).attributed).toBe(true);
  });

  it('after the contest count for the programme but give no points', async () => {
    const other = await testLaurel();
    await seed(other.api);
    await refer(other.api, 'ada', 'bob');
    other.travelTo(new Date(Date.now() + 40 * 86_400_000));
    expect((await other.api.conversions.create(purchase('after'))).attributed).toBe(true);
    expect((await other.api.contests.get({ contest: 'spring' })).state).toBe('frozen');
    const { standing } = await other.api.leaderboards.standing({ contest: 'spring', participant: 'ada' });
    expect(standing).toBeNull();
  });

  it('score by the first rule that matches', async () => {
    const other = await testLaurel();
    await seed(other.api, ['ada', 'bob'], {
      scoring: [
        { event: 'referral', points: 5 },
        { event: 'purchase', points: 10 },
        { event: '*', points: 1 },
      ],
    });
    await refer(other.api, 'ada', 'bob');
    await other.api.conversions.create(purchase('1'));
    await other.api.conversions.create(purchase('2', { event: 'review' }));
    const { standing } = await other.api.leaderboards.standing({ contest: 'spring', participant: 'ada' });
    expect(standing?.score).toBe(16);
  });

  it('are refused from a browser', async () => {
    const answer = await ask(laurel, 'POST', '/conversions', {
      credential: laurel.publishableKey,
      body: purchase('forged'),
    });
    expect(answer).toMatchObject({ status: 403, json: { code: 'forbidden' } });
  });
});
