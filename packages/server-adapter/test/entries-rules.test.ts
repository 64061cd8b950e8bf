import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { ask, newcomers, seed, settled, sql, storageName, testLaurel } from './support.ts';

const minute = 60_000;
const day = 1440 * minute;
const from = (milliseconds: number) => new Date(Date.now() + milliseconds);

describe(`entries (${storageName})`, () => {
  let laurel: TestLaurel;
  const newcomer = newcomers(() => laurel);
  const tokenOf = async (participant: string) => (await laurel.api.participants.createToken({ participant })).token;
  const contest = async (slug: string, more: Record<string, unknown> = {}) => {
    const interval = { startsAt: from(-minute).toISOString(), endsAt: from(day).toISOString() };
    await laurel.api.contests.create({ program: 'friends', slug, name: slug, ...interval, ...more });
    return slug;
  };
  const codeOf = (call: Promise<unknown>) =>
    call.then(
      () => null,
      (error: { code: string }) => error.code,
    );
  const disqualify = async (slug: string, participant: string) => {
    await sql(
      laurel,
      `insert into $schema.contest_disqualification
       select contest.id, 1, participant.id, 'entry', 'two accounts', 'staff:Sam', now(), '', '' from $schema.contest, $schema.participant
       where slug = $1 and external_id = $2`,
      [slug, participant],
    );
  };

  beforeAll(async () => {
    laurel = await testLaurel();
    await seed(laurel.api, ['ada', 'bob']);
  });

  describe('a daily action', () => {
    it.each([
      ['Europe/Lisbon', '2030-03-31T00:30:00Z', '2030-03-31T23:00:00.000Z'],
      ['Europe/Lisbon', '2030-10-27T00:30:00Z', '2030-10-28T00:00:00.000Z'],
      ['America/Sao_Paulo', '2030-06-01T02:59:59Z', '2030-06-01T03:00:00.000Z'],
      // Clocks go from 24:00 to 1:00: the day has no midnight.
      ['America/Santiago', '2030-09-07T20:00:00Z', '2030-09-08T04:00:00.000Z'],
      ['Pacific/Apia', '2030-06-01T12:00:00Z', '2030-06-02T11:00:00.000Z'],
    ])('opens again with the next day in %s after %s', async (timeZone, now, opensAt) => {
      laurel.travelTo(new Date(now));
      const slug = await contest(`daily-${timeZone.toLowerCase().replace(/[^a-z]/g, '-')}-${now.slice(0, 7)}`, {
        ...{ timeZone, startsAt: '2030-01-01T00:00:00Z', endsAt: '2031-01-01T00:00:00Z' },
        actions: [{ id: 'back', kind: 'daily', title: 'Come back', points: 1 }],
      });
      const participant = await newcomer();
      const act = async () => {
        const credential = await tokenOf(participant);
        return (await ask(laurel, 'POST', `/contests/${slug}/actions/back`, { credential, body: {} })).json.outcome;
      };
      expect(await act()).toBe('done');
      const { actions } = await laurel.api.entries.me({ contest: slug, participant });
      expect(actions[0]).toMatchObject({ state: 'waiting', opensAt });
      laurel.travelTo(new Date(Date.parse(opensAt) - 1));
      expect(await act()).toBe('already_done');
      laurel.travelTo(new Date(opensAt));
      expect(await act()).toBe('done');
      laurel.travelTo(null);
    });
  });

  describe('who may', () => {
    const actions = [
      { id: 'quiz', kind: 'answer', title: 'Quiz', points: 3, question: 'Who?', answers: ['Secret Word'] },
      { id: 'shop', kind: 'host', title: 'Come by', points: 20, after: ['quiz'] },
    ];

    it('nobody acts for somebody else, and a publishable key for nobody', async () => {
      const slug = await contest('guarded', { actions });
      const bob = await tokenOf('bob');
      const path = `/contests/${slug}`;
      const refusals = [
        await ask(laurel, 'GET', `${path}/me?participant=ada`, { credential: bob }),
        await ask(laurel, 'POST', `${path}/join`, { credential: bob, body: { participant: 'ada', rulesVersion: 1 } }),
        await ask(laurel, 'POST', `${path}/actions/shop/verify`, { credential: bob, body: { participant: 'bob' } }),
        await ask(laurel, 'GET', `${path}/actions/quiz/submissions`, { credential: bob }),
        await ask(laurel, 'POST', `${path}/actions/quiz`, { credential: laurel.publishableKey, body: { answer: 'x' } }),
        await ask(laurel, 'GET', `${path}/me`, { credential: laurel.publishableKey }),
        await ask(laurel, 'POST', `${path}/plays`, { credential: laurel.publishableKey, body: {} }),
      ];
      expect(refusals.map(({ json }) => json.code)).toEqual(Array.from({ length: 7 }, () => 'forbidden'));
      const body = { participant: 'ada', answer: 'Secret Word' };
      const smuggled = await ask(laurel, 'POST', `${path}/actions/quiz`, { credential: bob, body });
      expect(smuggled.json.code).toBe('validation_failed');
    });

    it('right answers are told to nobody but the host', async () => {
      const slug = await contest('quiz', { actions });
      const bob = await tokenOf('bob');
      const told = [];
      for (const credential of [bob, laurel.publishableKey]) {
        for (const path of [
          `/contests/${slug}`,
          '/contests',
          `/contests/${slug}/me`,
          `/contests/${slug}/leaderboard`,
        ]) {
          told.push((await ask(laurel, 'GET', path, { credential })).text);
        }
        const wrong = { credential, body: { answer: 'x' } };
        told.push((await ask(laurel, 'POST', `/contests/${slug}/actions/quiz`, wrong)).text);
      }
      expect(told.join()).not.toMatch(/secret word|answers/i);
      expect((await laurel.api.contests.get({ contest: slug })).actions[0]?.answers).toEqual(['Secret Word']);
    });

    it('nothing earns before the start, while paused, after the end, or for who was disqualified', async () => {
      const slug = await contest('times', {
        ...{ startsAt: from(day).toISOString(), endsAt: from(2 * day).toISOString() },
        actions: [{ id: 'shop', kind: 'host', title: 'Come by', points: 20 }],
      });
      const verify = (participant: string) => laurel.api.entries.verify({ contest: slug, action: 'shop', participant });
      expect(await codeOf(verify('ada'))).toBe('contest_not_live');
      laurel.travelTo(from(1.5 * day));
      await sql(laurel, `update $schema.contest set state = 'paused' where slug = 'times'`);
      expect(await codeOf(verify('ada'))).toBe('contest_not_live');
      await sql(laurel, `update $schema.contest set state = 'scheduled' where slug = 'times'`);
      await disqualify(slug, 'bob');
      expect(await codeOf(verify('bob'))).toBe('not_eligible');
      expect((await laurel.api.entries.me({ contest: slug, participant: 'bob' })).disqualified).toMatchObject({
        reason: 'two accounts',
      });
      expect(await verify('ada')).toEqual({ outcome: 'done', points: 20 });
      laurel.travelTo(from(2 * day));
      expect(await codeOf(verify(await newcomer()))).toBe('contest_not_live');
      laurel.travelTo(null);
    });

    it('what comes after something is locked until it is done; what is not there is not found', async () => {
      const slug = await contest('order', { actions });
      const verify = (action: string) =>
        codeOf(laurel.api.entries.verify({ contest: slug, action, participant: 'ada' }));
      expect(await verify('shop')).toBe('action_locked');
      expect(await verify('quiz')).toBe('action_not_found');
      expect(await verify('none')).toBe('action_not_found');
      expect(await codeOf(laurel.api.entries.submissions({ contest: slug, action: 'quiz' }))).toBe('action_not_found');
      expect(await codeOf(laurel.api.entries.plays({ contest: slug }))).toBe('contest_kind_conflict');
    });

    it('odds count whom the draw will take, and whoever asks', async () => {
      const slug = await contest('asked', { kind: 'raffle', eligibility: { minimumAge: 18 } });
      const [joined, outside, out] = [await newcomer(), await newcomer(), await newcomer()];
      for (const [index, participant] of [joined, outside, out].entries()) {
        const award = { participant, points: 10 ** index, idempotencyKey: participant };
        await laurel.api.points.award({ contest: slug, ...award });
      }
      for (const participant of [joined, out])
        await laurel.api.entries.join({ contest: slug, participant, rulesVersion: 1, ageConfirmed: true });
      await disqualify(slug, out);
      const odds = async (participant: string) => {
        const { entries, allEntries } = await laurel.api.entries.me({ contest: slug, participant });
        return { entries, allEntries };
      };
      expect(await odds(joined)).toEqual({ entries: 1, allEntries: 1 });
      expect(await odds(outside)).toEqual({ entries: 10, allEntries: 11 });
      expect(await odds(out)).toEqual({ entries: 0, allEntries: 1 });
    });

    it('only who may win plays', async () => {
      const slug = await contest('adults', {
        ...{ kind: 'instant_win', eligibility: { minimumAge: 18 } },
        instantWin: { playsPerDay: 2, prizes: [{ name: 'Mug', oneIn: 1, stock: 5 }] },
      });
      const participant = await newcomer();
      const credential = await tokenOf(participant);
      const play = () => ask(laurel, 'POST', `/contests/${slug}/plays`, { credential, body: {} });
      expect((await play()).json.code).toBe('not_eligible');
      await laurel.api.entries.join({
        contest: slug,
        participant,
        rulesVersion: 1,
        ageConfirmed: true,
        showName: false,
      });
      expect((await play()).json).toMatchObject({ number: 1, prize: 'Mug' });
      await disqualify(slug, participant);
      expect((await play()).json.code).toBe('not_eligible');
      await settled(laurel);
    });
  });
});
