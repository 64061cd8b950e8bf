import { Counter, Gauge, Registry } from 'prom-client';
import { createDurations } from './durations.ts';

/** What the server counts. Labels are bounded: routes and outcomes, never who. */
export interface Metrics {
  observeRequest(route: string, method: string, status: number, seconds: number): void;
  countConversion(outcome: 'recorded' | 'duplicate' | 'reversed'): void;
  countBoardRead(source: 'held' | 'sql'): void;
  countWebhook(result: 'delivered' | 'retry' | 'failed' | 'gone'): void;
  countBeacon(result: 'right' | 'wrong' | 'failed'): void;
  /** The Prometheus text format. */
  print(): Promise<string>;
}

/** What is asked when the metrics are read. */
export interface Gauges {
  streams(): number;
  /** Since the start: messages made for all who follow a topic, and readers let go because they did not read. */
  live: { readonly broadcasts: number; readonly slow: number };
  outboxAgeSeconds(): Promise<number>;
  intakeRows(): Promise<number>;
  failingReferrals(): Promise<number>;
  webhookAgeSeconds(): Promise<number>;
  /** Where there is a read replica. */
  replicaStalenessSeconds?(): number;
  /** Requests refused since the start because too many were under way. */
  refused(): number;
  boards(): number;
  boardBytes(): number;
}

const methods = new Set(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** Anybody can make up methods; OpenTelemetry's name for them all keeps the series few. */
const knownMethod = (method: string) => (methods.has(method) ? method : '_OTHER');

/** Makes the metrics of one installation, in a registry of its own. */
export function createMetrics(gauges: Gauges): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = createDurations();
  /** Counts by one label, added up here and told when somebody asks. */
  const counts = <Label extends string>(name: string, help: string, label: string, values: readonly Label[]) => {
    const byValue = Object.fromEntries(values.map((value) => [value, 0])) as Record<Label, number>;
    new Counter({
      name,
      help,
      labelNames: [label],
      registers,
      collect() {
        this.reset();
        for (const value of values) this.inc({ [label]: value }, byValue[value]);
      },
    });
    return byValue;
  };
  const conversions = counts('laurel_conversions_total', 'Conversions by what became of them.', 'outcome', [
    'recorded',
    'duplicate',
    'reversed',
  ]);
  const boardReads = counts(
    'laurel_board_reads_total',
    'Reads of leaderboards by where the answer came from: memory or SQL.',
    'source',
    ['held', 'sql'],
  );
  const webhooks = counts(
    'laurel_webhook_deliveries_total',
    'Tries to deliver a webhook by what became of them.',
    'result',
    ['delivered', 'retry', 'failed', 'gone'],
  );
  const beacon = counts('laurel_beacon_answers_total', 'Rounds asked of the beacon’s relays by what came.', 'result', [
    'right',
    'wrong',
    'failed',
  ]);
  const gauge = (name: string, help: string, read: () => number | Promise<number>) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await read());
      },
    });
  gauge('laurel_sse_connections', 'Open live streams on this node.', gauges.streams);
  const total = (name: string, help: string, read: () => number) =>
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  total(
    'laurel_live_broadcasts_total',
    'Messages made, each for all who stand together.',
    () => gauges.live.broadcasts,
  );
  total('laurel_live_slow_readers_total', 'Live streams ended because nobody read them.', () => gauges.live.slow);
  total('laurel_refused_requests_total', 'Requests refused because too many were under way.', gauges.refused);
  gauge('laurel_outbox_oldest_age_seconds', 'Age of the oldest event not delivered yet.', gauges.outboxAgeSeconds);
  gauge(
    'laurel_webhook_oldest_due_age_seconds',
    'How long the webhook has waited that should have gone out first.',
    gauges.webhookAgeSeconds,
  );
  gauge('laurel_ledger_intake_rows', 'Points waiting to be numbered.', gauges.intakeRows);
  gauge(
    'laurel_settlement_failures',
    'Referrals that could not be settled and are tried again later.',
    gauges.failingReferrals,
  );
  if (gauges.replicaStalenessSeconds) {
    const help = 'How old at most the read replica is; +Inf while it cannot be told.';
    gauge('laurel_replica_staleness_seconds', help, gauges.replicaStalenessSeconds);
  }
  gauge('laurel_boards', 'Leaderboards in the memory of this node.', gauges.boards);
  gauge('laurel_board_bytes', 'Their size in bytes.', gauges.boardBytes);
  return {
    observeRequest: (route, method, status, seconds) => requests.observe(route, knownMethod(method), status, seconds),
    countConversion: (outcome) => {
      conversions[outcome] += 1;
    },
    countBoardRead: (source) => {
      boardReads[source] += 1;
    },
    countWebhook: (result) => {
      webhooks[result] += 1;
    },
    countBeacon: (result) => {
      beacon[result] += 1;
    },
    print: async () => `${requests.print()}\n\n${await registry.metrics()}`,
  };
}
