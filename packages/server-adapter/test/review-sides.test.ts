import { beforeEach, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { riskSteps } from './risk.ts';
import { ask, eventually, seed, settled, sql, storageName, testLaurel } from './support.ts';

describe(`the sides of a review (${storageName})`, () => {
  let laurel: TestLaurel;
  let review: string;
  const program = 'friends';
  const { heldReferral, eventsOf } = riskSteps(() => laurel);

  /** What each has of it, by state. */
  const rewards = async () => {
    await settled(laurel);
    const { items } = await laurel.api.rewards.list({ program });
    return Object.fromEntries(items.map(({ rule, state }) => [rule, state]));
  };
  const decide = (decision: 'approved' | 'rejected', side?: 'referrer' | 'referee') =>
    laurel.api.reviews.decide({ reviews: [review], decision, reason: `${decision} ${side ?? 'both'}`, side });
  const states = async () => {
    const { state, sides } = await laurel.api.reviews.get({ review });
    return [state, sides.referrer, sides.referee];
  };
  const own = async (participant: string) =>
    (await laurel.api.reviews.mine({ program, participant })).items.map(({ state, mayAppeal }) => [state, mayAppeal]);

  /** A referral that is held, with ten euros for either. */
  beforeEach(async () => {
    laurel = await testLaurel();
    await seed(laurel.api, ['ada', 'bob']);
    for (const to of ['referrer', 'referee'] as const) {
      const value = { kind: 'money', minor: 1_000, currency: 'EUR' } as const;
      await laurel.api.rewardRules.create({ program, slug: to, name: to, definition: { to, on: 'referral', value } });
    }
    ({ review } = await heldReferral());
  });

  it('are decided one after the other, and the rewards of each follow', async () => {
    expect(await rewards()).toEqual({ referrer: 'held', referee: 'held' });
    expect(await decide('approved', 'referee')).toEqual({ decided: [review], unchanged: [] });
    expect(await decide('approved', 'referee')).toEqual({ decided: [], unchanged: [review] });
    expect(await states()).toEqual(['open', 'open', 'approved']);
    expect(await rewards()).toEqual({ referrer: 'held', referee: 'approved' });
    expect((await laurel.api.reviews.list({ state: 'waiting' })).waiting).toBe(1);
    expect([await own('ada'), await own('bob')]).toEqual([[['open', false]], []]);

    await decide('rejected', 'referrer');
    expect(await states()).toEqual(['rejected', 'rejected', 'approved']);
    expect(await rewards()).toEqual({ referrer: 'rejected', referee: 'approved' });
    expect(await sql(laurel, 'select state from $schema.referral')).toEqual([{ state: 'rejected' }]);
    const { history } = await laurel.api.reviews.get({ review });
    expect(history.map(({ state, side }) => [state, side])).toEqual([
      ['open', null],
      ['approved', 'referee'],
      ['rejected', 'referrer'],
    ]);
    expect((await eventsOf('review.decided')).map(({ decision, side }) => [decision, side])).toEqual([
      ['approved', 'referee'],
      ['rejected', 'referrer'],
    ]);

    await decide('approved');
    expect(await states()).toEqual(['approved', 'approved', 'approved']);
    expect(await rewards()).toEqual({ referrer: 'approved', referee: 'approved' });
    await decide('rejected', 'referee');
    expect(await rewards()).toEqual({ referrer: 'approved', referee: 'rejected' });
    expect(await sql(laurel, 'select state from $schema.referral')).toEqual([{ state: 'pending' }]);
  });

  it('are appealed by whose was rejected, and the other keeps what they have', async () => {
    await decide('approved', 'referee');
    await decide('rejected', 'referrer');
    const appeal = async (participant: string) => {
      const { token } = await laurel.api.participants.createToken({ participant });
      const body = { message: 'We are two.' };
      return (await ask(laurel, 'POST', `/reviews/${review}/appeal`, { credential: token, body })).status;
    };
    expect(await own('ada')).toEqual([['rejected', true]]);
    expect([await appeal('bob'), await appeal('ada'), await appeal('ada')]).toEqual([404, 200, 409]);
    expect(await states()).toEqual(['appealed', 'appealed', 'approved']);
    expect(await rewards()).toEqual({ referrer: 'rejected', referee: 'approved' });
    await decide('approved', 'referrer');
    expect(await states()).toEqual(['approved', 'approved', 'approved']);
    expect(await eventually(rewards, ({ referrer }) => referrer === 'approved')).toEqual({
      referrer: 'approved',
      referee: 'approved',
    });
  });

  it('are each decided once, however many decide at once', async () => {
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, n) => decide('rejected', n % 2 ? 'referrer' : 'referee')),
    );
    expect(all.filter(({ decided }) => decided.length === 1)).toHaveLength(2);
    expect(await states()).toEqual(['rejected', 'rejected', 'rejected']);
    expect((await laurel.api.reviews.get({ review })).history).toHaveLength(3);
  });
});
