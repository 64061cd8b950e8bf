import { beforeAll, describe, expect, it } from 'vitest';
import {
  databaseUrl,
  inHostTransaction,
  refer,
  seed,
  settled,
  sql,
  storageName,
  testLaurel,
  whileLocked,
} from './support.ts';

const program = 'friends';
const euros = (minor: number) => ({ kind: 'money', minor, currency: 'EUR' }) as const;

/** Two installations on one database, both settling. */
async function pair(names: readonly string[]) {
  const first = await testLaurel();
  const second = await testLaurel({ schema: first.schema });
  await seed(first.api, names, {}, { riskMode: 'off' });
  return [first, second] as const;
}

// The first opens the storage, which takes its time on a busy machine.
beforeAll(async () => void (await testLaurel()));

describe(`rewards under races (${storageName})`, () => {
  it('stock 10, 200 parallel claims of different referees: exactly 10 are given', async () => {
    const referees = Array.from({ length: 200 }, (_, n) => `r${n}`);
    const referrers = Array.from({ length: 10 }, (_, n) => `a${n}`);
    const nodes = await pair(referrers);
    const [{ api }] = nodes;
    const made = await api.rewardRules.create({
      program,
      slug: 'mugs',
      name: 'Mugs',
      definition: { to: 'referee', on: 'qualified', value: { kind: 'item', item: 'mug' }, stock: 10 },
    });
    await Promise.all(
      referees.map(async (name, n) => {
        await api.participants.upsert({ externalId: name });
        await refer(api, referrers[n % 10] as string, name);
      }),
    );
    await Promise.all(
      referees.map((participant, n) =>
        (nodes[n % 2] ?? nodes[0]).api.conversions.create({
          program,
          participant,
          event: 'purchase',
          idempotencyKey: participant,
        }),
      ),
    );
    await settled(nodes[0]);
    const states = await sql<{ state: string; rewards: number }>(
      nodes[0],
      'select state, count(*)::int as rewards from $schema.reward group by 1 order by 1',
    );
    expect(states).toEqual([
      { state: 'approved', rewards: 10 },
      { state: 'waiting', rewards: 190 },
    ]);
    expect(await api.rewardRules.get({ rule: made.id })).toMatchObject({ stockLeft: 0 });
  }, 60_000);

  it('counts parallel duplicates once, and keeps caps, whoever settles (hcb#12354, me-hub#894)', async () => {
    const nodes = await pair(['ada', 'bob', 'cleo']);
    const [{ api }] = nodes;
    await api.rewardRules.create({
      program,
      slug: 'share',
      name: 'Share',
      definition: { to: 'referrer', on: 'conversion', value: euros(10), caps: { total: 25 } },
    });
    await api.rewardRules.create({
      program,
      slug: 'pair',
      name: 'Pair',
      definition: { to: 'referrer', on: 'milestone', milestone: { referrals: 2 }, value: euros(500) },
    });
    for (const name of ['bob', 'cleo']) await refer(api, 'ada', name);
    await Promise.all(
      Array.from({ length: 240 }, (_, n) =>
        (nodes[n % 2] ?? nodes[0]).api.conversions.create({
          program,
          participant: n % 3 ? 'bob' : 'cleo',
          event: 'purchase',
          idempotencyKey: `sale-${n % 60}`,
        }),
      ),
    );
    await settled(nodes[0]);
    const wallet = async () => (await api.rewards.wallet({ program, participant: 'ada' })).balances;
    expect(await wallet()).toEqual([{ currency: 'EUR', held: 0, approved: 750, inPayout: 0, paid: 0 }]);
    const { items } = await api.rewards.list({ program, limit: 100 });
    expect(items.filter(({ state }) => state === 'capped')).toHaveLength(35);

    // All is taken back and given again while both settle.
    const sales = items.flatMap(({ cause }) =>
      cause.startsWith('conversion:') ? cause.slice('conversion:'.length) : [],
    );
    await Promise.all(
      sales.flatMap((conversion, n) => [
        (nodes[n % 2] ?? nodes[0]).api.conversions.reverse({ conversion }),
        (nodes[(n + 1) % 2] ?? nodes[0]).api.conversions.reverse({ conversion }),
      ]),
    );
    await settled(nodes[0]);
    expect(await wallet()).toMatchObject([{ approved: 0 }]);
    const entries = await sql<{ reward_id: string; sum: string }>(
      nodes[0],
      'select reward_id, sum(minor) from $schema.reward_entry group by 1 having sum(minor) <> 0',
    );
    expect(entries).toEqual([]);
    expect(await nodes[0].recount()).toEqual([]);
  }, 60_000);

  it('settles what a host’s own transaction changed once it commits, and nothing when it rolls back', async () => {
    const [laurel] = await pair(['ada', 'bob']);
    const { api } = laurel;
    await api.rewardRules.create({
      program,
      slug: 'share',
      name: 'Share',
      definition: { to: 'referrer', on: 'conversion', value: euros(10) },
    });
    await refer(api, 'ada', 'bob');
    const sale = { program, participant: 'bob', event: 'purchase' };
    const first = await api.conversions.create({ ...sale, idempotencyKey: 'first' });
    await settled(laurel);
    const approved = async () => (await api.rewards.wallet({ program, participant: 'ada' })).balances[0]?.approved;
    const rollsBack = inHostTransaction(async (transaction) => {
      await laurel.api.with(transaction).conversions.reverse({ conversion: first.id });
      await laurel.api.with(transaction).conversions.create({ ...sale, idempotencyKey: 'lost' });
      throw new Error('the host changed its mind');
    });
    await expect(rollsBack).rejects.toThrow('changed its mind');
    await settled(laurel);
    expect(await approved()).toBe(10);
    await inHostTransaction(async (transaction) => {
      await laurel.api.with(transaction).conversions.create({ ...sale, idempotencyKey: 'second' });
    });
    await settled(laurel);
    expect(await approved()).toBe(20);
    await inHostTransaction(async (transaction) => {
      await laurel.api.with(transaction).conversions.reverse({ conversion: first.id });
    });
    await settled(laurel);
    expect(await approved()).toBe(10);
  });

  it('a reward taken away gives its share back once, though the rule was changed before it was settled', async () => {
    const [laurel] = await pair(['ada', 'bob', 'cleo']);
    const { api } = laurel;
    const budget = { minor: 250, currency: 'EUR' };
    const definition = { to: 'referrer', on: 'referral', value: euros(100), stock: 2, budget } as const;
    const { id: rule } = await api.rewardRules.create({ program, slug: 'share', name: 'Share', definition });
    await refer(api, 'ada', 'bob');
    await settled(laurel);
    const [reward] = (await api.rewards.list({ program })).items;
    await inHostTransaction(async (transaction) => {
      const inside = laurel.api.with(transaction);
      await inside.rewards.cancel({ reward: reward?.id ?? '', reason: 'a mistake' });
      await inside.rewardRules.update({ rule, definition: { ...definition, holdDays: 0 } });
    });
    await settled(laurel);
    expect(await api.rewardRules.get({ rule })).toMatchObject({ stockLeft: 2, budgetLeft: budget });
  });

  // One process has embedded storage to itself, and one transaction at a time.
  it.runIf(databaseUrl)('what somebody earns is settled while a host’s open transaction renames them', async () => {
    const [laurel] = await pair(['ada', 'bob']);
    const { api } = laurel;
    await api.rewardRules.create({
      ...{ program, slug: 'each', name: 'Each' },
      definition: { to: 'referrer', on: 'referral', value: euros(10) },
    });
    await inHostTransaction(async (transaction) => {
      await api.with(transaction).participants.upsert({ externalId: 'ada', displayName: 'Ada Lovelace' });
      const earned = refer(api, 'ada', 'bob').then(() => settled(laurel));
      await Promise.race([earned, new Promise((resolve) => setTimeout(resolve, 10_000))]);
      expect((await api.rewards.list({ program })).items).toMatchObject([{ state: 'approved' }]);
    });
  });

  // One process has embedded storage to itself, and one transaction at a time.
  it.runIf(databaseUrl)('a rule’s first stock counts what is being given meanwhile', async () => {
    const [laurel] = await pair(['ada', 'bob', 'cleo']);
    const { api } = laurel;
    const definition = { to: 'referrer', on: 'referral', value: { kind: 'item', item: 'mug' } } as const;
    const { id: rule } = await api.rewardRules.create({ program, slug: 'mugs', name: 'Mugs', definition });
    let changed: Promise<unknown> = Promise.resolve();
    // There the settler stops, when it has counted and not yet written all.
    await whileLocked(laurel, 'reward_transition', async (reached) => {
      await refer(api, 'ada', 'bob');
      await reached();
      changed = api.rewardRules.update({ rule, definition: { ...definition, stock: 1 } });
      // Time to change it, as far as it goes meanwhile.
      await Promise.race([changed, new Promise((resolve) => setTimeout(resolve, 500))]);
    });
    await changed;
    await refer(api, 'ada', 'cleo');
    await settled(laurel);
    const { items } = await api.rewards.list({ program });
    expect(items.map(({ state }) => state).sort()).toEqual(['approved', 'waiting']);
    expect(await api.rewardRules.get({ rule })).toMatchObject({ stockLeft: 0 });
  });
});
