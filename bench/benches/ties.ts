import { randomUUID } from 'node:crypto';
import type { Laurel } from '@laurelkit/server-adapter';
import type { Bench, Result } from '../harness/bench.ts';
import { benchLaurel, seedContests, untilHeld } from '../harness/contest.ts';
import { interleave } from '../harness/interleave.ts';

const tied = 12_000;

const timed = async (work: () => Promise<unknown>) => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

const bench: Bench = {
  about: `${tied} participants tied at one score: one of them scores, and ranks are asked`,
  needs: ['postgres'],
  run: async ({ postgresUrl, short, say }) => {
    const schema = `bench_${randomUUID().slice(0, 8)}`;
    const held = benchLaurel(postgresUrl, schema);
    const sql = benchLaurel(postgresUrl, schema, { boards: false });
    const participants = short ? 1000 : tied;
    await seedContests(held, postgresUrl, schema, [{ slug: 'tied', participants, score: '100' }]);
    const { referralCode } = await held.api.programs.me({ program: 'friends', participant: 'person-500' });
    await held.api.participants.upsert({ externalId: 'friend' });
    await held.api.referrals.create({ program: 'friends', participant: 'friend', referralCode });
    await untilHeld(held, 'tied');

    let orders = 0;
    const score = (laurel: Laurel) =>
      laurel.api.conversions.create({
        ...{ program: 'friends', participant: 'friend', event: 'buy', idempotencyKey: `${++orders}` },
      });
    const rank = (laurel: Laurel, participant: string) =>
      laurel.api.leaderboards.standing({ contest: 'tied', participant, around: 5 });
    const last = `person-${participants}`;
    const variants = [held, sql].flatMap((laurel) => [
      {
        name: 'update one, then its rank',
        round: () =>
          timed(async () => {
            await score(laurel);
            await rank(laurel, 'person-500');
          }),
      },
      { name: 'rank of the last of the tied', round: () => timed(() => rank(laurel, last)) },
      {
        name: 'ranks of 100 of the tied',
        round: () =>
          timed(() => Promise.all(Array.from({ length: 100 }, (_, index) => rank(laurel, `person-${index + 1}`)))),
      },
    ]);
    say('Measuring.');
    const times = await interleave(variants, short ? 2 : 9);
    await Promise.all([held.close(), sql.close()]);
    return [0, 1, 2].map((index): Result => {
      const [value, reference] = [times[index] ?? Number.NaN, times[index + 3] ?? Number.NaN];
      const name = variants[index]?.name ?? '';
      return {
        name,
        value,
        unit: 'ms',
        reference: { name: 'the same by SQL', value: reference },
        ratio: reference / value,
      };
    });
  },
};

export default bench;
