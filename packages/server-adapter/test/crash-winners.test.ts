import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { createLaurel } from '../src/index.ts';
import { crashHost } from './crash/host.ts';
import { drawnStatements } from './drawn.ts';
import { storageName } from './support.ts';

const rounds = 6;
const contests = 8;
const places = 30;
const entrants = 60;
const host = await crashHost();
afterAll(host.end);

const slugs = Array.from({ length: contests }, (_, n) => `contest-${n}`);
const times = { startsAt: '2020-01-01T00:00:00Z', endsAt: '2120-01-01T00:00:00Z' };
const names = Array.from({ length: entrants }, (_, n) => `person-${n}`);

async function prepare(base: string): Promise<void> {
  const landingUrl = 'https://shop.example/';
  await host.post(base, '/api/programs', { slug: 'friends', name: 'Friends', landingUrl });
  for (const externalId of names) await host.post(base, '/api/participants', { externalId });
  for (const slug of slugs) {
    const prizes = [{ name: 'Cup', winners: places }];
    const contest = { program: 'friends', slug, name: slug, ...times, prizes, claim: { days: 1 } };
    expect((await host.post(base, '/api/contests', contest)).status).toBe(201);
  }
}

it(`kill -9 while places are given, ${rounds} times on ${storageName}: every place is given once, nobody wins twice`, async () => {
  await prepare(await host.start());
  await host.kill();
  const { schema } = host;

  for (let round = 0; round < rounds; round++) {
    const { rows, close } = await host.open();
    if (round === 0) {
      const ids = (await rows(`select id from ${schema}.contest where state <> 'draft'`)) as { id: string }[];
      const order = ((await rows(`select id from ${schema}.participant`)) as { id: string }[]).map(({ id }) => ({
        participant: id,
      }));
      for (const { id } of ids) {
        for (const [text, values] of drawnStatements(id, order)) {
          const quoted = values.map((value) => `'${value}'`);
          await rows(
            text.replaceAll('$schema', schema).replace(/\$(\d)/g, (_, n: string) => quoted[Number(n) - 1] ?? 'null'),
          );
        }
      }
    } else {
      // Some let their time pass.
      await rows(`update ${schema}.contest_winner set claim_by = now() where state = 'selected' and random() < 0.1`);
    }
    await close();
    const base = await host.start();
    // A contest that is made has the keeper look at once.
    await host.post(base, '/api/contests', {
      ...times,
      program: 'friends',
      slug: `next-${round}`,
      name: 'Next',
      state: 'draft',
    });
    await sleep(Math.random() * 300);
    await host.kill();
  }

  const { database, rows, close } = await host.open();
  const laurel = createLaurel({ ...host.options, database });
  const count = async () => {
    const [row] = await rows(`select
      (select count(*) from ${schema}.contest_winner where state = 'selected')::int as selected,
      (select count(*) from ${schema}.contest_winner where state = 'lapsed')::int as lapsed,
      (select count(*) from ${schema}.contest_winner where state = 'selected' and claim_by <= now())::int as overdue,
      (select count(distinct (contest_id, place)) from ${schema}.contest_winner where state = 'selected')::int as places,
      (select count(distinct (contest_id, participant_id)) from ${schema}.contest_winner)::int as people,
      (select count(*) from (select contest_id from ${schema}.contest_winner group by 1 having max(number) <> count(*)) gaps)::int as gaps,
      (select count(*) from ${schema}.contest_winner winner join ${schema}.contest_order using (contest_id, entry_id)
        where number <> ordinal)::int as "outOfOrder",
      (select count(*) from ${schema}.event where name = 'winner.selected')::int as told,
      (select count(*) from ${schema}.event where name = 'winner.lapsed')::int as "toldLapsed"`);
    return row as Record<string, number>;
  };
  try {
    await laurel.start();
    await expect
      .poll(
        async () => {
          const { selected, overdue } = await count();
          return { selected, overdue };
        },
        { timeout: 30_000 },
      )
      .toEqual({ selected: contests * places, overdue: 0 });
    const found = await count();
    console.log(`${storageName}: ${JSON.stringify(found)}, ${rounds} kills`);
    const { selected = 0, lapsed = 0 } = found;
    expect(lapsed).toBeGreaterThan(0);
    expect(found).toMatchObject({
      ...{ places: contests * places, people: selected + lapsed, told: selected + lapsed, toldLapsed: lapsed },
      ...{ gaps: 0, outOfOrder: 0 },
    });
  } finally {
    await laurel.close();
    await close();
  }
}, 180_000);
