import { type DrandChain, type Evidence, verifyEvidence } from '@laurelkit/sdk/draws';
import { pino } from 'pino';
import { afterAll } from 'vitest';
import { deriveKey } from '../src/access/secrets.ts';
import type { Clock } from '../src/clock.ts';
import { startContests } from '../src/contests/start.ts';
import type { Storage } from '../src/db/storage.ts';
import type { BeaconSettings } from '../src/draw-options.ts';
import { createBeacon } from '../src/drawing/beacon.ts';
import { drawingSteps } from '../src/drawing/index.ts';
import { receiptKeyOf } from '../src/drawing/receipt-key.ts';
import type { LaurelOptions } from '../src/index.ts';
import type { KeeperStep } from '../src/keeper.ts';
import type { TestLaurel } from '../src/testing.ts';
import { openRelay, type TestRelay, testBeacon } from './beacon.ts';
import { ask, databaseUrl, eventually, seed, sql, testLaurel } from './support.ts';
import { openTestStorage } from './test-storage.ts';

const relays: TestRelay[] = [];
const storages: Storage[] = [];
afterAll(async () => {
  await Promise.all(relays.map((relay) => relay.close()));
  if (databaseUrl) await Promise.all(storages.map((storage) => storage.close()));
});

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
  const laurel = await testLaurel({ draws, logger: pino({ level: 'silent' }), ...options });
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

/**
 * Waits until the contest is kept in this state. One that is `drawn` has its places given by then; with nothing to claim it is
 * closed at once.
 */
export async function untilStored(laurel: Pick<TestLaurel, 'schema'>, state: string): Promise<void> {
  const read = async () => {
    await keep(laurel);
    const [row] = await sql<{ state: string; given: boolean }>(
      laurel,
      `select state, exists (select from $schema.contest_winner where contest_id = contest.id) as given
       from $schema.contest where slug = 'spring'`,
    );
    return row?.state === 'closed' || (row?.state === 'drawn' && row.given) ? ['drawn', row.state] : [row?.state];
  };
  const stored = await eventually(read, (found) => found.includes(state) && !(state === 'drawn' && found.length === 1));
  if (!stored.includes(state)) throw new Error(`The contest is ${stored.at(-1)}, not ${state}.`);
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

/** What is wrong with evidence, in the words of the check: nothing, where everything holds. */
export const flawsOf = (evidence: unknown, { chain }: { chain: DrandChain }): string[] =>
  verifyEvidence(evidence, { chains: [chain] })
    .steps.filter(({ ok }) => !ok)
    .map(({ name, detail }) => `${name}: ${detail}`);

/** The secret of every Laurel for tests. */
export const testSecret = 'a secret for tests only: 0123456789abcdef';

/** The steps of one more node on a Laurel’s storage, to be run by the test itself; closed after the file. */
export async function stepsOn(
  laurel: Pick<TestLaurel, 'schema'>,
  { chain, relays, allow }: BeaconSettings,
  clock: Clock,
) {
  const secret = testSecret;
  const storage = await openTestStorage();
  storages.push(storage);
  const failures: unknown[] = [];
  const logger = pino({ level: 'silent' });
  const channel = `laurel_${laurel.schema}`;
  const start = startContests(storage, laurel.schema, channel, clock);
  const [commit, seal, writeEntries, draw] = drawingSteps({
    ...{ storage, schema: laurel.schema, channel, clock, chain },
    boardKey: deriveKey(secret, 'board-id'),
    seedKey: deriveKey(secret, 'instant-seed'),
    receiptKey: receiptKeyOf(deriveKey(secret, 'draw-receipt')),
    beacon: createBeacon({ settings: { chain, relays, allow }, logger, count: () => {} }),
    onFailure: (error) => void failures.push(error),
  }) as [KeeperStep, KeeperStep, KeeperStep, KeeperStep];
  // What has not started is not frozen.
  const freeze = async () => {
    await start();
    await writeEntries();
  };
  return { commit, seal, freeze, draw, failures };
}
