import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { createLaurel } from '../src/index.ts';
import { crashHost } from './crash/host.ts';
import { storageName } from './support.ts';

const rounds = 20;
const callers = 8;
const { start, kill, post, end, headers, options } = await crashHost();
afterAll(end);

/** Sends conversions until the server dies; keeps the key of each that was acknowledged. Some are sent again. */
async function load(base: string, name: string, sent: Set<string>, acknowledged: Set<string>): Promise<void> {
  for (let n = 0; ; n++) {
    const key = `${name}-${n}`;
    sent.add(key);
    try {
      const body = { program: 'friends', participant: 'bob', event: 'purchase', idempotencyKey: key };
      const enlisted = n % 4 === 3;
      const answer = await (enlisted ? post(base, `/order?id=${key}`) : post(base, '/api/conversions', body));
      if (answer.status !== 201) throw new Error(`answered ${answer.status}: ${await answer.text()}`);
      await answer.arrayBuffer();
      acknowledged.add(key);
      if (n % 5 === 0 && !enlisted) await (await post(base, '/api/conversions', body)).arrayBuffer();
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('answered')) throw error;
      return;
    }
  }
}

it(`kill -9 under load, ${rounds} times on ${storageName}: nothing acknowledged is lost, nothing counts twice`, async () => {
  const sent = new Set<string>();
  const acknowledged = new Set<string>();
  let base = await start();
  await post(base, '/api/programs', { slug: 'friends', name: 'Friends', landingUrl: 'https://shop.example/' });
  await post(base, '/api/contests', {
    program: 'friends',
    slug: 'spring',
    name: 'Spring',
    startsAt: '2020-01-01T00:00:00Z',
    endsAt: '2120-01-01T00:00:00Z',
    period: 'month',
  });
  for (const externalId of ['ada', 'bob']) await post(base, '/api/participants', { externalId });
  const me = await (await fetch(`${base}/api/programs/friends/me?participant=ada`, { headers })).json();
  const { referralCode } = me as { referralCode: string };
  await post(base, '/api/referrals', { program: 'friends', participant: 'bob', referralCode });

  for (let round = 0; round < rounds; round++) {
    if (round > 0) base = await start();
    const loads = Array.from({ length: callers }, (_, caller) => load(base, `${round}-${caller}`, sent, acknowledged));
    const before = acknowledged.size;
    while (acknowledged.size === before) await sleep(5);
    await sleep(Math.random() * 400);
    await kill();
    await Promise.all(loads);
  }

  const laurel = createLaurel(options);
  try {
    expect(await laurel.recount()).toEqual([]);
    const { standing } = await laurel.api.leaderboards.standing({ contest: 'spring', participant: 'ada' });
    const score = standing?.score ?? 0;
    const { counts } = await laurel.api.programs.me({ program: 'friends', participant: 'ada' });
    console.log(
      `${storageName}: ${acknowledged.size} acknowledged, ${score} counted, ${sent.size} sent, ${rounds} kills`,
    );
    expect(acknowledged.size).toBeGreaterThan(rounds);
    expect(counts.conversions).toBe(score);
    expect(score).toBeGreaterThanOrEqual(acknowledged.size);
    expect(score).toBeLessThanOrEqual(sent.size);
    for (const key of acknowledged) {
      // The same key answers with what was recorded, so nothing new is counted by asking.
      await laurel.api.conversions.create({
        program: 'friends',
        participant: 'bob',
        event: 'purchase',
        idempotencyKey: key,
      });
    }
    const after = await laurel.api.leaderboards.standing({ contest: 'spring', participant: 'ada' });
    expect(after.standing?.score).toBe(score);
  } finally {
    await laurel.close();
  }
}, 180_000);
