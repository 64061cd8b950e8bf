import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { createLaurel } from '../src/index.ts';
import { crashHost } from './crash/host.ts';
import { storageName } from './support.ts';

const rounds = 5;
const callers = 4;
const referees = Array.from({ length: callers }, (_, n) => `r${n}`);
const program = 'friends';
/** Pieces that there are of the gift for sales. On a quick machine they run out between two kills. */
const stock = 50;
const piecesFor = (sales: number) => Math.min(stock, sales);
const host = await crashHost();
const { start, kill, post } = host;
afterAll(host.end);

/** Sends sales of one referee, and gathers and approves payouts in between, until the server dies. */
async function load(base: string, name: string, participant: string, acknowledged: Set<string>): Promise<void> {
  for (let n = 0; ; n++) {
    const idempotencyKey = `${name}-${n}`;
    const amount = { minor: 1000, currency: 'EUR' };
    try {
      const sale = { program, participant, event: 'purchase', idempotencyKey, amount };
      const { status } = await post(base, '/api/conversions', sale);
      if (status === 201) acknowledged.add(idempotencyKey);
      if (n % 3 !== 2) continue;
      const made = await post(base, `/api/programs/${program}/payout-batches`, { currency: 'EUR' });
      const { id } = (await made.json()) as { id: string };
      if (made.status === 201) await (await post(base, `/api/payout-batches/${id}/approve`, {})).arrayBuffer();
    } catch {
      return;
    }
  }
}

const patient = { timeout: 60_000, interval: 100 };

/** What is done of all there is to do. */
const pick = ({ sales, shares, coupons, pieces, entered, paid }: Record<string, number>) => ({
  settled: sales === shares,
  handedOut: sales === coupons && pieces === piecesFor(sales ?? 0),
  paid: paid === entered,
});

async function prepare(base: string): Promise<void> {
  const landingUrl = 'https://shop.example/';
  await post(base, '/api/programs', { slug: program, name: 'Friends', landingUrl, riskMode: 'off' });
  for (const externalId of ['ada', ...referees]) await post(base, '/api/participants', { externalId });
  const rule = (slug: string, definition: unknown) =>
    post(base, `/api/programs/${program}/reward-rules`, { slug, name: slug, definition });
  await rule('share', { to: 'referrer', on: 'conversion', value: { kind: 'percent', basisPoints: 1000 } });
  await rule('coupon', { to: 'referee', on: 'conversion', value: { kind: 'coupon', coupon: 'thanks' } });
  await rule('mug', { to: 'referrer', on: 'conversion', value: { kind: 'item', item: 'mug' }, stock });
  const me = await fetch(`${base}/api/programs/${program}/me?participant=ada`, { headers: host.headers });
  const { referralCode } = (await me.json()) as { referralCode: string };
  for (const participant of referees) await post(base, '/api/referrals', { program, participant, referralCode });
}

it(`kill -9 while rewards are settled and paid, ${rounds} times on ${storageName}: nothing is lost, paid twice or given beyond its stock`, async () => {
  const acknowledged = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    const base = await start();
    if (round === 0) await prepare(base);
    const before = acknowledged.size;
    const loads = referees.map((referee, caller) => load(base, `${round}-${caller}`, referee, acknowledged));
    while (acknowledged.size === before) await sleep(5);
    await sleep(300 + Math.random() * 600);
    await kill();
    await Promise.all(loads);
  }

  const { database, rows, close } = await host.open();
  const { schema } = host;
  const numbers = async () => {
    const [row] = await rows(`select
      (select count(*) from ${schema}.conversion)::int as sales,
      (select count(*) from ${schema}.reward where kind = 'money' and state = 'approved')::int as shares,
      (select coalesce(sum(minor), 0) from ${schema}.reward_entry)::int as entered,
      (select coalesce(sum(minor), 0) from ${schema}.payout where state = 'paid')::int as paid,
      (select coalesce(sum(minor), 0) from ${schema}.host_paid)::int as arrived,
      (select count(*) from ${schema}.payout join ${schema}.host_paid on host_paid.id = payout.id::text
        where host_paid.minor = payout.minor)::int as matching,
      (select count(*) from ${schema}.host_paid)::int as transfers,
      (select count(*) from ${schema}.reward where kind = 'coupon' and state = 'fulfilled' and code = 'CODE-' || id)::int as coupons,
      (select count(*) from ${schema}.reward where kind = 'item')::int as claims,
      (select count(*) from ${schema}.reward where kind = 'item' and state = 'fulfilled' and code = 'CODE-' || id)::int as pieces,
      (select count(*) from ${schema}.reward where kind = 'item' and state = 'waiting')::int as unserved,
      (select coalesce(sum(stock_left), 0) from ${schema}.reward_supply)::int as left_over,
      (select count(*) from ${schema}.host_coupon join ${schema}.reward on reward.id::text = host_coupon.id where kind = 'item')::int as sent,
      (select count(*) from ${schema}.host_coupon)::int as made`);
    return row as Record<string, number>;
  };
  // Nobody waits a minute for the leases of the dead here.
  await rows(`update ${schema}.payout set leased_until = '-infinity'`);
  await rows(`update ${schema}.reward set leased_until = '-infinity'`);
  const insert = async (table: string, values: string) =>
    void (await rows(`insert into ${schema}.${table} values (${values}) on conflict do nothing`));
  const laurel = createLaurel({
    ...host.options,
    database,
    payouts: { pay: ({ id, minor }) => insert('host_paid', `'${id}', ${minor}`) },
    rewards: {
      fulfil: async ({ id }) => {
        await insert('host_coupon', `'${id}'`);
        return { code: `CODE-${id}` };
      },
    },
  });
  try {
    await laurel.start();
    await expect
      .poll(async () => pick(await numbers()), patient)
      .toEqual({ settled: true, handedOut: true, paid: expect.any(Boolean) });
    await laurel.api.payouts
      .createBatch({ program, currency: 'EUR' })
      .then(({ id }) => laurel.api.payouts.approveBatch({ batch: id }))
      .catch((problem: { code?: string }) => expect(problem.code).toBe('nothing_to_pay'));
    for (const { id, state } of (await laurel.api.payouts.listBatches({ program, limit: 100 })).items) {
      if (state === 'draft') await laurel.api.payouts.approveBatch({ batch: id });
    }
    await expect
      .poll(async () => pick(await numbers()), patient)
      .toEqual({ settled: true, handedOut: true, paid: true });
    const found = await numbers();
    console.log(`${storageName}: ${acknowledged.size} acknowledged, ${JSON.stringify(found)}, ${rounds} kills`);
    const sales = found.sales ?? 0;
    const pieces = piecesFor(sales);
    expect(sales).toBeGreaterThanOrEqual(acknowledged.size);
    expect(found).toMatchObject({ shares: sales, entered: sales * 100, paid: sales * 100, arrived: sales * 100 });
    expect(found).toMatchObject({ coupons: sales, made: sales + pieces, matching: found.transfers });
    expect(found).toMatchObject({
      claims: sales,
      pieces,
      sent: pieces,
      unserved: sales - pieces,
      left_over: stock - pieces,
    });
    expect(await laurel.recount()).toEqual([]);
  } finally {
    await laurel.close();
    await close();
  }
}, 300_000);
