import type { Evidence } from '@laurelkit/sdk/draws';
import { afterAll } from 'vitest';
import type { LaurelOptions } from '../src/index.ts';
import type { TestLaurel } from '../src/testing.ts';
import { openRelay, type TestRelay, testBeacon } from './beacon.ts';
import { ask, eventually, seed, sql, testLaurel } from './support.ts';

const relays: TestRelay[] = [];
afterAll(() => Promise.all(relays.map((relay) => relay.close())));

/** A relay that is closed after the file. */
export async function relayOf(beacon = testBeacon()): Promise<TestRelay> {
  const relay = await openRelay(beacon);
  relays.push(relay);
  return relay;
}

/** A Laurel whose draws go by a beacon of its own, behind so many relays. */
export async function drawingLaurel({ count = 1, ...options }: LaurelOptions & { count?: number } = {}) {
  const beacon = testBeacon();
  const own = await Promise.all(Array.from({ length: count }, () => relayOf(beacon)));
  const urls = own.map(({ url }) => url);
  const draws = { chain: beacon.chain, relays: urls, allow: urls };
  const laurel = await testLaurel({ draws, ...options });
  return { laurel, beacon, relay: own[0] as TestRelay, relays: own, draws };
}

export const prizes = [
  { name: 'Bike', winners: 1 },
  { name: 'Bell', winners: 2 },
];

/** When the contest of `raffle` ends. */
export const endsAt = new Date(Date.now() + 3_600_000);

/** An instant so many seconds after that. */
export const afterEnd = (seconds: number) => new Date(endsAt.getTime() + seconds * 1000);

/** A raffle `spring` that ends at `endsAt`, its beacon 30 seconds later, with these points. */
export async function raffle(
  { api }: Pick<TestLaurel, 'api'>,
  points: Record<string, number>,
  contest: Record<string, unknown> = {},
): Promise<void> {
  const draw = { source: 'drand', delaySeconds: 30, numbers: [] };
  const given = { kind: 'raffle', prizes, draw, endsAt: endsAt.toISOString(), ...contest };
  await seed(api, Object.keys(points), given, { riskMode: 'off' });
  for (const [participant, each] of Object.entries(points)) {
    if (each > 0) await api.points.award({ contest: 'spring', participant, points: each, idempotencyKey: participant });
  }
}

/** Has the keepers of all nodes look what is due. */
export const keep = (laurel: Pick<TestLaurel, 'schema'>) =>
  sql(laurel, 'select pg_notify($1, $2)', [`laurel_${laurel.schema}`, '{"contests":[]}']);

/** Waits until the contest is kept in this state. */
export async function untilStored(laurel: Pick<TestLaurel, 'schema'>, state: string): Promise<void> {
  const read = async () => {
    await keep(laurel);
    const [row] = await sql<{ state: string }>(laurel, `select state from $schema.contest where slug = 'spring'`);
    return row?.state;
  };
  const stored = await eventually(read, (found) => found === state);
  if (stored !== state) throw new Error(`The contest is ${stored}, not ${state}.`);
}

/** Waits for the commitment to the present terms. */
export const untilCommitted = async (laurel: TestLaurel, version = 1) =>
  eventually(
    async () => {
      await keep(laurel);
      return (await laurel.api.draws.get({ contest: 'spring' })).commitments;
    },
    (commitments) => commitments.length >= version,
  );

/** Runs the contest to its draw. */
export async function drawn(laurel: TestLaurel): Promise<Evidence> {
  await untilCommitted(laurel);
  laurel.travelTo(afterEnd(3));
  await untilStored(laurel, 'frozen');
  laurel.travelTo(afterEnd(60));
  await untilStored(laurel, 'drawn');
  return evidenceOf(laurel);
}

/** The evidence as everybody gets it. */
export async function evidenceOf(laurel: TestLaurel): Promise<Evidence> {
  const { status, json, text } = await ask(laurel, 'GET', '/contests/spring/draw/evidence.json');
  if (status !== 200) throw new Error(`Answered ${status}: ${text}`);
  return json as Evidence;
}
