import { createClient } from '@laurelkit/sdk';
import { contract } from '@laurelkit/sdk/contract';
import { describe, expect, it } from 'vitest';
import { reviewed } from './reviewed.ts';
import { refer, seed, settled, storageName, testLaurel } from './support.ts';

describe(`a dashboard in the host's own product (${storageName})`, () => {
  it('Reflio#75: everything a participant is shown comes by the API, to their own token, and of nobody else', async () => {
    const laurel = await testLaurel();
    const { api } = laurel;
    const program = 'friends';
    await seed(api, ['ada', 'bob', 'cleo', 'eve'], {}, { riskMode: 'off', refereeOffer: '10 % off' });
    const value = { kind: 'money', minor: 500, currency: 'EUR' } as const;
    await api.rewardRules.create({
      ...{ program, slug: 'each', name: 'Each', definition: { to: 'referrer', on: 'qualified', value } },
    });
    await api.rewardRules.create({
      ...{ program, slug: 'three', name: 'Three' },
      definition: {
        to: 'referrer',
        on: 'milestone',
        milestone: { referrals: 3 },
        value: { kind: 'item', item: 'mug' },
      },
    });
    const { referralCode } = await api.programs.me({ program, participant: 'ada' });
    await api.clicks.record({ program, referralCode, channel: 'mail' });
    for (const friend of ['bob', 'cleo']) await refer(api, 'ada', friend);
    await api.conversions.create({ program, participant: 'bob', event: 'purchase', idempotencyKey: 'sale' });
    await settled(laurel);
    await reviewed(laurel);

    const { token } = await api.participants.createToken({ participant: 'ada' });
    const fetched = (request: Request) => laurel.fetch(request);
    const own = createClient({
      ...{ baseUrl: 'https://shop.example/api', token, validate: contract },
      fetch: (input: RequestInfo | URL, init?: RequestInit) => fetched(new Request(input, init)),
    });
    const me = await own.programs.me({ program });
    expect(me).toMatchObject({ referralCode, counts: { clicks: 1, referrals: 2, qualified: 1, conversions: 1 } });
    expect(me.referralLink).toContain(referralCode);
    expect(await own.programs.get({ program })).toMatchObject({ slug: program, refereeOffer: '10 % off' });
    expect((await own.joining.channels({ program })).channels).toContainEqual(
      expect.objectContaining({ channel: 'mail', clicks: 1 }),
    );
    const wallet = await own.rewards.wallet({ program });
    expect(wallet.balances).toEqual([{ currency: 'EUR', held: 0, approved: 500, inPayout: 0, paid: 0 }]);
    expect(wallet.rewards.map(({ state }) => state)).toEqual(['approved']);
    expect(wallet.milestones).toHaveLength(1);
    expect((await own.reviews.mine({ program })).items).toHaveLength(2);
    expect((await own.leaderboards.standing({ contest: 'spring' })).standing).toMatchObject({ rank: 1 });
    for (const ofOthers of [
      own.programs.me({ program, participant: 'eve' }),
      own.rewards.wallet({ program, participant: 'eve' }),
      own.reviews.mine({ program, participant: 'eve' }),
    ]) {
      await expect(ofOthers).rejects.toMatchObject({ status: 403 });
    }
  });
});
