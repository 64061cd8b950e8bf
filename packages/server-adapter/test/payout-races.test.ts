import type { Api } from '@laurelkit/sdk/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PayoutToPay } from '../src/index.ts';
import type { TestLaurel } from '../src/testing.ts';
import {
  databaseUrl,
  eventually,
  inHostTransaction,
  refer,
  seed,
  settled,
  sql,
  storageName,
  testLaurel,
} from './support.ts';

const program = 'friends';
const people = 12;
const names = (letter: string) => Array.from({ length: people }, (_, n) => `${letter}${n}`);

// The first opens the storage, which takes its time on a busy machine.
beforeAll(async () => void (await testLaurel()));

describe(`payouts under races (${storageName})`, () => {
  /** Two nodes on one schema with an approved batch of a payout of 100 for each of twelve people. */
  async function batchOf(pay?: (payout: PayoutToPay) => Promise<void>) {
    const options = pay ? { payouts: { pay } } : {};
    const first = await testLaurel(options);
    const nodes = [first, await testLaurel({ ...options, schema: first.schema })] as const;
    const { api } = first;
    await seed(api, [...names('a'), ...names('r')], {}, { riskMode: 'off' });
    const value = { kind: 'money', minor: 100, currency: 'EUR' } as const;
    await api.rewardRules.create({
      ...{ program, slug: 'each', name: 'Each', definition: { to: 'referrer', on: 'referral', value } },
    });
    for (let n = 0; n < people; n++) await refer(api, `a${n}`, `r${n}`);
    await settled(first);
    const { id: batch } = await api.payouts.createBatch({ program, currency: 'EUR' });
    await api.payouts.approveBatch({ batch });
    const ids = (await api.payouts.list({ batch, limit: 100 })).items.map(({ id }) => id);
    expect(ids).toHaveLength(people);
    return { nodes, batch, ids };
  }

  /** The states of each payout, one after the other; each change begins where the one before ended. */
  async function pathsOf(laurel: TestLaurel): Promise<string[][]> {
    const rows = await sql<{ id: string; from: string | null; to: string }>(
      laurel,
      'select payout_id as id, from_state as from, to_state as to from $schema.payout_transition order by payout_transition.id',
    );
    return [...Map.groupBy(rows, ({ id }) => id).values()].map((steps) => {
      expect(steps.map(({ from }) => from)).toEqual([null, ...steps.slice(0, -1).map(({ to }) => to)]);
      return steps.map(({ to }) => to);
    });
  }

  it('sent by two nodes while failed ones are tried again: each arrives once, and none is sent twice at once', async () => {
    const referrers = names('a');
    const tries = (referrer: string) => (referrers.indexOf(referrer) % 2 === 1 ? 3 : 1);
    const underWay = new Set<string>();
    const calls = new Map<string, number>();
    const arrived: string[] = [];
    let overlaps = 0;
    const { nodes, batch, ids } = await batchOf(async ({ id, externalId }) => {
      if (underWay.has(id)) overlaps += 1;
      underWay.add(id);
      const call = (calls.get(externalId) ?? 0) + 1;
      calls.set(externalId, call);
      await new Promise((resolve) => setImmediate(resolve));
      underWay.delete(id);
      if (call < tries(externalId)) throw new Error('the bank is busy');
      arrived.push(id);
    });
    const done = await eventually(
      async () => {
        const { items } = await nodes[0].api.payouts.list({ batch, state: 'failed', limit: 100 });
        await Promise.allSettled(
          items.flatMap(({ id }) => [...nodes, ...nodes].map(({ api }) => api.payouts.retry({ payout: id }))),
        );
        return nodes[0].api.payouts.getBatch({ batch });
      },
      ({ state }) => state === 'completed',
    );
    expect(done).toMatchObject({ state: 'completed', paid: people, failed: 0, minor: people * 100 });
    expect(overlaps).toBe(0);
    expect(arrived.sort()).toEqual([...ids].sort());
    expect(referrers.map((name) => calls.get(name))).toEqual(referrers.map(tries));
    for (const path of await pathsOf(nodes[0])) {
      expect(path.filter((state) => state === 'paid')).toHaveLength(1);
      expect(path.at(-1)).toBe('paid');
    }
  }, 60_000);

  it('marked paid, failed and to be tried again by many at once: one after the other, and what is paid stays paid', async () => {
    const { nodes, batch, ids } = await batchOf();
    const marks = ({ api }: TestLaurel, payout: string) => [
      api.payouts.markFailed({ payout, error: 'no account' }),
      api.payouts.retry({ payout }),
      api.payouts.markPaid({ payout, reference: 'SEPA' }),
      api.payouts.markFailed({ payout, error: 'no account' }),
      api.payouts.retry({ payout }),
    ];
    const answers = await Promise.allSettled(
      ids.flatMap((id) => nodes.flatMap((node) => [...marks(node, id), ...marks(node, id)])),
    );
    const refused = answers.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []));
    expect(new Set(refused)).toEqual(new Set(['payout_state_conflict']));
    for (const path of await pathsOf(nodes[0])) {
      expect(path.filter((state) => state === 'paid')).toHaveLength(1);
      expect(path.at(-1)).toBe('paid');
    }
    expect(await nodes[1].api.payouts.getBatch({ batch })).toMatchObject({ state: 'completed', paid: people });
    const events = await sql(nodes[0], `select from $schema.event where name = 'payout.paid'`);
    expect(events).toHaveLength(people);
  }, 60_000);

  // One process has embedded storage to itself, and one transaction at a time.
  it.runIf(databaseUrl)(
    'completed by the last, though the last two are paid in transactions that do not see each other',
    async () => {
      const { nodes, batch, ids } = await batchOf();
      const [one, other] = nodes;
      const [last = '', lastButOne = '', ...others] = ids;
      for (const payout of others) await one.api.payouts.markPaid({ payout });
      let marked: Promise<unknown> = Promise.resolve();
      await inHostTransaction(async (transaction) => {
        await one.api.with(transaction).payouts.markPaid({ payout: last });
        marked = other.api.payouts.markPaid({ payout: lastButOne });
        // Time to mark the other one, as far as it goes meanwhile.
        await Promise.race([marked, new Promise((resolve) => setTimeout(resolve, 500))]);
      });
      await marked;
      expect(await one.api.payouts.getBatch({ batch })).toMatchObject({ state: 'completed', paid: people });
    },
  );

  describe.runIf(databaseUrl)('gathered while a reward is taken away', () => {
    /** Does `second` while the host's transaction that did `first` is open; answers what became of it. */
    async function meanwhile(
      { api }: TestLaurel,
      first: (api: Api) => Promise<unknown>,
      second: (api: Api) => Promise<unknown>,
    ) {
      let done: Promise<unknown> = Promise.resolve();
      await inHostTransaction(async (transaction) => {
        await first(api.with(transaction));
        done = second(api).then(
          () => 'done',
          ({ code }) => code,
        );
        // Time to do it, as far as it goes meanwhile.
        await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 500))]);
      });
      return done;
    }

    /** A reward that waits to be gathered, and both things that may happen to it. */
    async function approvedReward() {
      const laurel = await testLaurel();
      await seed(laurel.api, ['ada', 'bob'], {}, { riskMode: 'off' });
      const value = { kind: 'money', minor: 100, currency: 'EUR' } as const;
      await laurel.api.rewardRules.create({
        ...{ program, slug: 'each', name: 'Each', definition: { to: 'referrer', on: 'referral', value } },
      });
      await refer(laurel.api, 'ada', 'bob');
      await settled(laurel);
      const { id } = (await laurel.api.rewards.list({ program })).items[0] ?? {};
      const cancel = (api: Api) => api.rewards.cancel({ reward: String(id), reason: 'a mistake' });
      const gather = (api: Api) => api.payouts.createBatch({ program, currency: 'EUR' });
      return { laurel, cancel, gather };
    }

    it('it is not taken away once it is in a payout', async () => {
      const { laurel, cancel, gather } = await approvedReward();
      expect(await meanwhile(laurel, gather, cancel)).toBe('reward_state_conflict');
    });

    it('it is in no payout once it is taken away', async () => {
      const { laurel, cancel, gather } = await approvedReward();
      expect(await meanwhile(laurel, cancel, gather)).toBe('nothing_to_pay');
    });
  });
});
