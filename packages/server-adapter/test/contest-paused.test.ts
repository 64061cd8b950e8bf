import type { Api } from '@laurelkit/sdk/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { ask, eventually, inHostTransaction, refer, seed, settled, sql, storageName, testLaurel } from './support.ts';

const program = 'friends';
const contest = 'spring';
const note = 'The shop is down.';

describe(`a paused contest (${storageName})`, () => {
  let laurel: TestLaurel;
  let api: Api;
  let at: Date;
  const travel = (minutes: number) => {
    at = new Date(at.getTime() + minutes * 60_000);
    laurel.travelTo(at);
  };
  const buy = (idempotencyKey: string, participant = 'bob') =>
    api.conversions.create({ program, participant, event: 'purchase', idempotencyKey });
  const score = async () => {
    await settled(laurel, at);
    return (await api.leaderboards.standing({ contest, participant: 'ada' })).standing?.score ?? 0;
  };
  const review = async (referral: string, state: 'rejected' | 'approved') => {
    await sql(
      laurel,
      `insert into $schema.review (id, program_id, referral_id, referrer_id, referee_id, state, score, mode, signals)
       select gen_random_uuid(), program_id, id, referrer_id, referee_id, $2, 0, 'normal', '[]' from $schema.referral where id = $1
       on conflict (referral_id) do update set state = excluded.state`,
      [referral, state],
    );
    await sql(
      laurel,
      'insert into $schema.referral_intake (program_id, referral_id) select program_id, id from $schema.referral where id = $1',
      [referral],
    );
  };

  beforeEach(async () => {
    laurel = await testLaurel();
    api = laurel.api;
    at = new Date('2026-03-10T12:00:00Z');
    laurel.travelTo(at);
    const when = { startsAt: '2026-03-01T00:00:00Z', endsAt: '2026-04-01T00:00:00Z' };
    await seed(api, ['ada', 'bob', 'cleo'], when, { riskMode: 'off' });
  });

  it('gives nothing in any way, and takes back what is reversed', async () => {
    await refer(api, 'ada', 'bob');
    const sales = [await buy('1'), await buy('2')];
    expect(await score()).toBe(2);
    travel(1);
    await api.contests.pause({ contest, note });
    await buy('3');
    await inHostTransaction(async (transaction) => {
      await laurel.api
        .with(transaction)
        .conversions.create({ ...{ program, participant: 'bob' }, event: 'purchase', idempotencyKey: '4' });
    });
    const award = { contest, participant: 'ada', points: 5, idempotencyKey: 'award' };
    await expect(api.points.award(award)).rejects.toMatchObject({ code: 'contest_not_live' });
    expect(await score()).toBe(2);
    await api.conversions.reverse({ conversion: sales[0]?.id ?? '' });
    expect(await score()).toBe(1);
    travel(1);
    await api.contests.resume({ contest, note });
    await buy('5');
    await api.points.award(award);
    expect(await score()).toBe(7);
    expect(await laurel.recount()).toEqual([]);
  });

  it('never gives later what happened during the pause, and what happened before it all the same', async () => {
    const referral = await refer(api, 'ada', 'bob');
    await review(referral.id, 'rejected');
    expect(await score()).toBe(0);
    // Before, during and after the pause, while the referral is rejected.
    await buy('before');
    travel(1);
    await api.contests.pause({ contest, note });
    await buy('during');
    travel(1);
    await api.contests.resume({ contest, note });
    travel(1);
    await buy('after');
    await api.contests.pause({ contest, note });
    travel(1);
    await review(referral.id, 'approved');
    expect(await score()).toBe(1);
    travel(1);
    await api.contests.resume({ contest, note });
    await review(referral.id, 'rejected');
    expect(await score()).toBe(0);
    await review(referral.id, 'approved');
    expect(await score()).toBe(1);
    expect(await laurel.recount()).toEqual([]);
  });

  it('takes back rewards’ points, and has none for what earned a reward meanwhile', async () => {
    await api.rewardRules.create({
      ...{ program, slug: 'points', name: 'Points' },
      definition: { to: 'referrer', on: 'qualified', value: { kind: 'points', contest, points: 70 } },
    });
    await refer(api, 'ada', 'bob');
    const sale = await buy('1');
    expect(await score()).toBe(71);
    travel(1);
    await api.contests.pause({ contest, note });
    await api.conversions.reverse({ conversion: sale.id });
    expect(await score()).toBe(0);
    await refer(api, 'ada', 'cleo');
    await buy('2', 'cleo');
    expect(await score()).toBe(0);
    travel(1);
    await api.contests.resume({ contest, note });
    expect(await score()).toBe(0);
    expect(await laurel.recount()).toEqual([]);
  });

  it('keeps its board in memory', async () => {
    laurel.travelTo(null);
    await api.contests.create({
      ...{ program, slug: 'now', name: 'Now' },
      startsAt: new Date(Date.now() - 1000).toISOString(),
      endsAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    await refer(api, 'ada', 'bob');
    const { id } = await buy('1');
    await api.contests.pause({ contest: 'now', note });
    const held = async () => {
      const { text } = await ask(laurel, 'GET', '/metrics', { credential: laurel.secretKey });
      return Number(/laurel_board_reads_total\{source="held"\} (\d+)/.exec(text)?.[1] ?? 0);
    };
    const read = async () => (await api.leaderboards.list({ contest: 'now' })).items[0]?.score ?? 0;
    await eventually(
      async () => {
        const before = await held();
        expect(await read()).toBe(1);
        return (await held()) > before;
      },
      (isHeld) => isHeld,
    );
    const before = await held();
    await api.conversions.reverse({ conversion: id });
    await expect.poll(read).toBe(0);
    expect(await held()).toBeGreaterThan(before);
  });
});
