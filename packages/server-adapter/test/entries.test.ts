import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient, paginate } from '@laurelkit/sdk';
import { contract } from '@laurelkit/sdk/contract';
import { fromHex, outcomeOf, verifyPlays } from '@laurelkit/sdk/draws';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { nodeHandler } from '../src/node.ts';
import type { TestLaurel } from '../src/testing.ts';
import { refer, seed, settled, sql, storageName, testLaurel } from './support.ts';

let laurel: TestLaurel;
let server: Server;
let origin: string;

const actions = [
  { id: 'look', kind: 'visit' as const, title: 'Look around', points: 2, url: 'https://shop.example/new', seconds: 5 },
  { id: 'quiz', kind: 'answer' as const, title: 'Quiz', points: 3, question: 'Who?', answers: ['Ada Lovelace'] },
  { id: 'word', kind: 'code_word' as const, title: 'Code word', points: 5, answers: ['laurel'], after: ['quiz'] },
  { id: 'back', kind: 'daily' as const, title: 'Come back', points: 1 },
  { id: 'tell', kind: 'share' as const, title: 'Tell', points: 10, channels: ['mail', 'chat'] },
  {
    ...{ id: 'form', kind: 'form' as const, title: 'Survey', points: 4 },
    fields: [
      { id: 'city', label: 'City' },
      { id: 'size', label: 'Size', required: false, choices: ['S', 'M'] },
    ],
  },
  { id: 'shop', kind: 'host' as const, title: 'Come by', points: 20 },
];
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

