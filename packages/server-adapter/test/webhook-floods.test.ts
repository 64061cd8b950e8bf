import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestLaurel } from '../src/testing.ts';
import { hurry, type Received, type Receiver, startReceiver, verifies } from './receiver.ts';
import { eventually, seed, sql, storageName, testLaurel } from './support.ts';

const logger = pino({ level: 'silent' });
/** Embedded storage plans each statement anew and takes one at a time. */
const [count, few] = storageName === 'postgres' ? [200, 40] : [100, 15];
const participantOf = ({ body }: Received) => JSON.parse(body).data.participant as string;

describe(`many webhooks (${storageName})`, { timeout: 90_000 }, () => {
  let receiver: Receiver;
  let laurel: TestLaurel;
  let others = 0;

  const start = (options: object = {}) =>
    testLaurel({ logger, webhooks: { allow: [receiver.origin], timeoutSeconds: 30 }, drainSeconds: 1, ...options });

  beforeAll(async () => {
    receiver = await startReceiver();
  });
  afterAll(() => receiver.close());

  const endpoints = async (count: number) =>
    Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const url = `${receiver.origin}/${index}`;
        const { id, secret } = await laurel.api.webhooks.create({ url, events: ['participant.created'] });
        return { id, secret, path: `/${index}` };
      }),
    );
  /** So many events at once; answers whom they are about. */
  const people = async (count: number) => {
    const made = await Promise.all(
      Array.from({ length: count }, () => laurel.api.participants.upsert({ externalId: `person-${++others}` })),
    );
    return made.map(({ id }) => id).sort();
  };
  /** `eventually`, with the patience that a busy machine needs. */
  const inTheEnd = async <Answer>(read: () => Promise<Answer>, satisfies: (answer: Answer) => boolean) => {
    let answer = await eventually(read, satisfies);
    for (let turn = 0; turn < 10 && !satisfies(answer); turn++) answer = await eventually(read, satisfies);
    return answer;
  };
  const open = () =>
    sql<{ state: string; endpoint_id: string }>(
      laurel,
      `select state, endpoint_id from $schema.webhook_delivery where state <> 'delivered'`,
    );
  /** Hurries, and sends again what was given up, until so many deliveries are all delivered. */
  const allDelivered = async (expected: number) => {
    interface Counts {
      delivered: number;
      all: number;
      failed: string[];
    }
    const counts = async (): Promise<Counts> => {
      const [row] = await sql<Counts>(
        laurel,
        `select count(*)::int as all, count(*) filter (where state = 'delivered')::int as delivered,
           coalesce(array_agg(distinct endpoint_id) filter (where state = 'failed'), '{}') as failed
         from $schema.webhook_delivery`,
      );
      for (const endpoint of row?.failed ?? []) await laurel.api.webhooks.replayAll({ endpoint });
      // Three in ten open a circuit now and then, which is due and waits.
      await hurry(laurel);
      return row as Counts;
    };
    const isOver = ({ delivered, all }: Counts) => delivered === expected && all === expected;
    // Not asked all the time: that would take the one connection that embedded storage has.
    for (let turn = 0; turn < 200 && !isOver(await counts()); turn++) await sleep(300);
    expect(await counts()).toMatchObject({ delivered: expected, all: expected });
  };

  it('reach every endpoint at least once with three in ten tries failing, and every signature verifies', async () => {
    laurel = await start();
    const targets = await endpoints(10);
    const secrets = new Map(targets.map(({ path, secret }) => [path, secret]));
    const accepted = new Map(targets.map(({ path }) => [path, new Set<string>()]));
    let forged = 0;
    let failed = 0;
    receiver.answering((message, response) => {
      if (!verifies(secrets.get(message.path) ?? '', message)) forged++;
      const luck = Math.random();
      if (luck < 0.3) {
        failed++;
        if (luck < 0.1) return void response.destroy();
        return luck < 0.2 ? 500 : 302;
      }
      accepted.get(message.path)?.add(participantOf(message));
      return 200;
    });
    const ids = await people(count);
    await allDelivered(10 * count);
    expect(forged).toBe(0);
    expect(failed).toBeGreaterThan(count);
    for (const { path } of targets) expect([...(accepted.get(path) ?? [])].sort()).toEqual(ids);
    const ends = await sql<{ tries: number }>(laurel, 'select count(*)::int as tries from $schema.webhook_attempt');
    expect(ends[0]?.tries).toBe(receiver.received.length);
    await laurel.close();
  });

  it('of a dead endpoint do not hold up those of others: it takes few places, and then one', async () => {
    laurel = await start({ webhooks: { allow: [receiver.origin], timeoutSeconds: 30, concurrency: 16 } });
    const targets = await endpoints(20);
    const [dead, broken, ...healthy] = targets as [(typeof targets)[0], (typeof targets)[0], ...typeof targets];
    const perPath = new Map<string, number>();
    receiver.answering(({ path }) => {
      perPath.set(path, (perPath.get(path) ?? 0) + 1);
      if (path === dead.path) return undefined;
      return path === broken.path ? 500 : 200;
    });
    const ids = await people(few);
    const unwell = new Set([dead.id, broken.id]);
    const rest = await inTheEnd(open, (rows) => {
      return rows.length > 0 && rows.every(({ endpoint_id: id }) => unwell.has(id));
    });
    // All of them, while not one try to the dead endpoint has come to an end.
    expect(rest.filter(({ endpoint_id: id }) => !unwell.has(id))).toEqual([]);
    for (const { path } of healthy) expect(perPath.get(path)).toBe(ids.length);
    expect(rest.filter(({ endpoint_id: id }) => id === dead.id)).toHaveLength(ids.length);
    expect(perPath.get(dead.path)).toBeLessThanOrEqual(8);
    // The broken one is left alone after a few: its circuit is open for seconds.
    expect(perPath.get(broken.path)).toBeLessThanOrEqual(16);
    const [circuit] = await sql<{ failures: number; open: boolean }>(
      laurel,
      'select failures, failing_since is not null as open from $schema.webhook_endpoint where id = $1',
      [broken.id],
    );
    expect(circuit?.failures).toBeGreaterThanOrEqual(5);
    receiver.answering(() => 200);
    await laurel.close();
  });

  it('are shared out between two nodes, each sent by one of them', async () => {
    receiver.received.length = 0;
    receiver.answering(() => 200);
    laurel = await start();
    const second = await start({ schema: laurel.schema });
    await endpoints(5);
    await people(few);
    await allDelivered(5 * few);
    expect(receiver.received).toHaveLength(5 * few);
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(5 * few);
    await second.close();
    await laurel.close();
  });

  it('under way when a node closes come to their end, and are written down', async () => {
    receiver.received.length = 0;
    laurel = await start({ drainSeconds: 10 });
    await endpoints(1);
    let answer = () => {};
    receiver.answering((_, response) => {
      answer = () => void response.writeHead(200).end();
      return undefined;
    });
    await people(1);
    await inTheEnd(
      async () => receiver.received.length,
      (count) => count === 1,
    );
    const closing = laurel.close();
    answer();
    await closing;
    expect(await open()).toEqual([]);
    expect(receiver.received).toHaveLength(1);
  });

  it('cut off by the end of a node are sent again by another, by the end of their lease', async () => {
    receiver.received.length = 0;
    receiver.answering(() => undefined);
    laurel = await start({ drainSeconds: 0.05 });
    await endpoints(1);
    await people(1);
    await inTheEnd(
      async () => receiver.received.length,
      (count) => count === 1,
    );
    await laurel.close();
    expect(await open()).toMatchObject([{ state: 'pending' }]);
    receiver.answering(() => 200);
    const { schema } = laurel;
    laurel = await start({ schema });
    await hurry(laurel);
    await seed(laurel.api);
    expect(receiver.received).toHaveLength(1);
    await sql(laurel, `update $schema.webhook_delivery set leased_until = '-infinity'`);
    await allDelivered(3);
    const [first, ...later] = receiver.received.map(({ id }) => id);
    expect(later.filter((id) => id === first)).toHaveLength(1);
    await laurel.close();
  });
});
