/**
 * `npm run soak -- webhooks`: 100,000 deliveries by two nodes to ten endpoints of which each fails three in ten tries, one
 * node killed on the way. The pauses of the schedule, which are hours, are ended every second; leases and tries are real.
 * `SOAK_EVENTS`, `SOAK_ENDPOINTS` and `SOAK_FAILING` change the numbers.
 */
import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { openPostgresHouse } from '../harness/postgres.ts';
import { machineLine } from '../harness/report.ts';
import { startNode } from './processes.ts';
import { startFailingReceiver } from './receiver.ts';

const number = (name: string, usual: number) => Number(process.env[name] ?? usual);
const events = number('SOAK_EVENTS', 10_000);
const endpoints = number('SOAK_ENDPOINTS', 10);
const total = events * endpoints;
const postgresUrl = process.env.BENCH_POSTGRES_URL ?? '';
const sleep = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
const findings: string[] = [];
const say = (text: string) => console.log(text);

const receiver = await startFailingReceiver(number('SOAK_FAILING', 0.3));
const house = await openPostgresHouse(postgresUrl, 'soak', {
  background: false,
  webhooks: { allow: [receiver.origin] },
});
const { api } = house.laurel;
const ids: string[] = [];
for (let index = 0; index < endpoints; index++) {
  const url = `${receiver.origin}/${index}`;
  const { id, secret } = await api.webhooks.create({ url, events: ['participant.created'] });
  receiver.inboxes.set(`/${index}`, { accepted: new Map(), verifier: new Webhook(secret) });
  ids.push(id);
}
const env = {
  SOAK_DATABASE_URL: postgresUrl,
  SOAK_SCHEMA: house.schema,
  SOAK_KEY: `sk_${randomBytes(24).toString('base64url')}`,
  SOAK_ALLOW: receiver.origin,
};
const nodes = [await startNode(env), await startNode(env)];

try {
  const began = performance.now();
  const seconds = () => ((performance.now() - began) / 1000).toFixed(0);
  say(`${events.toLocaleString('en-US')} events for ${endpoints} endpoints …`);
  const people = new Set<string>();
  let next = 0;
  const emitting = Array.from({ length: 8 }, async () => {
    while (next < events) people.add((await api.participants.upsert({ externalId: `person-${next++}` })).id);
  });
  let killed = false;
  let replayed = 0;
  let delivered = 0;
  for (let turn = 0; delivered < total && turn < 1_800; turn++) {
    await sleep(1);
    // Not the leases: what a killed node was sending comes back when its lease has ended.
    await house.sql(`update $schema.webhook_endpoint set paused_until = '-infinity' where paused_until > now()`);
    await house.sql(`update $schema.webhook_delivery set due_at = now() where state = 'pending' and due_at > now()`);
    const [row] = await house.sql<{ delivered: number; failed: number }>(
      `select count(*) filter (where state = 'delivered')::int as delivered,
         count(*) filter (where state = 'failed')::int as failed from $schema.webhook_delivery`,
    );
    delivered = row?.delivered ?? 0;
    if (row?.failed) for (const endpoint of ids) replayed += (await api.webhooks.replayAll({ endpoint })).replayed;
    if (turn % 10 === 9) say(`${seconds().padStart(4)} s  ${delivered} delivered, ${receiver.counts.received} tries`);
    if (!killed && delivered > total / 3) {
      killed = true;
      say(`${seconds().padStart(4)} s  kill -9 of a node …`);
      await nodes[0]?.killAndRestart(1_000);
    }
  }
  await Promise.all(emitting);

  const { received, forged, failed } = receiver.counts;
  let doubled = 0;
  for (const [path, { accepted }] of receiver.inboxes) {
    const missing = [...people].filter((id) => !accepted.has(id)).length;
    if (missing > 0) findings.push(`${path} never got ${missing} events.`);
    doubled += [...accepted.values()].filter((times) => times > 1).length;
  }
  if (delivered < total) findings.push(`${total - delivered} deliveries did not come to their end.`);
  if (people.size !== events) findings.push(`There were ${people.size} events.`);
  if (forged > 0) findings.push(`${forged} signatures did not verify.`);
  if (!killed) findings.push('No node was killed.');
  say(
    `${delivered.toLocaleString('en-US')} delivered in ${seconds()} s: ${received.toLocaleString('en-US')} tries, ${failed.toLocaleString('en-US')} made to fail, ${replayed} given up after ten and replayed, ${doubled} accepted more than once, ${forged} signatures that did not verify.`,
  );
} finally {
  for (const node of nodes) node.stop();
  receiver.close();
  await house.close();
}

say(machineLine());
for (const finding of findings) say(`FAILED: ${finding}`);
if (findings.length === 0) say('Every endpoint got every event, and every signature verified.');
process.exit(findings.length === 0 ? 0 : 1);