beforeAll(async () => {
  laurel = await testLaurel();
  await seed(laurel.api, ['ada', 'bob', 'cleo'], { kind: 'raffle', mostEntries: 30, actions }, { riskMode: 'off' });
  server = createServer(nodeHandler(laurel)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const backend = () => createClient({ baseUrl: `${origin}/api`, key: laurel.secretKey, validate: contract });
const clientOf = async (participant: string, userAgent = firefox) => {
  const { token } = await laurel.api.participants.createToken({ participant });
  return createClient({
    ...{ baseUrl: `${origin}/api`, token, validate: contract },
    fetch: (input, init) => {
      const request = new Request(input, init);
      request.headers.set('user-agent', userAgent);
      return fetch(request);
    },
  });
};
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000);

it(`from joining to tickets by every kind of action, over HTTP through the SDK (${storageName})`, async () => {
  const contest = 'spring';
  const ada = await clientOf('ada');
  const stranger = await ada.entries.me({ contest });
  expect(stranger.stockLeft).toBeNull();
  expect(stranger).toMatchObject({ joined: false, missing: [], points: 0, entries: 0, allEntries: 0, position: null });
  expect(stranger.actions.map(({ state }) => state)).toEqual([
    'open',
    'open',
    'locked',
    'open',
    'open',
    'open',
    'open',
  ]);
  expect(JSON.stringify([stranger, await ada.contests.get({ contest })])).not.toMatch(/Lovelace|"answers"/);

  expect(await ada.entries.join({ contest, rulesVersion: 1, showName: true })).toMatchObject({
    ...{ joined: true, showName: true, missing: [] },
  });
  await ada.entries.join({ contest, rulesVersion: 1 });
  await expect(ada.entries.join({ contest, rulesVersion: 2 })).rejects.toMatchObject({ code: 'rules_outdated' });
  expect(await sql(laurel, `select from $schema.event where name = 'contest.joined'`)).toHaveLength(1);

  expect(await ada.entries.act({ contest, action: 'look' })).toEqual({ outcome: 'pending', points: 0, retryAt: null });
  const { claimableAt } = await ada.entries.open({ contest, action: 'look' });
  expect(await ada.entries.open({ contest, action: 'look' })).toEqual({ claimableAt });
  expect(await ada.entries.act({ contest, action: 'look' })).toMatchObject({
    outcome: 'pending',
    retryAt: claimableAt,
  });
  laurel.travelTo(inSeconds(6));
  expect(await ada.entries.act({ contest, action: 'look' })).toEqual({ outcome: 'done', points: 2, retryAt: null });
  laurel.travelTo(null);

  await expect(ada.entries.act({ contest, action: 'word', answer: 'laurel' })).rejects.toMatchObject({
    code: 'action_locked',
  });
  const wrong = await ada.entries.act({ contest, action: 'quiz', answer: 'Bob' });
  expect(wrong).toMatchObject({ outcome: 'wrong', points: 0, retryAt: expect.any(String) });
  expect(await ada.entries.act({ contest, action: 'quiz', answer: ' ADA  lovelace ' })).toMatchObject({
    outcome: 'done',
  });
  expect(await ada.entries.act({ contest, action: 'quiz', answer: 'x' })).toMatchObject({ outcome: 'already_done' });
  expect(await ada.entries.act({ contest, action: 'word', answer: 'LAUREL' })).toMatchObject({ points: 5 });
  expect(await ada.entries.act({ contest, action: 'back' })).toMatchObject({ outcome: 'done', points: 1 });
  expect(await ada.entries.act({ contest, action: 'back' })).toMatchObject({ outcome: 'already_done', points: 0 });

  await expect(ada.entries.act({ contest, action: 'form', values: { size: 'XL' } })).rejects.toMatchObject({
    code: 'validation_failed',
    errors: [{ pointer: '#/values/city' }, { pointer: '#/values/size' }],
  });
  await ada.entries.act({ contest, action: 'form', values: { city: 'Porto' } });
  expect(JSON.stringify(await sql(laurel, 'select * from $schema.contest_action_done'))).not.toContain('Porto');
  const written = [];
  for await (const each of paginate(backend().entries.submissions, { contest, action: 'form', limit: 1 }))
    written.push(each);
  expect(written).toMatchObject([{ externalId: 'ada', action: 'form', values: { city: 'Porto' } }]);

  expect(await ada.entries.act({ contest, action: 'shop' })).toMatchObject({ outcome: 'pending' });
  const verified = { contest, action: 'shop', participant: 'ada' };
  expect(await backend().entries.verify(verified)).toEqual({ outcome: 'done', points: 20 });
  expect(await backend().entries.verify(verified)).toEqual({ outcome: 'already_done', points: 0 });

  await backend().points.award({ contest, participant: 'ada', points: 3, idempotencyKey: 'gift' });
  await backend().points.award({ contest, participant: 'bob', points: 4, idempotencyKey: 'gift-2' });
  await refer(laurel.api, 'ada', 'bob');
  const buy = { program: 'friends', participant: 'bob', event: 'purchase' };
  const { id: conversion } = await backend().conversions.create({ ...buy, idempotencyKey: 'one' });
  await backend().conversions.create({ ...buy, idempotencyKey: 'two' });
  await backend().conversions.reverse({ conversion });
  await settled(laurel);
  const own = await ada.entries.me({ contest });
  expect(own.points).toBe(2 + 3 + 5 + 1 + 4 + 20 + 3 + 1);
  expect(own.entries).toBe(30);
  expect(own.sources).toEqual([
    { source: 'action', name: 'shop', times: 1, points: 20 },
    { source: 'action', name: 'word', times: 1, points: 5 },
    { source: 'action', name: 'form', times: 1, points: 4 },
    { source: 'action', name: 'quiz', times: 1, points: 3 },
    { source: 'award', name: null, times: 1, points: 3 },
    { source: 'action', name: 'look', times: 1, points: 2 },
    { source: 'action', name: 'back', times: 1, points: 1 },
    { source: 'conversion', name: 'purchase', times: 1, points: 1 },
  ]);
  expect(own.allEntries).toBeGreaterThanOrEqual(30);
  expect(own.actions.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'waiting', 'open', 'done', 'done']);
  // Of nobody else a word.
  const { id: bob } = await laurel.api.participants.get({ participant: 'bob' });
  expect(JSON.stringify(own)).not.toMatch(new RegExp(`bob|${bob}`));
});

it('a share earns once a channel, when somebody else follows it', async () => {
  const contest = 'spring';
  const cleo = await clientOf('cleo');
  const { referralCode } = await cleo.programs.me({ program: 'friends' });
  const follow = (channel: string, userAgent: string) =>
    fetch(`${origin}/api/r/${referralCode}?channel=${channel}`, {
      redirect: 'manual',
      headers: { 'user-agent': userAgent },
    });
  const share = (channel: string) => cleo.entries.act({ contest, action: 'tell', channel });
  expect(await share('mail')).toMatchObject({ outcome: 'pending', points: 0 });
  expect((await follow('mail', firefox)).status).toBe(302);
  expect(await share('mail')).toMatchObject({ outcome: 'pending' });
  expect((await follow('mail', chrome)).status).toBe(302);
  expect(await share('mail')).toMatchObject({ outcome: 'done', points: 10 });
  expect(await share('mail')).toMatchObject({ outcome: 'already_done' });
  await expect(share('post')).rejects.toMatchObject({ code: 'validation_failed' });
  expect((await cleo.entries.me({ contest })).actions[4]).toMatchObject({ state: 'open', channels: ['mail'] });
  await follow('chat', chrome);
  const own = await cleo.entries.me({ contest });
  expect(own.actions[4]).toMatchObject({ state: 'done', channels: ['mail', 'chat'] });
  expect(own.sources).toEqual([{ source: 'action', name: 'tell', times: 2, points: 20 }]);
});

it('an instant win can be recomputed by anybody once it is over', async () => {
  const contest = 'wheel';
  const prizes = [
    { name: 'Mug', oneIn: 3, stock: 2 },
    { name: 'Sticker', oneIn: 2, stock: 100 },
  ];
  await backend().contests.create({
    ...{
      program: 'friends',
      slug: contest,
      name: 'Wheel',
      kind: 'instant_win',
      instantWin: { playsPerDay: 6, prizes },
    },
    ...{ startsAt: inSeconds(-60).toISOString(), endsAt: inSeconds(120).toISOString() },
  });
  const visitor = createClient({ baseUrl: `${origin}/api`, key: laurel.publishableKey, validate: contract });
  const before = await visitor.entries.plays({ contest });
  const stockLeft = [
    { prize: 'Mug', left: 2 },
    { prize: 'Sticker', left: 100 },
  ];
  expect(before).toMatchObject({ items: [], stockLeft, seed: null, seedHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const mine: (string | null)[] = [];
  const ada = await clientOf('ada');
  for (let turn = 0; turn < 6; turn++) mine.push((await ada.entries.play({ contest })).prize);
  await expect(ada.entries.play({ contest })).rejects.toMatchObject({ code: 'no_plays_left' });
  const bob = await clientOf('bob');
  for (let turn = 0; turn < 6; turn++) await bob.entries.play({ contest });
  const own = await ada.entries.me({ contest });
  expect(own.playsLeft).toBe(0);
  expect(own.won.map(({ prize }) => prize)).toEqual(mine.filter((prize) => prize !== null));

  const open = await visitor.entries.plays({ contest, limit: 100 });
  expect(open).toMatchObject({ seed: null, seedHash: before.seedHash });
  laurel.travelTo(inSeconds(121));
  const { id } = await visitor.contests.get({ contest });
  await sql(laurel, `update $schema.contest set state = 'frozen' where slug = 'wheel' and state = 'scheduled'`);
  const { seed: hex } = await visitor.entries.plays({ contest });
  const plays = [];
  for await (const each of paginate(visitor.entries.plays, { contest, limit: 5 })) plays.push(each);
  await expect(ada.entries.play({ contest })).rejects.toMatchObject({ code: 'contest_not_live' });
  laurel.travelTo(null);
  expect(plays.map(({ number }) => number)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
  expect(new Set(plays.map(({ entryId }) => entryId)).size).toBe(2);
  const seedBytes = fromHex(hex ?? '');
  // What was promised before the first play counts, not the hash that comes with the seed.
  const { commitments } = await visitor.draws.get({ contest });
  const [commitment] = commitments;
  if (!commitment) throw new Error('Nothing was committed.');
  expect(JSON.parse(commitment.document).instantWin).toEqual({ seedHash: before.seedHash, prizes });
  expect(Date.parse(commitment.committedAt)).toBeLessThanOrEqual(Date.parse(plays[0]?.playedAt ?? ''));
  expect(createHash('sha256').update(seedBytes).digest('hex')).toBe(before.seedHash);
  expect(verifyPlays({ commitment, seed: hex ?? '', contest: id, plays }).steps.filter(({ ok }) => !ok)).toEqual([]);
  const left = prizes.map(({ stock }) => stock);
  const expected = plays.map(({ number }) => {
    const hit = outcomeOf(seedBytes, id, number, prizes);
    if (hit === null || left[hit] === 0) return null;
    left[hit] = (left[hit] ?? 0) - 1;
    return prizes[hit]?.name;
  });
  expect(plays.map(({ prize }) => prize)).toEqual(expected);
  const stillThere = prizes.map(({ name }, index) => ({ prize: name, left: left[index] }));
  expect((await visitor.entries.plays({ contest })).stockLeft).toEqual(stillThere);
  expect((await ada.entries.me({ contest })).stockLeft).toEqual(stillThere);
  const wins = await sql(laurel, `select from $schema.event where name = 'contest.instant_won'`);
  expect(wins).toHaveLength(expected.filter((prize) => prize !== null).length);
});
