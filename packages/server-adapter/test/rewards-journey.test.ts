import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient, paginate } from '@laurelkit/sdk';
import { contract } from '@laurelkit/sdk/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { nodeHandler } from '../src/node.ts';
import type { TestLaurel } from '../src/testing.ts';
import { seed, settled, storageName, testLaurel } from './support.ts';

let laurel: TestLaurel;
let server: Server;
let baseUrl: string;

beforeAll(async () => {
  laurel = await testLaurel();
  await seed(laurel.api, ['ada', 'bob', 'cleo'], {}, { riskMode: 'off' });
  server = createServer(nodeHandler(laurel)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it(`from a rule to the money in the wallet, over HTTP through the SDK (${storageName})`, async () => {
  const backend = createClient({ baseUrl, key: laurel.secretKey, validate: contract });
  const program = 'friends';
  await backend.rewardRules.create({
    program,
    slug: 'share',
    name: 'Share',
    definition: { to: 'referrer', on: 'conversion', value: { kind: 'percent', basisPoints: 1500 } },
  });
  await backend.rewardRules.create({
    program,
    slug: 'two',
    name: 'Two friends',
    definition: {
      to: 'referrer',
      on: 'milestone',
      milestone: { referrals: 2 },
      value: { kind: 'item', item: 'mug' },
    },
  });
  const { referralCode } = await backend.programs.me({ program, participant: 'ada' });
  for (const participant of ['bob', 'cleo']) {
    await backend.referrals.create({ program, participant, referralCode });
    const amount = { minor: 4999, currency: 'EUR' };
    await backend.conversions.create({ program, participant, event: 'purchase', amount, idempotencyKey: participant });
  }
  await settled(laurel);

  const { token } = await backend.participants.createToken({ participant: 'ada' });
  const ada = createClient({ baseUrl, token, validate: contract });
  const wallet = await ada.rewards.wallet({ program, limit: 2 });
  expect(wallet.balances).toEqual([{ currency: 'EUR', held: 0, approved: 1498, inPayout: 0, paid: 0 }]);
  expect(wallet.milestones).toMatchObject([{ rule: 'two', referrals: 2, reached: 2 }]);
  expect(wallet.rewards).toHaveLength(2);
  const rest = await ada.rewards.wallet({ program, limit: 2, cursor: wallet.nextCursor ?? '' });
  expect([...wallet.rewards, ...rest.rewards].map(({ rule, state }) => `${rule} ${state}`).sort()).toEqual([
    'share approved',
    'share approved',
    'two approved',
  ]);
  expect(rest.nextCursor).toBeNull();
  await expect(ada.rewards.wallet({ program, participant: 'bob' })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(ada.rewards.list({})).rejects.toMatchObject({ code: 'forbidden' });

  const mugs = [];
  for await (const each of paginate(backend.rewards.list, { program, state: 'approved', limit: 1 })) {
    if (each.kind === 'item') mugs.push(each);
  }
  const [mug] = mugs;
  expect(await backend.rewards.fulfil({ reward: mug?.id ?? '', note: 'sent by post' })).toMatchObject({
    state: 'fulfilled',
    item: 'mug',
  });
  const { id } = await backend.payouts.createBatch({ program, currency: 'EUR' });
  await backend.payouts.approveBatch({ batch: id });
  const { items } = await backend.payouts.list({ batch: id });
  await backend.payouts.markPaid({ payout: items[0]?.id ?? '', reference: 'SEPA 7' });
  expect((await ada.rewards.wallet({ program })).balances).toEqual([
    { currency: 'EUR', held: 0, approved: 0, inPayout: 0, paid: 1498 },
  ]);
});
