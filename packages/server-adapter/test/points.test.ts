import { beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { eventually, inHostTransaction, seed, settled, sql, storageName, testLaurel } from './support.ts';

describe(`points the host gives (${storageName})`, () => {
  let laurel: TestLaurel;
  const award = (more: Record<string, unknown> = {}) =>
    laurel.api.points.award({ contest: 'spring', participant: 'ada', points: 5, idempotencyKey: 'first', ...more });
  const scoreOf = async (participant: string) =>
    (await laurel.api.leaderboards.standing({ contest: 'spring', participant })).standing?.score ?? 0;

  beforeAll(async () => {
    laurel = await testLaurel();
    await seed(laurel.api, ['ada', 'bob', 'cleo', 'dan', 'eve', 'fay', 'guy']);
  });

  it('count once for each key, also when many come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => award({ idempotencyKey: `p${n % 5}` })));
    expect(await scoreOf('ada')).toBe(25);
    expect(answers[0]).toMatchObject({ contest: 'spring', points: 5, idempotencyKey: 'p0' });
    expect(answers[5]).toEqual(answers[0]);
    expect(await award({ idempotencyKey: 'p0' })).toEqual(answers[0]);
  });

  it('may be taken back below zero, and come back', async () => {
    await award({ participant: 'bob', points: -3, idempotencyKey: 'b1' });
    expect(await scoreOf('bob')).toBe(0);
    await award({ participant: 'bob', points: 10, idempotencyKey: 'b2' });
    expect(await scoreOf('bob')).toBe(7);
  });

  it('refuse a key used for something else, at once or later, and change nothing', async () => {
    await award({ participant: 'cleo', idempotencyKey: 'c' });
    const reused = { code: 'idempotency_key_reused' };
    await expect(award({ participant: 'cleo', points: 6, idempotencyKey: 'c' })).rejects.toMatchObject(reused);
    await expect(award({ participant: 'dan', idempotencyKey: 'c' })).rejects.toMatchObject(reused);
    const both = await Promise.allSettled([
      award({ participant: 'dan', idempotencyKey: 'd' }),
      award({ participant: 'dan', points: 9, idempotencyKey: 'd' }),
    ]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect([await scoreOf('cleo'), await scoreOf('dan')]).toEqual([5, 5]);
  });

  it('say what is missing', async () => {
    await expect(award({ contest: 'nope' })).rejects.toMatchObject({ code: 'contest_not_found' });
    await expect(award({ participant: 'nobody' })).rejects.toMatchObject({ code: 'participant_not_found' });
    laurel.travelTo(new Date(Date.now() + 90 * 86_400_000));
    await expect(award({ idempotencyKey: 'late' })).rejects.toMatchObject({ code: 'contest_not_live' });
    laurel.travelTo(null);
  });

  it('of an event are what the contest’s scoring says of it', async () => {
    const { startsAt, endsAt } = await laurel.api.contests.get({ contest: 'spring' });
    const scoring = [
      { event: '*', points: 1 },
      { event: 'review', points: 7 },
      { event: 'review', points: 9 },
    ];
    await laurel.api.contests.create({ program: 'friends', slug: 'own', name: 'Own', startsAt, endsAt, scoring });
    const own = (event: string, idempotencyKey: string, more: Record<string, unknown> = {}) =>
      laurel.api.points.award({ contest: 'own', participant: 'ada', event, idempotencyKey, ...more });
    const first = await own('review', 'r1');
    expect(first).toMatchObject({ points: 7, idempotencyKey: 'r1' });
    expect(await own('review', 'r1')).toEqual(first);
    await inHostTransaction(async (tx) => {
      await laurel.api.with(tx).points.award({
        ...{ contest: 'own', participant: 'ada', event: 'review', idempotencyKey: 'r2' },
      });
    });
    await settled(laurel);
    const { standing } = await laurel.api.leaderboards.standing({ contest: 'own', participant: 'ada' });
    expect(standing?.score).toBe(14);
    const answers = await Promise.allSettled([own('visit', 'r3'), own('review', 'r3'), own('visit', 'r3')]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected']);
    await expect(own('visit', 'r4')).rejects.toMatchObject({
      code: 'event_not_scored',
      message: expect.stringContaining('no rule for the event "visit"'),
    });
    for (const wrong of [own('review', 'r5', { points: 3 }), own('lesson.completed', 'r5'), own('*', 'r5')])
      await expect(wrong).rejects.toMatchObject({ code: 'validation_failed' });
    await expect(award({ points: undefined, idempotencyKey: 'r5' })).rejects.toMatchObject({
      code: 'validation_failed',
    });
  });

  it('inside a transaction commit or vanish with it, and never count twice beside a direct award', async () => {
    const give = (commit: boolean) =>
      inHostTransaction(async (tx) => {
        await laurel.api
          .with(tx)
          .points.award({ contest: 'spring', participant: 'eve', points: 4, idempotencyKey: 'e' });
        if (!commit) throw new Error('rolled back');
      });
    await expect(give(false)).rejects.toThrow('rolled back');
    expect(await scoreOf('eve')).toBe(0);
    await Promise.all([give(true), award({ participant: 'eve', points: 4, idempotencyKey: 'e' })]);
    await eventually(
      async () => Number((await sql(laurel, 'select count(*) as rows from $schema.ledger_intake'))[0]?.rows),
      (rows) => rows === 0,
    );
    expect(await scoreOf('eve')).toBe(4);
    expect(await laurel.recount()).toEqual([]);
  });

  it('inside two transactions at once count once, and leave both usable', async () => {
    const answers: unknown[] = [];
    const give = () =>
      inHostTransaction(async (tx) => {
        const api = laurel.api.with(tx);
        answers.push(await api.points.award({ contest: 'spring', participant: 'guy', points: 4, idempotencyKey: 'g' }));
        // Meanwhile the other one asks.
        await new Promise((resolve) => setTimeout(resolve, 200));
        await api.participants.get({ participant: 'guy' });
      });
    await Promise.all([give(), give()]);
    expect(answers).toHaveLength(2);
    await settled(laurel);
    expect(await scoreOf('guy')).toBe(4);
    const events = await sql(laurel, `select from $schema.event where payload ->> 'idempotencyKey' = 'g'`);
    expect(events).toHaveLength(1);
  });

  it('tell the outbox once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => award({ participant: 'fay', idempotencyKey: 'f' })));
    const events = await sql(laurel, `select payload from $schema.event where payload ->> 'idempotencyKey' = 'f'`);
    expect(events).toHaveLength(1);
  });
});
