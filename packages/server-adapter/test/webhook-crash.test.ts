import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { channelOf } from '../src/bus.ts';
import { createLaurel, openEmbedded } from '../src/index.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { databaseUrl, eventually, storageName } from './support.ts';

const rounds = 3;
const schema = `laurel_crash_${Math.random().toString(36).slice(2, 8)}`;
const directory = databaseUrl ? null : await mkdtemp(join(tmpdir(), 'laurel-webhooks-'));
const receiver: Receiver = await startReceiver();
let child: ChildProcess | undefined;

afterAll(async () => {
  child?.kill('SIGKILL');
  await receiver.close();
  if (directory) await rm(directory, { recursive: true, force: true });
});

/** Runs a host until the receiver has seen so many more, then kills it; answers what it had acknowledged. */
async function runAndKill(more: number): Promise<string[]> {
  const acknowledged: string[] = [];
  child = spawn(process.execPath, ['--conditions=source', new URL('./crash/webhooks.ts', import.meta.url).pathname], {
    env: { ...process.env, STORAGE: databaseUrl ?? directory ?? '', SCHEMA: schema, ORIGIN: receiver.origin },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout as NonNullable<ChildProcess['stdout']> });
  lines.on('line', (line) => acknowledged.push(line));
  const target = receiver.received.length + more;
  const gone = once(child, 'exit');
  await Promise.race([
    gone,
    new Promise<void>((resolve) => {
      receiver.answering(() => {
        if (receiver.received.length >= target) resolve();
        return Math.random() < 0.3 ? 500 : 200;
      });
    }),
  ]);
  child.kill('SIGKILL');
  await gone;
  return acknowledged;
}

it(`kill -9 while webhooks are sent, ${rounds} times on ${storageName}: none of an acknowledged event is lost`, async () => {
  const acknowledged: string[] = [];
  for (let round = 0; round < rounds; round++) acknowledged.push(...(await runAndKill(20)));
  const accepted = new Set<string>();
  receiver.answering(({ body }) => {
    accepted.add(JSON.parse(body).data.participant);
    return 200;
  });
  const pool = databaseUrl ? new pg.Pool({ connectionString: databaseUrl }) : null;
  const embedded = directory ? await openEmbedded(directory) : null;
  const run = (text: string) => (pool ? pool.query(text) : embedded?.pglite.query(text));
  const laurel = createLaurel({
    secret: 'a secret for tests only: 0123456789abcdef',
    database: pool ?? (embedded as NonNullable<typeof embedded>).pglite,
    schema,
    jobs: false,
    webhooks: { allow: [receiver.origin] },
  });
  await laurel.start();
  try {
    const delivered = new Set(
      (
        await run(
          `select payload->>'participant' as id from ${schema}.webhook_delivery delivery
         join ${schema}.event on event.id = event_id where state = 'delivered'`,
        )
      )?.rows.map((row) => (row as { id: string }).id),
    );
    // A dead node's leases end after a minute; the schedule's pauses after hours.
    const left = async () => {
      await run(`update ${schema}.event set leased_until = '-infinity' where delivered_at is null`);
      await run(
        `update ${schema}.webhook_delivery set due_at = now(), leased_until = '-infinity'
         where state = 'pending' and (due_at > now() or leased_until > now() + interval '30 seconds')`,
      );
      await run(`update ${schema}.webhook_endpoint set paused_until = '-infinity'`);
      await run(`select pg_notify('${channelOf(schema)}', '{"outbox":true,"webhooks":true}')`);
      return acknowledged.filter((id) => !delivered.has(id) && !accepted.has(id)).length;
    };
    expect(acknowledged.length).toBeGreaterThan(rounds);
    let lost = acknowledged.length;
    for (let turn = 0; turn < 8 && lost > 0; turn++) lost = await eventually(left, (count) => count === 0);
    expect(lost).toBe(0);
    console.log(
      `${storageName}: ${acknowledged.length} acknowledged, ${delivered.size} delivered before the last start`,
    );
  } finally {
    await laurel.close();
    await embedded?.close();
    await pool?.query(`drop schema ${schema} cascade`);
    await pool?.end();
  }
}, 120_000);
