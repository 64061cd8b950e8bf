import type { EventName } from '@laurelkit/sdk/contract';
import { pino } from 'pino';
import { createKey, type KeyInfo, type KeyKind, listKeys, type NewKey, revokeKey } from './access/keys.ts';
import { createApi, type InProcessApi } from './api.ts';
import { assemble, type House } from './assemble.ts';
import { startBackground } from './background.ts';
import { hint } from './bus.ts';
import { databaseOn } from './db/database.ts';
import { migrate, pendingMigrations } from './db/migrate.ts';
import type { EventHandler } from './events.ts';
import type { Answer } from './http/answer.ts';
import { answerResponse } from './http/answer-response.ts';
import type { Arrival, RequestInfo } from './http/arrival.ts';
import { createDrain } from './http/drain.ts';
import { problemAnswer } from './http/problem-response.ts';
import { requestArrival } from './http/request-arrival.ts';
import { type Difference, findDifferences, rebuildStandings } from './ledger/recount.ts';
import { openStorage } from './open.ts';
import { type LaurelOptions, settle } from './options.ts';
import { LaurelConfigurationError, LaurelProblem } from './problem.ts';
import { type ProgressDifference, recountProgress } from './progress/recount.ts';
import { findRewardDifferences, type RewardDifference } from './rewards/recount.ts';

/** An installation of Laurel inside the host's process. */
export interface Laurel {
  /**
   * Answers a request (WHATWG Fetch) to a path under `basePath`. Never throws. Serves Bun, Deno and Workers as it is; the
   * mounts for Node frameworks are built on it.
   */
  fetch(request: Request, info?: RequestInfo): Promise<Response>;
  /** The same on plain values, for mounts that would only take a `Request` and `Response` apart again. Never throws. */
  answer(arrival: Arrival): Promise<Answer>;
  /** The API in process, as the host itself; `api.with(tx)` joins the host's own transaction. */
  readonly api: InProcessApi;
  /** Hears an event (`*`: all), at least once each, after the transaction that caused it. Returns what stops it. */
  on<Name extends EventName>(name: Name | '*', handler: EventHandler<Name>): () => void;
  /** Runs a handler as a job that survives the process and is retried for about a day. Register before `start()`. */
  job<Name extends EventName>(event: Name, name: string, handler: EventHandler<Name>): void;
  /** API keys: made once, shown once. */
  readonly keys: {
    create(kind: KeyKind, options?: { name?: string; origins?: string[] }): Promise<NewKey>;
    list(): Promise<KeyInfo[]>;
    revoke(id: string): Promise<boolean>;
  };
  /** Brings the schema up to date; answers the names of the steps that ran. */
  migrate(): Promise<string[]>;
  /**
   * Compares every standing with the points ledger and all progress in courses with its events, and makes them anew from
   * these when told to; and what every reward is worth with the money ledger, which is only told. `of` looks at a part alone.
   */
  recount(options?: {
    rebuild?: boolean;
    of?: 'ledgers' | 'courses';
  }): Promise<(Difference | RewardDifference | ProgressDifference)[]>;
  /** Opens the storage and starts background work. The first request does it by itself; call it to see errors early. */
  start(): Promise<void>;
  /**
   * Begins the end: `/readyz` says 503, live readers are sent elsewhere, answers ask callers to close the connection;
   * everything is still answered. For balancers that need a moment before `close()`.
   */
  drain(): void;
  /** Drains, waits for requests under way (`drainSeconds`), ends background work and closes what Laurel opened. */
  close(): Promise<void>;
}

/**
 * Makes a Laurel installation. Nothing is opened before the first use or `start()`.
 *
 * @example
 * ```ts
 * const laurel = createLaurel({ secret: process.env.LAUREL_SECRET });
 * Bun.serve({ fetch: laurel.fetch });
 * ```
 * @throws LaurelConfigurationError for options that cannot work
 */
