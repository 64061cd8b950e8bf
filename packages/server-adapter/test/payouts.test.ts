import type { Api } from '@laurelkit/sdk/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LaurelOptions, PayoutToPay } from '../src/index.ts';
import { createPayer } from '../src/payouts/payer.ts';
import type { TestLaurel } from '../src/testing.ts';
import { ask, eventually, refer, seed, settled, sql, storageName, testLaurel } from './support.ts';
import { openTestStorage } from './test-storage.ts';

// The first opens the storage, which takes its time on a busy machine.
beforeAll(async () => void (await testLaurel()));

describe(`payouts (${storageName})`, () => {
  let laurel: TestLaurel;
  let api: Api;
  let keys = 0;
  const program = 'friends';
  const buy = (participant: string, minor: number, currency = 'EUR') =>
    api.conversions.create({
      program,
      participant,
      event: 'purchase',
      idempotencyKey: `key-${++keys}`,
      amount: { minor, currency },
    });
  const balance = async (participant: string, currency = 'EUR') =>
    (await api.rewards.wallet({ program, participant })).balances.find((each) => each.currency === currency);

  /** Ada referred bob, cleo referred dan; every sale is given on whole. */
  const begin = async (options: LaurelOptions = {}) => {
    laurel = await testLaurel(options);
    api = laurel.api;
    await seed(api, ['ada', 'bob', '=cleo', 'dan'], {}, { riskMode: 'off' });
    await api.rewardRules.create({
      program,
      slug: 'all',
      name: 'All',
      definition: { to: 'referrer', on: 'conversion', value: { kind: 'percent', basisPoints: 10_000 } },
    });
    await refer(api, 'ada', 'bob');
    await refer(api, '=cleo', 'dan');
  };

  it('gathers what is approved, pays it once, and completes', async () => {
    await begin();
    await buy('bob', 1_050);
    await buy('bob', 200);
    await buy('dan', 90);
    await buy('dan', 5_000, 'USD');
    await settled(laurel);
    const draft = await api.payouts.createBatch({ program, currency: 'EUR', minimumMinor: 100 });
    expect(draft).toMatchObject({ state: 'draft', payouts: 1, minor: 1_250, paid: 0 });
    expect(await balance('ada')).toEqual({ currency: 'EUR', held: 0, approved: 0, inPayout: 1_250, paid: 0 });
    await expect(api.payouts.createBatch({ program, currency: 'EUR', minimumMinor: 100 })).rejects.toMatchObject({
      code: 'nothing_to_pay',
    });
    const [payout] = (await api.payouts.list({ batch: draft.id })).items;
    if (!payout) throw new Error('There is no payout.');
    await expect(api.payouts.markPaid({ payout: payout.id })).rejects.toMatchObject({ code: 'payout_state_conflict' });
    expect((await ask(laurel, 'GET', `/payout-batches/${draft.id}/csv`, { credential: laurel.secretKey })).status).toBe(
      409,
    );
    await api.payouts.approveBatch({ batch: draft.id });
    expect(await api.payouts.approveBatch({ batch: draft.id })).toMatchObject({ state: 'approved' });
    await expect(api.payouts.cancelBatch({ batch: draft.id })).rejects.toMatchObject({ code: 'payout_state_conflict' });
    expect(await api.payouts.markFailed({ payout: payout.id, error: 'no account' })).toMatchObject({
      state: 'failed',
      error: 'no account',
    });
    expect(await api.payouts.getBatch({ batch: draft.id })).toMatchObject({ state: 'approved', failed: 1 });
    expect(await balance('ada')).toMatchObject({ inPayout: 1_250 });
    expect(await api.payouts.retry({ payout: payout.id })).toMatchObject({
      id: payout.id,
      state: 'pending',
      error: null,
    });
    const paid = await api.payouts.markPaid({ payout: payout.id, reference: 'SEPA 1' });
    expect(paid).toMatchObject({ state: 'paid', reference: 'SEPA 1' });
    expect(await api.payouts.markPaid({ payout: payout.id })).toEqual(paid);
    await expect(api.payouts.markFailed({ payout: payout.id, error: 'late' })).rejects.toMatchObject({
      code: 'payout_state_conflict',
    });
    expect(await api.payouts.getBatch({ batch: draft.id })).toMatchObject({ state: 'completed', paid: 1 });
    expect(await balance('ada')).toEqual({ currency: 'EUR', held: 0, approved: 0, inPayout: 0, paid: 1_250 });
    expect(await balance('=cleo')).toMatchObject({ approved: 90 });
    expect((await api.payouts.listBatches({ program })).items.map(({ id }) => id)).toEqual([draft.id]);
  });

  it('writes a file for the bank that no spreadsheet runs', async () => {
    await begin();
    await buy('dan', 1_234);
    await settled(laurel);
    const { id } = await api.payouts.createBatch({ program, currency: 'EUR' });
    await api.payouts.approveBatch({ batch: id });
    const file = await ask(laurel, 'GET', `/payout-batches/${id}/csv`, { credential: laurel.secretKey });
    expect(file.status).toBe(200);
    expect(file.headers.get('content-type')).toContain('text/csv');
    expect(file.text.split('\r\n')[1]).toMatch(/^[0-9a-f-]{36},[0-9a-f-]{36},"'=cleo",12\.34,EUR,1234,pending,$/);
  });

  it('puts only what is still to be paid into the file for the bank', async () => {
    await begin();
    await buy('bob', 100);
    await buy('dan', 70);
    await settled(laurel);
    const { id } = await api.payouts.createBatch({ program, currency: 'EUR' });
    await api.payouts.approveBatch({ batch: id });
    const rows = async (query = '') => {
      const file = await ask(laurel, 'GET', `/payout-batches/${id}/csv${query}`, { credential: laurel.secretKey });
      return file.text
        .split('\r\n')
        .slice(1, -1)
        .map((line) => line.split(',').slice(-3).join(' '))
        .sort();
    };
    const { items } = await api.payouts.list({ batch: id });
    const of = (name: string) => items.find(({ externalId }) => externalId === name)?.id ?? '';
    expect(await rows()).toEqual(['100 pending ', '70 pending ']);
    await api.payouts.markPaid({ payout: of('ada'), reference: 'SEPA-1' });
    await api.payouts.markFailed({ payout: of('=cleo'), error: 'no account' });
    expect(await rows()).toEqual([]);
    await api.payouts.retry({ payout: of('=cleo') });
    expect(await rows()).toEqual(['70 pending ']);
    expect(await rows('?state=all')).toEqual(['100 paid SEPA-1', '70 pending ']);
    await api.payouts.markPaid({ payout: of('=cleo') });
    expect(await rows()).toEqual([]);
  });

  it('frees the money of a draft that is given up', async () => {
    await begin();
    await buy('bob', 100);
    await settled(laurel);
    const { id } = await api.payouts.createBatch({ program, currency: 'EUR' });
    expect(await api.payouts.cancelBatch({ batch: id })).toMatchObject({ state: 'cancelled' });
    expect(await balance('ada')).toMatchObject({ approved: 100, inPayout: 0 });
    expect(await api.payouts.createBatch({ program, currency: 'EUR' })).toMatchObject({ minor: 100 });
    await expect(api.payouts.approveBatch({ batch: id })).rejects.toMatchObject({ code: 'payout_state_conflict' });
  });

  it('sets a refund after the payout off against what comes next', async () => {
    await begin();
    const sale = await buy('bob', 100);
    await settled(laurel);
    const first = await api.payouts.createBatch({ program, currency: 'EUR' });
    await api.payouts.approveBatch({ batch: first.id });
    const [payout] = (await api.payouts.list({ batch: first.id })).items;
    await api.payouts.markPaid({ payout: payout?.id ?? '' });
    await api.conversions.reverse({ conversion: sale.id });
    await settled(laurel);
    expect(await balance('ada')).toMatchObject({ approved: -100, paid: 100 });
    await expect(api.payouts.createBatch({ program, currency: 'EUR' })).rejects.toMatchObject({
      code: 'nothing_to_pay',
    });
    await buy('bob', 130);
    await settled(laurel);
    expect(await balance('ada')).toMatchObject({ approved: 30, paid: 100 });
    expect(await api.payouts.createBatch({ program, currency: 'EUR' })).toMatchObject({ payouts: 1, minor: 30 });
  });

  it('cannot take a reward away that is in a payout', async () => {
    await begin();
    await buy('bob', 100);
    await settled(laurel);
    const [reward] = (await api.rewards.list({ program })).items;
    await api.payouts.createBatch({ program, currency: 'EUR' });
    await expect(api.rewards.cancel({ reward: reward?.id ?? '', reason: 'late' })).rejects.toMatchObject({
      code: 'reward_state_conflict',
    });
  });

  it('puts an entry into one payout only, however many gather at once', async () => {
    await begin();
    for (let n = 0; n < 10; n++) await buy(n % 2 ? 'bob' : 'dan', 10 + n);
    await settled(laurel);
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, () => api.payouts.createBatch({ program, currency: 'EUR' })),
    );
    const made = results.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(made.map(({ minor }) => minor)).toEqual([145]);
    const refused = results.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []));
    expect(new Set(refused)).toEqual(new Set(['nothing_to_pay']));
  });

  it('has the host pay each once under its id, and again under the same id after a failure', async () => {
    const asked: PayoutToPay[] = [];
    let broken = true;
    await begin({
      payouts: {
        pay: async (payout) => {
          asked.push(payout);
          if (broken && payout.externalId === 'ada') throw new Error('the bank is closed');
          return { reference: `ref-${payout.externalId}` };
        },
      },
    });
    await buy('bob', 100);
    await buy('dan', 70);
    await settled(laurel);
    const { id } = await api.payouts.createBatch({ program, currency: 'EUR' });
    expect(asked).toEqual([]);
    await api.payouts.approveBatch({ batch: id });
    const states = async () =>
      (await api.payouts.list({ batch: id })).items.map(({ externalId, state }) => `${externalId} ${state}`).sort();
    const done = ['=cleo paid', 'ada failed'];
    expect(await eventually(states, (now) => now.join() === done.join())).toEqual(done);
    broken = false;
    const failed = (await api.payouts.list({ batch: id, state: 'failed' })).items[0];
    expect(failed).toMatchObject({ error: 'the bank is closed', attempts: 1 });
    await api.payouts.retry({ payout: failed?.id ?? '' });
    const batch = await eventually(
      () => api.payouts.getBatch({ batch: id }),
      ({ state }) => state === 'completed',
    );
    expect(batch).toMatchObject({ state: 'completed', paid: 2, failed: 0 });
    expect(asked.filter(({ externalId }) => externalId === 'ada').map((each) => each.id)).toEqual([
      failed?.id,
      failed?.id,
    ]);
    expect(asked.filter(({ externalId }) => externalId === '=cleo')).toMatchObject([
      { minor: 70, currency: 'EUR', program, batch: id },
    ]);
    const names = await sql<{ name: string }>(
      laurel,
      `select name from $schema.event where name like 'payout.%' order by name`,
    );
    expect(names.map(({ name }) => name)).toEqual([
      'payout.approved',
      'payout.approved',
      'payout.failed',
      'payout.paid',
      'payout.paid',
    ]);
  });

  it('has paid what the host sent, though it was marked as failed meanwhile', async () => {
    const under = Promise.withResolvers<string>();
    const sent = Promise.withResolvers<{ reference: string }>();
    await begin({
      payouts: {
        pay: ({ id }) => {
          under.resolve(id);
          return sent.promise;
        },
      },
    });
    await buy('bob', 100);
    await settled(laurel);
    const { id } = await api.payouts.createBatch({ program, currency: 'EUR' });
    await api.payouts.approveBatch({ batch: id });
    const payout = await under.promise;
    await api.payouts.markFailed({ payout, error: 'the bank does not answer' });
    sent.resolve({ reference: 'SEPA 1' });
    const batch = await eventually(
      () => api.payouts.getBatch({ batch: id }),
      ({ state }) => state === 'completed',
    );
    expect(batch).toMatchObject({ state: 'completed', paid: 1, failed: 0 });
    expect((await api.payouts.list({ batch: id })).items).toMatchObject([
      { state: 'paid', reference: 'SEPA 1', error: null },
    ]);
  });

  it('of which the host’s function never answers keep no other waiting, and are paid when it answers late', async () => {
    await begin();
    await buy('bob', 100);
    await buy('dan', 200);
    await settled(laurel);
    const { id } = await api.payouts.createBatch({ program, currency: 'EUR' });
    await api.payouts.approveBatch({ batch: id });
    const late = Promise.withResolvers<{ reference: string }>();
    const failures: unknown[] = [];
    const storage = await openTestStorage();
    const payer = createPayer({
      ...{ storage, schema: laurel.schema, channel: `laurel_${laurel.schema}`, clock: () => null, patience: 20 },
      pay: ({ minor }) => (minor === 100 ? late.promise : { reference: 'in time' }),
      onFailure: (error) => void failures.push(error),
    });
    await payer.run();
    const seen = async () =>
      (await api.payouts.list({ batch: id })).items
        .map(({ minor, state, reference, error }) => [minor, state, reference ?? error])
        .sort();
    const words = 'No answer within 0.02 seconds: it may have been sent.';
    expect(await seen()).toEqual([
      [100, 'failed', words],
      [200, 'paid', 'in time'],
    ]);
    expect(failures).toEqual([new Error(words)]);
    late.resolve({ reference: 'late' });
    await eventually(
      () => api.payouts.getBatch({ batch: id }),
      ({ state }) => state === 'completed',
    );
    expect(await seen()).toEqual([
      [100, 'paid', 'late'],
      [200, 'paid', 'in time'],
    ]);
    await storage.close();
  });

  it('that hang do not keep the server from closing', async () => {
    const begun = Promise.withResolvers<void>();
    await begin({
      drainSeconds: 1,
      payouts: {
        pay: () => {
          begun.resolve();
          return new Promise(() => {});
        },
      },
    });
    await buy('bob', 100);
    await settled(laurel);
    const { id } = await api.payouts.createBatch({ program, currency: 'EUR' });
    await api.payouts.approveBatch({ batch: id });
    await begun.promise;
    await laurel.close();
  });
});
