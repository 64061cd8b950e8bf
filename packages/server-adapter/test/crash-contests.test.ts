import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { createLaurel } from '../src/index.ts';
import { crashHost } from './crash/host.ts';
import { storageName } from './support.ts';

/** A step that the keeper takes by itself, and must take once however often it dies on the way. */
interface Transition {
  /** Also what the slugs of its contests begin with. */
  name: string;
  /** How long contests that come to it run, in milliseconds from when they are made. */
  lasts: number;
  /** Milliseconds from when they are made until it is due. */
  due: number;
  settings: Record<string, unknown>;
  to: 'live' | 'frozen' | 'drawn' | 'closed';
  event: string;
}

const transitions: readonly Transition[] = [
  { name: 'start', lasts: 86_400_000, due: 0, settings: {}, to: 'live', event: 'contest.started' },
  // Nobody has to claim anything, so they go from their end to being closed, by way of freeze and draw.
  {
    ...{ name: 'close', lasts: 400, due: 400, settings: { prizes: [{ name: 'Cup', winners: 2 }] } },
    ...{ to: 'closed', event: 'contest.closed' },
  },
];

const rounds = 6;
const callers = 3;
const host = await crashHost();
const { start, kill, post } = host;
afterAll(host.end);

/** Makes contests that come to a transition, one after the other, until the server dies; keeps those acknowledged. */
async function load(base: string, prefix: string, { lasts, settings }: Transition, acknowledged: Set<string>) {
  for (let n = 0; ; n++) {
    const slug = `${prefix}-${n}`;
    const startsAt = new Date(Date.now() - 1).toISOString();
    const endsAt = new Date(Date.now() + lasts).toISOString();
    try {
      const contest = { program: 'friends', slug, name: slug, startsAt, endsAt, ...settings };
      const answer = await post(base, '/api/contests', contest);
      await answer.arrayBuffer();
      if (answer.status === 201) acknowledged.add(slug);
    } catch {
      return;
    }
  }
}

it(`kill -9 around what the keeper does, ${rounds} times a step on ${storageName}: each is taken once`, async () => {
  const acknowledged = new Set<string>();
  for (const transition of transitions) {
    for (let round = 0; round < rounds; round++) {
      const base = await start();
      await post(base, '/api/programs', { slug: 'friends', name: 'Friends', landingUrl: 'https://shop.example/' });
      const before = acknowledged.size;
      const prefixes = Array.from({ length: callers }, (_, caller) => `${transition.name}-${round}-${caller}`);
      const loads = prefixes.map((prefix) => load(base, prefix, transition, acknowledged));
      while (acknowledged.size < before + callers) await sleep(2);
      await sleep(transition.due + Math.random() * 80);
      await kill();
      await Promise.all(loads);
    }
  }

  const { database, rows, close } = await host.open();
  const { schema } = host;
  const taken = async ({ name, to, event }: Transition) => {
    const [row] = await rows(`with each as (
        select contest.id,
          (select count(*) from ${schema}.contest_step where contest_id = contest.id and to_state = '${to}')::int as steps,
          (select count(*) from ${schema}.event where name = '${event}' and payload ->> 'contest' = contest.id::text)::int as events,
          (select count(*) from ${schema}.contest_commitment where contest_id = contest.id)::int as commitments
        from ${schema}.contest where slug like '${name}-%'
      ) select count(*)::int as contests, count(*) filter (where steps = 1)::int as stepped,
        count(*) filter (where events = 1)::int as told, coalesce(max(steps), 0) as most, coalesce(max(events), 0) as loudest,
        count(*) filter (where commitments = 1)::int as committed from each`);
    return row as Record<'contests' | 'stepped' | 'told' | 'most' | 'loudest' | 'committed', number>;
  };
  const atKill = await Promise.all(transitions.map(taken));
  const laurel = createLaurel({ ...host.options, database });
  try {
    await laurel.start();
    for (const [index, transition] of transitions.entries()) {
      await expect
        .poll(
          async () => {
            const { contests, stepped, committed } = await taken(transition);
            return 2 * contests - stepped - committed;
          },
          { timeout: 30_000 },
        )
        .toBe(0);
      const found = await taken(transition);
      console.log(
        `${storageName}: ${transition.name}: ${found.contests} contests, ${atKill[index]?.stepped} of them when it died last, ${rounds} kills`,
      );
      expect(found).toMatchObject({ told: found.contests, most: 1, loudest: 1 });
    }
    for (const slug of acknowledged) {
      expect(await laurel.api.contests.get({ contest: slug })).toMatchObject({ slug });
      const { items } = await laurel.api.contests.history({ contest: slug });
      // Nothing comes before what leads to it.
      expect(items.slice(1).map(({ from }) => from)).toEqual(items.slice(0, -1).map(({ to }) => to));
    }
    expect(await laurel.recount()).toEqual([]);
  } finally {
    await laurel.close();
    await close();
  }
}, 180_000);
