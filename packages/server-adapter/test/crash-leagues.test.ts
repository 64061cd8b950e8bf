import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { createLaurel } from '../src/index.ts';
import { crashHost } from './crash/host.ts';
import { expectSound, type Seated, seatsStatement } from './league-seats.ts';
import { storageName } from './support.ts';

const rounds = storageName === 'pglite' ? 2 : 6;
const days = 20;
const people = 300;
const host = await crashHost();
const { schema } = host;
afterAll(host.end);

/** A league by days that has gone on for some, with points of all of them and nothing settled. */
async function prepare(): Promise<void> {
  const { api, start, close: end } = createLaurel({ ...host.options, background: false });
  await start();
  await api.programs.create({ slug: 'friends', name: 'Friends', landingUrl: 'https://shop.example/' });
  await api.contests.create({
    ...{ program: 'friends', slug: 'league', name: 'League', kind: 'league', period: 'day' },
    league: { size: 10, promote: 3, demote: 3 },
    startsAt: new Date(Date.now() - days * 86_400_000).toISOString(),
    endsAt: new Date(Date.now() + 86_400_000).toISOString(),
  });
  await end();
  const { rows, close } = await host.open();
  await rows(`insert into ${schema}.participant (id, external_id, metadata)
    select gen_random_uuid(), 'p' || n, '{}' from generate_series(1, ${people}) n`);
  await rows(`insert into ${schema}.ledger (contest_id, seq, participant_id, points, cause, occurred_at)
    select contest.id, row_number() over (order by day, participant.id), participant.id, 1 + (random() * 50)::int,
      'sample:' || day || ':' || participant.id, now() - (day || ' days')::interval
    from ${schema}.contest, ${schema}.participant, generate_series(1, ${days - 1}) day where random() < 0.9 or external_id = 'p1'`);
  await rows(`update ${schema}.contest set seq = (select max(seq) from ${schema}.ledger)`);
  await close();
  const mending = createLaurel({ ...host.options, background: false });
  await mending.recount({ rebuild: true });
  await mending.close();
}

async function settledPeriods(rows: (text: string) => Promise<unknown[]>): Promise<number> {
  const [row] = await rows(`select count(*)::int as settled from ${schema}.league_period where settled_at is not null`);
  return (row as { settled: number }).settled;
}

/** Waits until more periods are settled than before; embedded, nobody else can look, so for a while. */
async function midway(round: number, before: number): Promise<void> {
  if (storageName === 'pglite') return sleep(40 + round * 40);
  const { rows, close } = await host.open();
  await expect
    .poll(() => settledPeriods(rows), { timeout: 30_000, interval: 2 })
    .toSatisfy((settled: number) => settled > before || settled === days - 1);
  await close();
}

async function outcomeOfYesterday(base: string): Promise<string | null> {
  const at = new Date(Date.now() - 86_400_000).toISOString();
  const path = `/api/contests/league/leaderboard/cohort?participant=p1&at=${at}`;
  const answer = await fetch(base + path, { headers: host.headers });
  const { cohort } = (await answer.json()) as { cohort: { outcome: string | null } | null };
  return cohort?.outcome ?? null;
}

it(`kill -9 while periods are settled, ${rounds} times on ${storageName}: each is settled once and whole`, async () => {
  await prepare();
  const settledAfter: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const base = await host.start();
    // A change has the keeper run at once.
    const changed = fetch(`${base}/api/contests/league`, {
      method: 'PATCH',
      headers: { ...host.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ description: `Round ${round}` }),
    }).catch(() => {});
    if (round < rounds) await midway(round, settledAfter.at(-1) ?? 0);
    else await expect.poll(() => outcomeOfYesterday(base), { timeout: 60_000, interval: 100 }).not.toBeNull();
    await host.kill();
    await changed;
    const { rows, close } = await host.open();
    const seated = (await rows(seatsStatement(schema))) as Seated[];
    const settled = await settledPeriods(rows);
    settledAfter.push(settled);
    await close();
    expectSound(seated, { size: 10, divisions: 3 });
    // Settled whole: whoever has an outcome has it with everybody else of that period.
    const outcomes = Map.groupBy(seated, ({ period_start }) => period_start.toISOString());
    const whole = [...outcomes.values()].filter((period) => period.every(({ outcome }) => outcome !== null));
    const none = [...outcomes.values()].filter((period) => period.every(({ outcome }) => outcome === null));
    expect(whole.length).toBe(settled);
    expect(whole.length + none.length).toBe(outcomes.size);
  }
  expect(settledAfter.at(-1)).toBe(days - 1);
  // Only there it can be seen from outside when to kill.
  if (storageName === 'postgres') expect(settledAfter[0]).toBeLessThan(days - 1);
}, 120_000);
