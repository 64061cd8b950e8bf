import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient, createOutbox, LaurelError, memoryStorage, paginate } from '@laurelkit/sdk';
import { contract } from '@laurelkit/sdk/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeHandler } from '../src/node.ts';
import type { TestLaurel } from '../src/testing.ts';
import { testLaurel } from './support.ts';

describe('a referral contest, over HTTP through the SDK', () => {
  let laurel: TestLaurel;
  let server: Server;
  let baseUrl: string;
  const as = (credential: { key?: string; token?: string }) =>
    createClient({ baseUrl, ...credential, validate: contract });
  const backend = () => as({ key: laurel.secretKey });
  const page = () => as({ key: laurel.publishableKey });
  const signedIn = async (participant: string) =>
    as({ token: (await backend().participants.createToken({ participant })).token });

  beforeAll(async () => {
    laurel = await testLaurel();
    server = createServer(nodeHandler(laurel)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is set up by the host', async () => {
    const api = backend();
    const program = await api.programs.create({
      slug: 'friends',
      name: 'Friends',
      landingUrl: 'https://shop.example/welcome',
      attribution: { windowDays: 60 },
    });
    expect(program.attribution).toEqual({ model: 'last', windowDays: 60, creditWindowDays: null });
    const contest = await api.contests.create({
      program: 'friends',
      slug: 'spring',
      name: 'Spring',
      state: 'draft',
      startsAt: '2020-01-01T00:00:00+02:00',
      endsAt: '2120-01-01T00:00:00Z',
      scoring: [{ event: 'purchase', points: 10 }],
    });
    expect(contest).toMatchObject({ state: 'draft', program: 'friends', startsAt: '2019-12-31T22:00:00.000Z' });
    await expect(page().contests.get({ contest: 'spring' })).rejects.toMatchObject({ code: 'contest_not_found' });
    expect((await api.contests.update({ contest: 'spring', state: 'scheduled' })).state).toBe('live');
    expect((await page().contests.list({ program: 'friends' })).items.map(({ slug }) => slug)).toEqual(['spring']);
  });

  it('credits the referrer of a visitor who signs up and buys', async () => {
    for (const externalId of ['ada', 'bob']) await backend().participants.upsert({ externalId });
    const me = await (await signedIn('ada')).programs.me({ program: 'friends' });
    const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };
    const followed = await fetch(me.referralLink, { redirect: 'manual', headers });
    const cookie = followed.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect(cookie).toMatch(/^laurel_click_friends=/);

    const referral = await backend().referrals.create({ program: 'friends', participant: 'bob', cookie });
    expect(referral).toMatchObject({ state: 'pending', attributedBy: 'click' });
    const conversion = await backend().conversions.create({
      program: 'friends',
      participant: 'bob',
      event: 'purchase',
      amount: { minor: 4900, currency: 'EUR' },
      idempotencyKey: 'order-1',
      metadata: { basket: 3 },
    });
    expect(conversion).toMatchObject({ attributed: true, amount: { minor: 4900, currency: 'EUR' } });

    const { standing, around } = await (await signedIn('ada')).leaderboards.standing({ contest: 'spring' });
    expect(standing).toMatchObject({ rank: 1, denseRank: 1, ordinal: 1, score: 10, tiedWith: 0 });
    expect(around).toHaveLength(1);
    const after = await (await signedIn('ada')).programs.me({ program: 'friends' });
    expect(after).toMatchObject({ counts: { clicks: 1, referrals: 1, qualified: 1, conversions: 1 }, points: 10 });
  });

  it('takes a refund back', async () => {
    const again = await backend().conversions.create({
      program: 'friends',
      participant: 'bob',
      event: 'purchase',
      amount: { minor: 4900, currency: 'EUR' },
      idempotencyKey: 'order-1',
      metadata: { basket: 3 },
    });
    const reversed = await backend().conversions.reverse({ conversion: again.id, reason: 'refund' });
    expect(reversed.reversedAt).not.toBeNull();
    expect((await (await signedIn('ada')).leaderboards.standing({ contest: 'spring' })).standing).toBeNull();
  });

  it('lists everybody once, page by page', async () => {
    for (let n = 0; n < 30; n++) {
      await backend().participants.upsert({ externalId: `r${n}`, displayName: `R ${n}` });
      await backend().participants.upsert({ externalId: `e${n}` });
      const { referralCode } = await backend().programs.me({ program: 'friends', participant: `r${n}` });
      await backend().referrals.create({ program: 'friends', participant: `e${n}`, referralCode });
      await backend().conversions.create({
        program: 'friends',
        participant: `e${n}`,
        event: 'purchase',
        idempotencyKey: `page-${n}`,
      });
    }
    const rows = [];
    for await (const row of paginate(page().leaderboards.list, { contest: 'spring', limit: 7 })) rows.push(row);
    expect(rows).toHaveLength(30);
    expect(rows.map(({ ordinal }) => ordinal)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    expect(new Set(rows.map(({ rank }) => rank))).toEqual(new Set([1]));
    expect(rows[0]).toMatchObject({ tiedWith: 29, denseRank: 1 });
  });

  it('counts 500 conversions once each when every one is delivered 8 times in parallel', async () => {
    const { referralCode } = await backend().programs.me({ program: 'friends', participant: 'ada' });
    await backend().participants.upsert({ externalId: 'dora' });
    await backend().referrals.create({ program: 'friends', participant: 'dora', referralCode });
    const deliver = async (key: string) => {
      const answer = await fetch(`${baseUrl}/conversions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${laurel.secretKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ program: 'friends', participant: 'dora', event: 'purchase', idempotencyKey: key }),
      });
      return [answer.status, ((await answer.json()) as { id: string }).id] as const;
    };
    const keys = Array.from({ length: 500 }, (_, n) => `delivered-${n}`);
    const deliveries = Array.from({ length: 8 }, () => keys).flat();
    const answers: (readonly [number, string])[] = [];
    const courier = async () => {
      for (let key = deliveries.pop(); key; key = deliveries.pop()) answers.push(await deliver(key));
    };
    await Promise.all(Array.from({ length: 64 }, courier));
    expect(new Set(answers.map(([status]) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(([, id]) => id)).size).toBe(500);
    const { standing } = await backend().leaderboards.standing({ contest: 'spring', participant: 'ada' });
    expect(standing?.score).toBe(5000);

    const [, id] = answers[0] as readonly [number, string];
    await Promise.all(Array.from({ length: 8 }, () => backend().conversions.reverse({ conversion: id })));
    const after = await backend().leaderboards.standing({ contest: 'spring', participant: 'ada' });
    expect(after.standing?.score).toBe(4990);
    expect(await laurel.recount()).toEqual([]);
  });

  it('keeps clicks in the outbox while the server is away, and sends each once', async () => {
    const { referralCode } = await backend().programs.me({ program: 'friends', participant: 'r0' });
    let away = true;
    const fetchSometimes: typeof fetch = (input, init) => {
      if (away) return Promise.reject(new TypeError('offline'));
      return fetch(input, init);
    };
    const client = createClient({ baseUrl, key: laurel.publishableKey, fetch: fetchSometimes, retry: 0 });
    const outbox = createOutbox({ client, storage: memoryStorage(), retryDelay: 20 });
    const input = { referralCode };
    await outbox.enqueue({ operation: 'clicks.record', input }, { key: 'click-1' });
    await outbox.enqueue({ operation: 'clicks.record', input }, { key: 'click-1' });
    away = false;
    await outbox.flush();
    await expect.poll(async () => (await outbox.pending()).length).toBe(0);
    const { counts } = await backend().programs.me({ program: 'friends', participant: 'r0' });
    expect(counts.clicks).toBe(1);
    outbox.close();
  });

  it('tells what is wrong in a way a program can act on', async () => {
    const error = await backend()
      .contests.get({ contest: 'nothing' })
      .catch((problem: unknown) => problem);
    expect(error).toBeInstanceOf(LaurelError);
    expect(error).toMatchObject({ code: 'contest_not_found', status: 404 });
    const refused = await createClient({ baseUrl, key: laurel.secretKey })
      .programs.create({ slug: 'No Good', name: '', landingUrl: 'javascript:alert(1)' })
      .catch((problem: unknown) => problem);
    expect(refused).toMatchObject({ code: 'validation_failed', status: 422 });
    expect((refused as LaurelError).errors?.map(({ pointer }) => pointer).sort()).toEqual([
      '#/landingUrl',
      '#/name',
      '#/slug',
    ]);
  });
});
