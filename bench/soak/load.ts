/**
 * Offers conversions at a constant rate to two nodes, whatever they answer, and tells its parent every second what came
 * of them. Commands come as messages; a key is sent again until it is acknowledged, unless refusals are to be dropped.
 */
import { type Connection, openConnection } from './client.ts';
import type { LoadCommand, LoadReport } from './messages.ts';

const { SOAK_KEY = '', SOAK_REFEREES = '1' } = process.env;
const referees = Number(SOAK_REFEREES);

let command: LoadCommand | undefined;
let idle: Connection[][] = [];
let next = 0;
let begun = 0;
let started = 0;
let waiting: number[] = [];
let outstanding = 0;
let turn = 0;
const acknowledged: number[] = [];
let report = emptyReport();
let latencies: number[] = [];

function emptyReport(): LoadReport {
  return { offered: 0, acknowledged: 0, refused: 0, lost: 0, unexpected: 0, p50: 0, p99: 0, outstanding: 0, missed: 0 };
}

const bodyOf = (key: number) =>
  `{"program":"friends","participant":"e${1 + ((key * 7919) % referees)}","event":"purchase","idempotencyKey":"s${key}"}`;

/** The next free connection, of whichever node has one. */
function take(): { connection: Connection; node: number } | null {
  for (let tries = 0; tries < idle.length; tries++) {
    const node = turn++ % idle.length;
    const connection = idle[node]?.pop();
    if (connection) return { connection, node };
  }
  return null;
}

async function send(key: number, { connection, node }: { connection: Connection; node: number }, rules: LoadCommand) {
  const home = idle[node] as Connection[];
  const began = performance.now();
  outstanding++;
  const status = await connection.post('/api/conversions', bodyOf(key));
  outstanding--;
  if (status === 201) {
    report.acknowledged++;
    acknowledged.push(key);
    latencies.push(performance.now() - began);
  } else if (status === 503 || status === 429) {
    report.refused++;
    if (rules.again) setTimeout(() => waiting.push(key), 100 + Math.random() * 200);
  } else if (status === 0) {
    report.lost++;
    waiting.push(key);
  } else {
    report.unexpected++;
  }
  // A node that is away is not asked at once again, so that its callers go to the other one.
  if (status === 0) setTimeout(() => home.push(connection), 250);
  else home.push(connection);
}

function tick() {
  if (!command) return;
  const due = Math.floor(((performance.now() - started) / 1000) * command.rate) - begun;
  for (let count = 0; count < due; count++) {
    begun++;
    waiting.push(next++);
    report.offered++;
  }
  // What no connection could carry any more is load that was never offered.
  if (!command.again && waiting.length > command.rate) {
    report.missed += waiting.length - command.rate;
    waiting = waiting.slice(-command.rate);
  }
  let sent = 0;
  while (sent < waiting.length) {
    const free = take();
    if (!free) break;
    void send(waiting[sent++] as number, free, command);
  }
  waiting = waiting.slice(sent);
}

setInterval(tick, 2);

setInterval(() => {
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? 0;
  process.send?.({ report: { ...report, p50: at(0.5), p99: at(0.99), outstanding: outstanding + waiting.length } });
  report = emptyReport();
  latencies = [];
}, 1000);

process.on('message', (message: LoadCommand | { stop: true } | { list: true }) => {
  if ('list' in message) {
    process.send?.({ acknowledged });
  } else if ('stop' in message) {
    command = command && { ...command, rate: 0 };
    begun = 0;
    started = performance.now();
  } else {
    for (const connection of idle.flat()) connection.close();
    idle = message.ports.map((port) =>
      Array.from({ length: Math.ceil(message.connections / message.ports.length) }, () =>
        openConnection(port, SOAK_KEY),
      ),
    );
    command = message;
    begun = 0;
    started = performance.now();
  }
});
process.once('disconnect', () => process.exit(0));