export function createLaurel(options: LaurelOptions = {}): Laurel {
  const settings = settle(options);
  const logger = settings.logger ?? pino({ level: 'warn', name: 'laurel' });
  const onFailure = (error: unknown) => logger.error({ message: String(error) }, 'background work failed');
  const drain = createDrain();
  const pendingHandlers: ((house: House) => void)[] = [];
  let opened: Promise<House> | undefined;
  let started: Promise<() => Promise<void>> | undefined;
  let closed: Promise<void> | undefined;
  let current: House | undefined;
  let isStarted = false;

  const open = () => {
    opened ??= openStorage(settings).then((storage) => {
      current = assemble(storage, settings, { logger, onFailure, drain, ready: start, isReady: () => isStarted });
      for (const register of pendingHandlers) register(current);
      return current;
    });
    return opened;
  };

  const assertMigrated = async ({ storage }: House) => {
    if (settings.migrations === 'auto') return void (await migrate(storage, settings.schema));
    const pending = await pendingMigrations(storage, settings.schema);
    if (pending.length === 0) return;
    throw new LaurelConfigurationError(`${pending.length} migrations are pending: run "laurel migrate".`);
  };

  const start = () => {
    started ??= (async () => {
      const house = await open();
      await assertMigrated(house);
      const stop = settings.background
        ? await startBackground(house, settings.schema, {
            withJobs: settings.jobs,
            withRedis: settings.redis !== undefined,
            retention: settings.retention,
            drainMilliseconds: settings.drainSeconds * 1000,
            onFailure,
          })
        : async () => {};
      isStarted = true;
      return stop;
    })();
    // A failed start (the database is not there yet) is tried again by the next caller.
    started.catch(() => {
      started = undefined;
      if (!current) opened = undefined;
    });
    return started;
  };

  const ready = async () => {
    await start();
    return open();
  };

  const beginDrain = () => {
    if (drain.draining) return;
    drain.begin();
    void opened?.then(({ live }) => live.close()).catch(onFailure);
  };

  const end = async () => {
    beginDrain();
    const left = await drain.close(settings.drainSeconds * 1000);
    if (left > 0) logger.warn({ requests: left }, 'closed while requests were under way');
    if (!opened) return;
    const house = await opened;
    await (await started?.catch(() => undefined))?.();
    await house.webhooks.fetch.close();
    await house.confirmations.run().catch(onFailure);
    await house.winnerNotices.run().catch(onFailure);
    house.confirmations.close();
    await house.storage.close();
  };

  const answer = async (arrival: Arrival): Promise<Answer> => {
    try {
      return await (current ?? (await open())).app(arrival);
    } catch (error) {
      logger.error({ message: String(error) }, 'could not open the storage');
      return unavailable();
    }
  };

  const withHouse = (register: (house: House) => void) => {
    if (current) register(current);
    else pendingHandlers.push(register);
  };

  return {
    fetch: async (request, info) => answerResponse(await answer(requestArrival(request, info))),
    answer,
    api: createApi({
      ready,
      during: drain.during,
      preparedStatements: settings.preparedStatements,
      assertStarted: () => {
        if (isStarted) return;
        throw new LaurelConfigurationError('Await laurel.start() before you use laurel.api.with().');
      },
      site: () => ({ now: settings.clock(), publicUrl: () => settings.publicUrl ?? null }),
    }),
    on: (name, handler) => {
      let stopped = false;
      let stop = () => {
        stopped = true;
      };
      withHouse((house) => {
        if (stopped) return;
        stop = house.outbox.on(name, handler);
        if (isStarted && settings.background) house.outbox.run().catch(onFailure);
      });
      return () => stop();
    },
    job: (event, name, handler) => {
      withHouse((house) => house.jobs.onEvent(event, name, handler));
    },
    keys: {
      create: async (kind, given) => createKey((await ready()).database, kind, given),
      list: async () => listKeys((await ready()).database),
      revoke: async (id) => revokeKey((await ready()).database, id),
    },
    migrate: async () => migrate((await open()).storage, settings.schema),
    recount: async ({ rebuild = false, of } = {}) => {
      const { storage, sequencer, boards, bus } = await ready();
      const { channel } = bus;
      const learning = of === 'ledgers' ? [] : await recountProgress(storage, settings.schema, { rebuild, channel });
      if (of === 'courses') return learning;
      await sequencer.run();
      const found = await storage.transaction(async (transaction) => {
        // Millions of rows are read: the time limit of ordinary statements is not meant for that.
        await transaction.script('set local statement_timeout = 0');
        const database = databaseOn(transaction, settings.schema);
        const differences = await findDifferences(database);
        if (rebuild && differences.length > 0) {
          await rebuildStandings(database, [...new Set(differences.map(({ contest }) => contest))]);
          await hint(transaction, bus.channel, { rebuilt: true });
        }
        return [...differences, ...(await findRewardDifferences(database))];
      });
      if (rebuild) boards.receive({ rebuilt: true });
      return [...found, ...learning];
    },
    start: async () => {
      await start();
    },
    drain: beginDrain,
    close: () => {
      closed ??= end();
      return closed;
    },
  };
}

function unavailable(): Answer {
  const detail = 'The server could not open its storage. Its log says why.';
  const problem = new LaurelProblem('unavailable', detail, { retryAfter: 2 });
  return problemAnswer(problem, 'none', { 'cache-control': 'no-store' });
}

export type { KeyInfo, KeyKind, NewKey } from './access/keys.ts';
export type { InProcessApi } from './api.ts';
export type { HostTransaction } from './db/enlist.ts';
export { type Embedded, openEmbedded } from './db/pglite.ts';
export type { DeliveredEvent, EventHandler } from './events.ts';
export type {
  FulfilReward,
  JoinAttempt,
  PayoutToPay,
  PayPayout,
  RewardToFulfil,
  VerifyJoining,
} from './host-functions.ts';
export type { Answer } from './http/answer.ts';
export type { Arrival, RequestInfo } from './http/arrival.ts';
export type { Difference } from './ledger/recount.ts';
export type { MailMessage } from './mail/message.ts';
export type { MailOptions } from './mail/transport.ts';
export type { LaurelOptions } from './options.ts';
export { type FieldError, LaurelConfigurationError, LaurelProblem } from './problem.ts';
export type { ProgressDifference } from './progress/recount.ts';
export type { RewardDifference } from './rewards/recount.ts';
export type { StripeEvent, StripeOptions } from './stripe-options.ts';
