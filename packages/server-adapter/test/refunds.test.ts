import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { refer, seed, settled, sql, storageName, testLaurel } from './support.ts';

describe(`refunds in parts (${storageName})`, () => {
  let laurel: TestLaurel;
  let sales = 0;
  const program = 'friends';

  const buy = (minor: number | null, participant = 'bob') =>
    laurel.api.conversions.create({
      ...{ program, participant, event: 'purchase', idempotencyKey: `sale-${++sales}` },
      ...(minor !== null && { amount: { minor, currency: 'EUR' } }),
    });
  const refund = (conversion: string, amount?: number, idempotencyKey?: string) =>
    laurel.api.conversions.reverse({ conversion, reason: 'refund', amount, idempotencyKey });
  /** What counts of the sales of bob, by amount. */
  const counting = async () =>
    (
      await sql<{ minor: number }>(
        laurel,
        `select amount_minor::int as minor from $schema.conversion join $schema.participant who on who.id = participant_id
         where external_id = 'bob' and reversed_at is null and amount_minor is not null order by 1`,
      )
    ).map(({ minor }) => minor);
  const commission = async () => {
    await settled(laurel);
    const { balances } = await laurel.api.rewards.wallet({ program, participant: 'ada' });
    return balances.find(({ currency }) => currency === 'EUR')?.approved ?? 0;
  };
  const points = async () => {
    await settled(laurel);
    return (await laurel.api.leaderboards.standing({ contest: 'spring', participant: 'ada' })).standing?.score ?? 0;
  };

  beforeAll(async () => {
    laurel = await testLaurel();
    await seed(laurel.api, ['ada', 'bob', 'cleo'], {}, { riskMode: 'off' });
    const value = { kind: 'percent', basisPoints: 1_000 } as const;
    await laurel.api.rewardRules.create({
      ...{ program, slug: 'share', name: 'Share', definition: { to: 'referrer', on: 'conversion', value } },
    });
    await refer(laurel.api, 'ada', 'bob');
  });

  it('leave what is left, as of the instant of the sale, and take the rest back at last', async () => {
    const sale = await buy(1_000);
    const before = await points();
    expect(await commission()).toBe(100);
    const first = await refund(sale.id, 300, 'refund-1');
    expect(first).toMatchObject({
      amount: { minor: 700, currency: 'EUR' },
      reversedAt: null,
      createdAt: sale.createdAt,
    });
    expect(first.id).not.toBe(sale.id);
    expect([await counting(), await commission(), await points()]).toEqual([[700], 70, before]);
    // By the first conversion or the one in its place.
    const second = await refund(first.id, 200, 'refund-2');
    expect(second.amount).toEqual({ minor: 500, currency: 'EUR' });
    expect([await counting(), await commission()]).toEqual([[500], 50]);
    const last = await refund(sale.id);
    expect(last).toMatchObject({ id: second.id, reversedAt: expect.any(String) });
    expect([await counting(), await commission()]).toEqual([[], 0]);
    expect(await points()).toBe(before - 1);
    expect(await refund(sale.id)).toEqual(last);
    expect(await laurel.recount()).toEqual([]);
  });

  it('happen once by their key, however many ask at once', async () => {
    const sale = await buy(1_000);
    const answers = await Promise.all(Array.from({ length: 8 }, () => refund(sale.id, 400, 'once')));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await counting()).toEqual([600]);
    // Without a key the same amount of the same conversion is the same refund.
    expect((await refund(sale.id, 100)).amount?.minor).toBe(500);
    expect((await refund(sale.id, 100)).amount?.minor).toBe(500);
    const parts = await Promise.all([1, 2, 3].map((part) => refund(sale.id, 100, `part-${part}`)));
    expect(parts.map(({ amount }) => amount?.minor).sort()).toEqual([200, 300, 400]);
    expect([await counting(), await commission()]).toEqual([[200], 20]);
    await expect(refund(sale.id, 399, 'once')).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    const gone = await refund(sale.id, 200, 'rest');
    expect(gone.reversedAt).not.toBeNull();
    expect(await refund(sale.id, 200, 'rest')).toEqual(gone);
    expect([await counting(), await commission()]).toEqual([[], 0]);
  });

  it('of all and of parts at once leave nothing', async () => {
    const sale = await buy(1_000);
    const rest = await refund(sale.id, 100, 'first');
    const answers = await Promise.allSettled([
      ...Array.from({ length: 6 }, (_, n) => refund(n % 2 ? sale.id : rest.id, 100, `part-${n}`)),
      refund(sale.id),
      refund(rest.id),
    ]);
    const refused = answers.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []));
    expect(refused.filter((code) => code !== 'refund_too_large')).toEqual([]);
    expect([await counting(), await commission()]).toEqual([[], 0]);
  });

  it('say what is left where more is asked', async () => {
    const sale = await buy(1_000);
    await expect(refund(sale.id, 1_001)).rejects.toMatchObject({
      code: 'refund_too_large',
      detail: expect.stringMatching(/1000 minor units of EUR/),
    });
    await refund(sale.id, 600, 'a');
    await expect(refund(sale.id, 401, 'b')).rejects.toMatchObject({
      code: 'refund_too_large',
      detail: expect.stringMatching(/Of the conversion 400 /),
    });
    await refund(sale.id);
    await expect(refund(sale.id, 1, 'c')).rejects.toMatchObject({
      code: 'refund_too_large',
      detail: expect.stringMatching(/Nothing is left/),
    });
    const free = await buy(null);
    await expect(refund(free.id, 1)).rejects.toMatchObject({
      code: 'refund_too_large',
      detail: expect.stringMatching(/no amount/),
    });
    await expect(refund(crypto.randomUUID(), 1)).rejects.toMatchObject({ code: 'conversion_not_found' });
    expect(await counting()).toEqual([]);
  });

  it('of a sale nobody earned by find no referrer who came after it', async () => {
    const sale = await buy(1_000, 'cleo');
    await refer(laurel.api, 'ada', 'cleo');
    const part = await refund(sale.id, 400, 'a');
    expect(part).toMatchObject({ id: sale.id, attributed: false, reversedAt: null });
    await expect(refund(sale.id, 601, 'b')).rejects.toMatchObject({ code: 'refund_too_large' });
    const all = await refund(sale.id, 600, 'c');
    expect(all).toMatchObject({ id: sale.id, reversedAt: expect.any(String) });
    expect(await commission()).toBe(0);
  });
});
