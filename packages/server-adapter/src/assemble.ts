import type { Logger } from 'pino';
import { createKeyRing } from './access/key-ring.ts';
import { deriveKey } from './access/secrets.ts';
import { createTokenIssuer } from './access/tokens.ts';
import { createBus } from './bus.ts';
import { createRunner } from './call.ts';
import { contests } from './contests/index.ts';
import { conversions } from './conversions/index.ts';
import { conversionStatements, writeTogether } from './conversions/write.ts';
import { databaseOn, quoteSchema } from './db/database.ts';
import { groupCommit } from './db/group-commit.ts';
import { findParticipant } from './db/references.ts';
import type { Storage } from './db/storage.ts';
import { createOutbox } from './events.ts';
import { createApp } from './http/app.ts';
import { createIdempotency } from './http/idempotency.ts';
import { createLimits } from './http/limits.ts';
import { createLive } from './http/live.ts';
import { createMetrics } from './http/metrics.ts';
import { operations } from './http/operations.ts';
import { createOrigins } from './http/origins.ts';
import { endpointsOf } from './http/router.ts';
import { createJobs } from './jobs.ts';
import { createBoardReader } from './leaderboards/board.ts';
import { leaderboards } from './leaderboards/index.ts';
import { contestTopics } from './leaderboards/live.ts';
import { createSequencer } from './ledger/sequencer.ts';
import type { Settings } from './options.ts';
import { participants } from './participants/index.ts';
import { programs } from './programs/index.ts';
import { programTopics } from './programs/live.ts';
import { clicks } from './referrals/clicks.ts';
import { referrals } from './referrals/index.ts';

/** Everything of one installation on an open storage, wired together. Nothing runs yet. */
export type House = ReturnType<typeof assemble>;

/** Wires the modules to storage, bus and HTTP. The one place that knows them all. */
export function assemble(storage: Storage, settings: Settings, logger: Logger, ready: () => Promise<unknown>) {
  const { schema, secret } = settings;
  const onFailure = (error: unknown) => logger.error({ message: String(error) }, 'background work failed');
  const database = databaseOn(storage, schema);
  const bus = createBus(storage, schema);
  const { channel } = bus;
  const sequencer = createSequencer(storage, schema, channel);
  const outbox = createOutbox(storage, schema, onFailure);
  const jobs = createJobs(storage, schema, outbox, onFailure);
  const runner = createRunner(storage, schema, channel);
  const idempotency = createIdempotency(storage, schema);
  const boardKey = deriveKey(secret, 'board-id');
  const cookieKey = deriveKey(secret, 'click-cookie');
  const tokens = createTokenIssuer(
    deriveKey(secret, 'participant-token'),
    schema,
    () => settings.clock() ?? new Date(),
  );
  const keys = createKeyRing(() => database, settings.keys);
  const reader = createBoardReader(boardKey);
  const live = createLive(
    bus,
    { contest: contestTopics(storage, schema, reader, boardKey), program: programTopics },
    onFailure,
  );
  const metrics = createMetrics({
    streams: () => live.size,
    outboxAgeSeconds: () =>
      readNumber(
        `select coalesce(extract(epoch from now() - min(created_at)), 0) from ${quoteSchema(schema)}.event where delivered_at is null`,
      ),
    intakeRows: () => readNumber(`select count(*) from ${quoteSchema(schema)}.ledger_intake`),
  });
  const statements = conversionStatements(schema);
  const together = groupCommit(
    (items: readonly Parameters<typeof writeTogether>[2][number][]) =>
      writeTogether(storage, statements, items, channel),
    settings.groupCommit,
  );
  const state = { draining: false };

  const endpoints = endpointsOf({
    participants: participants(tokens),
    programs: programs(),
    clicks: clicks(cookieKey),
    referrals: referrals(cookieKey, channel, sequencer),
    conversions: conversions({ statements, together, channel, sequencer, count: metrics.countConversion }),
    contests: contests(),
    leaderboards: leaderboards(reader),
    live: live.handlers,
    operations: operations(storage, schema, metrics, () => state.draining),
  });

  const session = async (request: Request) => {
    const named = await settings.identify?.(request);
    return named ? ((await findParticipant(database, named).catch(() => null))?.id ?? null) : null;
  };

  const app = createApp({
    settings,
    endpoints,
    credentials: { keys, tokens, session, origins: createOrigins(settings.publicUrl, settings.sessionOrigins) },
    limits: createLimits(settings.limits, settings.redis),
    idempotency,
    runner,
    metrics,
    logger,
    ready,
  });

  async function readNumber(text: string): Promise<number> {
    const [row] = await storage.query<Record<string, unknown>>(text);
    return Number(Object.values(row ?? {})[0] ?? 0);
  }

  return { app, bus, database, endpoints, idempotency, jobs, live, outbox, runner, sequencer, state, storage };
}
