import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { ask, newcomers, plainLaurel, seed, settled, sql, storageName, testLaurel } from './support.ts';

const minute = 60_000;
const soon = () => ({
  startsAt: new Date(Date.now() - minute).toISOString(),
  endsAt: new Date(Date.now() + 60 * minute).toISOString(),
});

describe(`entries at once (${storageName})`, () => {
  let laurel: TestLaurel;
  const newcomer = newcomers(() => laurel);
  const tokenOf = async (participant: string) => (await laurel.api.participants.createToken({ participant })).token;
  const times = <Result>(count: number, work: (index: number) => Promise<Result>) =>
    Promise.all(Array.from({ length: count }, (_, index) => work(index)));
  const outcomes = (answers: { json: { outcome?: string; code?: string } }[]) =>
    Object.groupBy(answers, ({ json }) => json.outcome ?? json.code ?? '');

  beforeAll(async () => {
    laurel = await testLaurel();
    await seed(laurel.api, ['ada'], {
      actions: [
        { id: 'back', kind: 'daily', title: 'Come back', points: 1 },
        { id: 'word', kind: 'code_word', title: 'Word', points: 5, answers: ['laurel'] },
        { id: 'shop', kind: 'host', title: 'Come by', points: 20 },
      ],
    });
  });

  it('an action done fifty times at once earns once', async () => {
    const participant = await newcomer();
    const credential = await tokenOf(participant);
    const act = () => ask(laurel, 'POST', '/contests/spring/actions/back', { credential, body: {} });
    const { done, already_done: already } = outcomes(await times(50, act));
    expect([done?.length, already?.length]).toEqual([1, 49]);
    const verified = await times(50, () =>
      laurel.api.entries.verify({ contest: 'spring', action: 'shop', participant }),
    );
    expect(verified.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
    await settled(laurel);
    expect(await laurel.api.entries.me({ contest: 'spring', participant })).toMatchObject({ points: 21 });
    const { id } = await laurel.api.participants.get({ participant });
    const events = `select from $schema.event where name = 'contest.action_done' and payload->>'participant' = $1`;
    expect(await sql(laurel, events, [id])).toHaveLength(2);
  });

  it('guesses at once are not free: three are looked at', async () => {
    const credential = await tokenOf(await newcomer());
    const guess = (answer: string) =>
      ask(laurel, 'POST', '/contests/spring/actions/word', { credential, body: { answer } });
    const { wrong, too_many_requests: refused } = outcomes(await times(50, (index) => guess(`guess ${index}`)));
    expect(wrong?.length).toBe(3);
    expect(refused?.length).toBe(47);
    const right = await guess('laurel');
    expect([right.status, right.json.code, Number(right.headers.get('retry-after'))]).toEqual([
      ...[429, 'too_many_requests', expect.any(Number)],
    ]);
    laurel.travelTo(new Date(Date.now() + 31_000));
    expect((await guess('laurel')).json).toEqual({ outcome: 'done', points: 5, retryAt: null });
    laurel.travelTo(null);
  });

  it('a visit opened a hundred times at once begins once', async () => {
    await laurel.api.contests.create({
      ...{ program: 'friends', slug: 'tour', name: 'Tour', ...soon() },
      actions: [{ id: 'look', kind: 'visit', title: 'Look', points: 1, seconds: 30, url: 'https://shop.example/' }],
    });
    const credential = await tokenOf('ada');
    const opened = await times(100, () => ask(laurel, 'POST', '/contests/tour/actions/look/open', { credential }));
    expect(new Set(opened.map(({ text }) => text)).size).toBe(1);
  });

  it('joining at once is joining once', async () => {
    const participant = await newcomer();
    const answers = await times(20, () =>
      laurel.api.entries.join({
        contest: 'spring',
        participant,
        rulesVersion: 1,
        ageConfirmed: false,
        showName: false,
      }),
    );
    expect(answers.every(({ joined }) => joined)).toBe(true);
    const { id } = await laurel.api.participants.get({ participant });
    const events = `select from $schema.event where name = 'contest.joined' and payload->>'participant' = $1`;
    expect(await sql(laurel, events, [id])).toHaveLength(1);
  });

  describe('instant win', () => {
    const wheel = (slug: string, playsPerDay: number, stock: number) =>
      laurel.api.contests.create({
        ...{ program: 'friends', slug, name: 'Wheel', kind: 'instant_win', ...soon() },
        instantWin: { playsPerDay, prizes: [{ name: 'Mug', oneIn: 1, stock }] },
      });
    const play = (slug: string, credential: string, headers: Record<string, string> = {}) =>
      ask(laurel, 'POST', `/contests/${slug}/plays`, { credential, body: {}, headers });

    it('gives what is in stock and nothing more', async () => {
      await wheel('stock', 10, 10);
      const credentials = await times(20, async () => tokenOf(await newcomer()));
      const played = await times(200, (index) => play('stock', credentials[index % 20] ?? ''));
      expect(new Set(played.map(({ status }) => status))).toEqual(new Set([201]));
      expect(played.filter(({ json }) => json.prize === 'Mug')).toHaveLength(10);
      const numbers = played.map(({ json }) => json.number).sort((a, b) => a - b);
      expect(numbers).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
      const [stock] = await sql<{ remaining: string }>(
        laurel,
        `select remaining from $schema.instant_stock join $schema.contest on contest.id = contest_id and slug = 'stock'`,
      );
      expect(Number(stock?.remaining)).toBe(0);
      const seeds = `select from $schema.instant_win join $schema.contest on contest.id = contest_id and slug = 'stock'`;
      expect(await sql(laurel, seeds)).toHaveLength(1);
    });

    it('is played as often a day as it may be, and refusals take no number', async () => {
      await wheel('often', 3, 1000);
      const credential = await tokenOf(await newcomer());
      const played = await times(30, () => play('often', credential));
      expect(
        played
          .filter(({ status }) => status === 201)
          .map(({ json }) => json.number)
          .sort(),
      ).toEqual([1, 2, 3]);
      expect(new Set(played.flatMap(({ json }) => json.code ?? []))).toEqual(new Set(['no_plays_left']));
      expect((await play('often', await tokenOf(await newcomer()))).json.number).toBe(4);
    });

    it('is promised before the first play, on a node without a keeper too', async () => {
      const alone = await plainLaurel({ background: false });
      const { key: secretKey } = await alone.keys.create('secret');
      await seed(alone.api, ['ada', 'bob']);
      const prizes = [{ name: 'Mug', oneIn: 1, stock: 5 }];
      await alone.api.contests.create({
        ...{ program: 'friends', slug: 'alone', name: 'Alone', kind: 'instant_win', ...soon() },
        instantWin: { playsPerDay: 5, prizes },
      });
      const nothing = await alone.api.draws.get({ contest: 'alone' });
      expect(nothing.commitments).toEqual([]);
      const tokens = await times(2, async (index) => {
        const participant = index === 0 ? 'ada' : 'bob';
        return (await alone.api.participants.createToken({ participant })).token;
      });
      const here = { fetch: alone.fetch, secretKey } as unknown as TestLaurel;
      const path = '/contests/alone/plays';
      // By a key, as every client does it: then the play is in a transaction from the beginning.
      const played = await times(6, (index) =>
        ask(here, 'POST', path, {
          ...{ credential: tokens[index % 2] as string, body: {} },
          headers: { 'idempotency-key': randomUUID() },
        }),
      );
      expect(played.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 201));
      const { commitments } = await alone.api.draws.get({ contest: 'alone' });
      expect(commitments).toHaveLength(1);
      const promised = JSON.parse(commitments[0]?.document ?? '').instantWin;
      const { seedHash, items } = await alone.api.entries.plays({ contest: 'alone' });
      expect(promised).toEqual({ seedHash, prizes });
      expect(Date.parse(commitments[0]?.committedAt ?? '')).toBeLessThanOrEqual(Date.parse(items[0]?.playedAt ?? ''));
    });

    it('is played once by a key, however often it is sent', async () => {
      await wheel('keyed', 5, 1000);
      const credential = await tokenOf(await newcomer());
      const headers = { 'idempotency-key': randomUUID() };
      const first = await play('keyed', credential, headers);
      const again = await play('keyed', credential, headers);
      expect(again.json).toEqual(first.json);
      const { json } = await ask(laurel, 'GET', '/contests/keyed/me', { credential });
      expect(json.playsLeft).toBe(4);
    });
  });
});
