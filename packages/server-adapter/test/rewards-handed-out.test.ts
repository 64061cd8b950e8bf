import type { Api } from '@laurelkit/sdk/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LaurelOptions, RewardToFulfil } from '../src/index.ts';
import { createFulfilment } from '../src/rewards/fulfilment.ts';
import type { TestLaurel } from '../src/testing.ts';
import { eventually, refer, seed, settled, sql, storageName, testLaurel } from './support.ts';
import { openTestStorage } from './test-storage.ts';

// The first opens the storage, which takes its time on a busy machine.
beforeAll(async () => void (await testLaurel()));

describe(`rewards handed out and prizes (${storageName})`, () => {
  let laurel: TestLaurel;
  let api: Api;
  const begin = async (options: LaurelOptions = {}, contest: Record<string, unknown> = {}) => {
    laurel = await testLaurel(options);
    api = laurel.api;
    await seed(api, ['ada', 'bob', 'cleo', 'dan'], contest, { riskMode: 'off' });
  };
  const coupon = () =>
    api.rewardRules.create({
      program: 'friends',
      slug: 'welcome',
      name: 'Welcome',
      definition: { to: 'referee', on: 'referral', value: { kind: 'coupon', coupon: '10-off' } },
    });

  it('has the host make a code, again after an error, and keeps the first', async () => {
    const asked: RewardToFulfil[] = [];
    await begin({
      rewards: {
        fulfil: async (reward) => {
          asked.push(reward);
          if (asked.length === 1) throw new Error('the shop is closed');
          return { code: `CODE-${asked.length}` };
        },
      },
    });
    await coupon();
    await refer(api, 'ada', 'bob');
    await settled(laurel);
    const first = async () => (await api.rewards.wallet({ program: 'friends', participant: 'bob' })).rewards[0];
    expect(await eventually(first, (reward) => reward?.state === 'fulfilled')).toMatchObject({ code: 'CODE-2' });
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    expect(asked[0]).toMatchObject({ externalId: 'bob', kind: 'coupon', item: '10-off', rule: 'welcome' });
  });

  it('tries one again that the host never answered, and hands out the others meanwhile', async () => {
    await begin();
    await coupon();
    for (const name of ['bob', 'cleo', 'dan']) await refer(api, 'ada', name);
    await settled(laurel);
    const failures: unknown[] = [];
    const storage = await openTestStorage();
    let hangs = true;
    const fulfilment = createFulfilment({
      ...{ storage, schema: laurel.schema, channel: `laurel_${laurel.schema}`, patience: 20 },
      fulfil: ({ externalId }) =>
        hangs && externalId === 'bob' ? new Promise(() => {}) : { code: `FOR-${externalId}` },
      onFailure: (error) => void failures.push(error),
    });
    const codes = async () => (await api.rewards.list({ program: 'friends' })).items.map(({ code }) => code).toSorted();
    await fulfilment.run();
    expect(await codes()).toEqual(['FOR-cleo', 'FOR-dan', null]);
    expect(failures).toEqual([new Error('No answer within 0.02 seconds.')]);
    hangs = false;
    await sql(laurel, `update $schema.reward set leased_until = '-infinity'`);
    await fulfilment.run();
    expect(await codes()).toEqual(['FOR-bob', 'FOR-cleo', 'FOR-dan']);
    await storage.close();
  });

  it('is told by a host that hands out by itself, once', async () => {
    await begin();
    await coupon();
    await refer(api, 'ada', 'bob');
    await settled(laurel);
    const [reward] = (await api.rewards.list({ participant: 'bob' })).items;
    const id = reward?.id ?? '';
    const done = await api.rewards.fulfil({ reward: id, code: 'SUMMER' });
    expect(done).toMatchObject({ state: 'fulfilled', code: 'SUMMER' });
    expect(await api.rewards.fulfil({ reward: id, code: 'SUMMER' })).toEqual(done);
    await expect(api.rewards.fulfil({ reward: id, code: 'OTHER' })).rejects.toMatchObject({
      code: 'reward_state_conflict',
    });
    await expect(api.rewards.cancel({ reward: id, reason: 'late' })).rejects.toMatchObject({
      code: 'reward_state_conflict',
    });
  });

  describe('taken back while the host hands it out', () => {
    /** The only mug goes to bob, who loses it as soon as the host is asked for it; cleo waits for one. */
    async function takenBack(take: (of: { reward: string; conversion: string }) => Promise<unknown>) {
      const asked = Promise.withResolvers<RewardToFulfil>();
      const answer = Promise.withResolvers<{ code: string }>();
      await begin({
        rewards: {
          fulfil: (reward) => {
            asked.resolve(reward);
            return answer.promise;
          },
        },
      });
      const { id: rule } = await api.rewardRules.create({
        ...{ program: 'friends', slug: 'mug', name: 'Mug' },
        definition: { to: 'referee', on: 'conversion', value: { kind: 'item', item: 'mug' }, stock: 1 },
      });
      for (const name of ['bob', 'cleo']) await refer(api, 'ada', name);
      const sale = { program: 'friends', event: 'purchase' };
      const first = await api.conversions.create({ ...sale, participant: 'bob', idempotencyKey: 'bob' });
      const { id } = await asked.promise;
      await api.conversions.create({ ...sale, participant: 'cleo', idempotencyKey: 'cleo' });
      await take({ reward: id, conversion: first.id });
      await settled(laurel);
      const reward = () => api.rewards.get({ reward: id });
      const next = async () => (await api.rewards.list({ participant: 'cleo' })).items[0]?.state;
      expect(await next()).toBe('waiting');
      /** As it is when nobody can be handing it out any more, and the referral is looked at again for that. */
      const leaseOver = async () => {
        await sql(
          laurel,
          `with ended as (update $schema.reward set leased_until = now() where id = $1 returning referral_id)
           update $schema.referral set settle_at = now() from ended where referral.id = ended.referral_id
             and settle_at <= now() + interval '90 seconds'`,
          [id],
        );
        await settled(laurel);
      };
      const stockLeft = async () => (await api.rewardRules.get({ rule })).stockLeft;
      return { id, answer, reward, next, leaseOver, stockLeft };
    }

    it('it keeps its code, and nobody else is given it', async () => {
      const { answer, reward, next, leaseOver, stockLeft } = await takenBack(({ conversion }) =>
        api.conversions.reverse({ conversion }),
      );
      answer.resolve({ code: 'MUG-1' });
      expect(await eventually(reward, ({ code }) => code !== null)).toMatchObject({ state: 'reversed', code: 'MUG-1' });
      await leaseOver();
      expect([await next(), await stockLeft()]).toEqual(['waiting', 0]);
    });

    it('it goes to the next when the host could not hand it out', async () => {
      const { answer, next, leaseOver } = await takenBack(({ reward }) =>
        api.rewards.cancel({ reward, reason: 'a mistake' }),
      );
      answer.reject(new Error('the shop is closed'));
      await leaseOver();
      expect(await eventually(next, (state) => state === 'approved')).toBe('approved');
    });
  });

  it('gives the prizes of a closed contest by place, once, the ones with a hold later', async () => {
    const start = new Date('2036-03-01T00:00:00Z');
    await begin({}, { startsAt: start.toISOString(), endsAt: '2036-04-01T00:00:00Z' });
    const prize = (minor: number) => ({ kind: 'money', minor, currency: 'EUR' }) as const;
    const made = await api.rewardRules.create({
      program: 'friends',
      slug: 'prizes',
      name: 'Prizes',
      definition: {
        to: 'referrer',
        on: 'contest',
        value: prize(1),
        holdDays: 2,
        contest: { contest: 'spring', prizes: [prize(300), prize(200), { kind: 'item', item: 'mug' }, prize(50)] },
      },
    });
    laurel.travelTo(new Date('2036-03-10T00:00:00Z'));
    const award = (participant: string, points: number) =>
      api.points.award({ contest: 'spring', participant, points, idempotencyKey: participant });
    await award('bob', 9);
    await award('cleo', 9);
    await award('ada', 7);
    laurel.travelTo(new Date('2036-04-02T00:00:00Z'));
    await api.contests.update({ contest: 'spring', state: 'closed' });
    const given = () =>
      sql<{ name: string; item: string | null; minor: string; state: string }>(
        laurel,
        `select external_id as name, item, minor, reward.state from $schema.reward
         join $schema.participant on participant.id = participant_id order by cause`,
      );
    const shown = async () =>
      (await given()).map(({ name, item, minor, state }) => `${name} ${item ?? Number(minor)} ${state}`);
    expect(await eventually(shown, (rows) => rows.length === 3)).toEqual([
      'bob 300 held',
      'cleo 200 held',
      'ada mug held',
    ]);
    laurel.travelTo(new Date('2036-04-04T00:00:00Z'));
    await api.contests.create({
      program: 'friends',
      slug: 'next',
      name: 'Next',
      startsAt: '2036-05-01T00:00:00Z',
      endsAt: '2036-06-01T00:00:00Z',
    });
    const approved = ['bob 300 approved', 'cleo 200 approved', 'ada mug approved'];
    expect(await eventually(shown, (rows) => rows.join() === approved.join())).toEqual(approved);
    const { balances } = await api.rewards.wallet({ program: 'friends', participant: 'bob' });
    expect(balances).toMatchObject([{ currency: 'EUR', approved: 300 }]);
    await expect(
      api.rewardRules.create({ program: 'friends', slug: 'late', name: 'Late', definition: made.definition }),
    ).rejects.toMatchObject({ code: 'rule_invalid' });
  });
});
