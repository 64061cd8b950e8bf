import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { testBeacon } from './beacon.ts';
import { crashHost } from './crash/host.ts';
import { flawsOf, relayOf } from './drawing.ts';
import { storageName } from './support.ts';

const kills = 3;
const entrants = 5_000;
const ends = Date.parse('2030-05-01T12:00:00Z');
const at = (seconds: number) => new Date(ends + seconds * 1000).toISOString();

const host = await crashHost();
const { start, kill, post, headers, schema } = host;
const beacon = testBeacon();
const relay = await relayOf(beacon);
afterAll(host.end);

const started = (seconds: number) =>
  start({
    CLOCK: at(seconds),
    DRAWS: JSON.stringify({ chain: beacon.chain, relays: [relay.url], allow: [relay.url] }),
  });

const read = async (base: string, path: string) =>
  (await fetch(`${base}/api/contests/spring${path}`, { headers })).json() as Promise<Record<string, unknown>>;

async function until(base: string, path: string, satisfies: (answer: Record<string, unknown>) => boolean) {
  for (let times = 0; times < 300; times++) {
    if (satisfies(await read(base, path))) return;
    await sleep(100);
  }
  throw new Error(`${path} never came to what was awaited.`);
}

/** Everything a contest's end writes: either all of it is there or nothing. */
async function whatIsThere() {
  const { rows, close } = await host.open();
  const [row] = await rows(`select state,
    (select count(*)::int from ${schema}.contest_draw) as draws, (select count(*)::int from ${schema}.contest_entry) as entries,
    (select count(*)::int from ${schema}.contest_draw where drawn_at is not null) as drawn,
    (select count(*)::int from ${schema}.contest_order) as ordered,
    (select count(*)::int from ${schema}.contest_step where to_state in ('frozen', 'drawn')) as steps,
    (select count(*)::int from ${schema}.event where name in ('contest.frozen', 'contest.drawn')) as events
    from ${schema}.contest`);
  await close();
  return row as Record<string, unknown>;
}

const wholes = [
  { state: 'scheduled', draws: 0, entries: 0, drawn: 0, ordered: 0, steps: 0, events: 0 },
  { state: 'frozen', draws: 1, entries: entrants, drawn: 0, ordered: 0, steps: 1, events: 1 },
  { state: 'drawn', draws: 1, entries: entrants, drawn: 1, ordered: entrants, steps: 2, events: 2 },
];

async function prepare() {
  const base = await started(-3_600);
  await post(base, '/api/programs', { slug: 'friends', name: 'Friends', landingUrl: 'https://shop.example/' });
  await post(base, '/api/contests', {
    ...{ program: 'friends', slug: 'spring', name: 'Spring', startsAt: '2020-01-01T00:00:00Z', endsAt: at(0) },
    ...{ kind: 'raffle', prizes: [{ name: 'Bike' }], draw: { delaySeconds: 30 } },
    // Its winner has yet to claim, so it stays drawn.
    claim: { days: 14 },
  });
  await until(base, '/draw', ({ commitments }) => (commitments as unknown[]).length > 0);
  await kill();
  const { rows, close } = await host.open();
  await rows(`insert into ${schema}.participant (id, external_id)
    select gen_random_uuid(), 'person-' || n from generate_series(1, ${entrants}) n`);
  await rows(`insert into ${schema}.standing (contest_id, period_start, participant_id, score, seq)
    select contest.id, '-infinity', participant.id, 3, row_number() over () from ${schema}.contest, ${schema}.participant`);
  await rows(`update ${schema}.contest set seq = ${entrants}`);
  await close();
}

it(`kill -9 at the freeze and at the draw, ${2 * kills} times on ${storageName}: both happen whole, and once`, async () => {
  await prepare();
  for (const seconds of [3, 60]) {
    const done = wholes[seconds === 3 ? 1 : 2];
    let before = 0;
    for (let times = 0; times < kills; times++) {
      await started(seconds);
      await sleep(times === 0 ? 0 : Math.random() * 150 * times);
      await kill();
      const found = await whatIsThere();
      expect(wholes).toContainEqual(found);
      if (found.state !== done?.state) before++;
    }
    // Killing what is done already would show nothing.
    expect(before).toBeGreaterThan(0);
    const base = await started(seconds);
    const state = seconds === 3 ? 'frozen' : 'drawn';
    await until(base, '/draw', (draw) => draw[seconds === 3 ? 'freeze' : 'drawnAt'] !== null);
    if (state === 'drawn') expect(flawsOf(await read(base, '/draw/evidence.json'), beacon)).toEqual([]);
    await kill();
    expect(await whatIsThere()).toEqual(wholes.find((whole) => whole.state === state));
  }
}, 300_000);
