/**
 * `npm run soak -- contest`: two nodes, a million participants and 5,000 conversions a second for ten minutes, both nodes
 * killed on the way, then four times the load. `SOAK_PARTICIPANTS`, `SOAK_RATE`, `SOAK_MINUTES` change the numbers.
 */
import { randomBytes } from 'node:crypto';
import { median } from '../harness/interleave.ts';
import { openPostgresHouse } from '../harness/postgres.ts';
import { machineLine } from '../harness/report.ts';
import type { LoadReport } from './messages.ts';
import { startLoad, startNode } from './processes.ts';
import { seedBoard } from './seed.ts';
import { type Findings, verifyBoard, verifyConversions } from './verify.ts';

const number = (name: string, usual: number) => Number(process.env[name] ?? usual);
const participants = number('SOAK_PARTICIPANTS', 1_000_000);
const rate = number('SOAK_RATE', 5_000);
const minutes = number('SOAK_MINUTES', 10);
const referees = Math.min(200_000, participants);
const postgresUrl = process.env.BENCH_POSTGRES_URL ?? '';
const sleep = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
const findings: Findings = [];
const say = (text: string) => console.log(text);

const house = await openPostgresHouse(postgresUrl, 'soak', { background: false });
say(`Seeding ${participants.toLocaleString('en-US')} participants …`);
await seedBoard(house, participants, referees);

const env = {
  SOAK_DATABASE_URL: postgresUrl,
  SOAK_SCHEMA: house.schema,
  SOAK_KEY: `sk_${randomBytes(24).toString('base64url')}`,
  SOAK_REFEREES: String(referees),
};
const nodes = [await startNode(env), await startNode(env)];
const load = startLoad(env);
const reports: LoadReport[] = [];
const memory: number[] = [];
load.onReport((report) => {
  reports.push(report);
  memory.push(nodes.reduce((sum, node) => sum + node.memory(), 0) / 2 ** 20);
  if (reports.length % 10 === 0) {
    say(
      `${String(reports.length).padStart(4)} s  offered ${report.offered}  acknowledged ${report.acknowledged}  refused ${report.refused}  lost ${report.lost}  p50 ${report.p50.toFixed(0)} ms  p99 ${report.p99.toFixed(0)} ms  ${memory.at(-1)?.toFixed(0)} MB`,
    );
  }
});
const sum = (from: number, field: keyof LoadReport, to = reports.length) =>
  reports.slice(from, to).reduce((total, report) => total + report[field], 0);

try {
  const ports = nodes.map(({ port }) => port);
  say(`${rate.toLocaleString('en-US')} conversions a second for ${minutes} minutes …`);
  load.command({ ports, connections: 512, rate, again: true });
  await readBoards(minutes * 60);
  const steady = reports.length;
  const acknowledgedRate = sum(0, 'acknowledged') / steady;
  say(`Steady: ${acknowledgedRate.toFixed(0)}/s acknowledged; refused ${sum(0, 'refused')}, lost ${sum(0, 'lost')}.`);
  if (sum(0, 'unexpected') + sum(0, 'lost') > 0) findings.push('There were errors under steady load.');
  if (acknowledgedRate < rate * 0.99) findings.push(`Only ${acknowledgedRate.toFixed(0)}/s were acknowledged.`);
  const third = Math.floor(steady / 3);
  const [early, late] = [median(memory.slice(third, 2 * third)), median(memory.slice(2 * third, steady))];
  say(`Memory of both nodes: ${early.toFixed(0)} MB in the second third, ${late.toFixed(0)} MB in the last.`);
  if (late > early * 1.1) findings.push('Memory grew by more than a tenth.');

  for (const [index, node] of nodes.entries()) {
    const from = reports.length;
    say(`kill -9 of node ${index + 1} …`);
    await node.killAndRestart(1000);
    await sleep(12);
    const back = reports.slice(from).findIndex((report) => report.acknowledged >= rate * 0.9 && report.lost === 0);
    say(
      `Back at nine tenths of the load after ${back + 1} s; ${sum(from, 'lost')} requests were cut off and sent again.`,
    );
    if (back < 0 || back + 1 > 5) findings.push(`Clients were not back within 5 s of the death of node ${index + 1}.`);
  }

  const capacity = sum(reports.length - 5, 'acknowledged') / 5;
  const from = reports.length;
  say(`Four times the load: ${(rate * 4).toLocaleString('en-US')} a second …`);
  load.command({ ports, connections: 8_192, rate: rate * 4, again: false });
  await sleep(30);
  const seconds = reports.length - from - 2;
  const goodput = sum(from + 2, 'acknowledged') / seconds;
  say(
    `Overload: ${goodput.toFixed(0)}/s acknowledged (${((100 * goodput) / capacity).toFixed(0)} % of ${capacity.toFixed(0)}/s), ${(sum(from + 2, 'refused') / seconds).toFixed(0)}/s refused with 503 or 429, ${sum(from, 'unexpected')} other answers, ${sum(from, 'lost')} cut off.`,
  );
  if (goodput < capacity * 0.8) findings.push('Goodput fell below 80 % under overload.');
  if (sum(from, 'unexpected') > 0) findings.push('Overload was answered with something else than 503 or 429.');
  load.command({ stop: true });
  while ((reports.at(-1)?.outstanding ?? 1) > 0) await sleep(1);

  say('Comparing with SQL …');
  const acknowledged = await load.acknowledged();
  findings.push(...(await verifyConversions(house.sql, acknowledged)));
  const differences = await house.laurel.recount();
  if (differences.length > 0) findings.push(`The recount differs in ${differences.length} places.`);
  findings.push(...(await verifyOverHttp()));
  say(`${acknowledged.length.toLocaleString('en-US')} conversions acknowledged; all compared.`);
} finally {
  load.stop();
  for (const node of nodes) node.stop();
  await house.close();
}

say(machineLine());
for (const finding of findings) say(`FAILED: ${finding}`);
if (findings.length === 0) say('Nothing lost, nothing doubled, boards equal to SQL, recount clean.');
process.exit(findings.length === 0 ? 0 : 1);

/** Reads the board of both nodes now and then for some seconds, as visitors would, so that they hold it. */
async function readBoards(seconds: number): Promise<void> {
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until) {
    for (const { port } of nodes) {
      const response = await fetch(`http://127.0.0.1:${port}/api/contests/spring/leaderboard`, {
        headers: { authorization: `Bearer ${env.SOAK_KEY}` },
      });
      if (!response.ok) findings.push(`A board was answered with ${response.status}.`);
      await response.arrayBuffer();
    }
    await sleep(0.1);
  }
}

/** Both nodes' boards, asked over HTTP, against SQL. */
async function verifyOverHttp(): Promise<Findings> {
  const found: Findings = [];
  for (const { port } of nodes) {
    const standing = async ({ participant }: { participant: string }) => {
      const response = await fetch(
        `http://127.0.0.1:${port}/api/contests/spring/standing?around=0&participant=${participant}`,
        { headers: { authorization: `Bearer ${env.SOAK_KEY}` } },
      );
      return response.json() as never;
    };
    found.push(...(await verifyBoard(standing, house.sql, 2_000)));
  }
  return found;
}
