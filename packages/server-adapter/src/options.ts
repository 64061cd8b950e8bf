import type { PGlite } from '@electric-sql/pglite';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { ConfiguredKey } from './access/key-ring.ts';
import { looksLikeKey } from './access/keys.ts';
import { assertStrongSecret } from './access/secrets.ts';
import { type Clock, databaseClock } from './clock.ts';
import { isSchemaName } from './db/database.ts';
import type { GroupCommitOptions } from './db/group-commit.ts';
import { defaultRetention, type Retention } from './db/months.ts';
import { type BeaconSettings, type DrawOptions, settleDraws } from './draw-options.ts';
import type { FulfilReward, PayPayout, VerifyJoining } from './host-functions.ts';
import type { LiveLimits } from './http/live-seats.ts';
import { assertMailOptions, type MailOptions } from './mail/transport.ts';
import { LaurelConfigurationError } from './problem.ts';
import { type RiskOptions, type RiskSettings, settleRisk } from './risk-options.ts';
import { type StripeOptions, type StripeSettings, settleStripe } from './stripe-options.ts';
import { assertWebhooks, type WebhookOptions } from './webhook-options.ts';

/** How boards are held in memory. */
export interface BoardOptions {
  /** Most memory for all boards of this node in megabytes; a board that does not fit is read by SQL. Default: 512. */
  memoryMegabytes?: number;
  /** A board nobody has read for as long leaves memory. Default: 600. */
  idleSeconds?: number;
}

/** Everything `createLaurel` can be told. Only `secret` is needed. */
export interface LaurelOptions {
  /** At least 32 varied characters; all keys of the installation derive from it. Default: `LAUREL_SECRET`. */
  secret?: string;
  /**
   * Where the data lives: a PostgreSQL URL, a node-postgres `Pool`, a `PGlite` instance, or `memory://`.
   * Default: `DATABASE_URL`, and without that embedded storage in `dataDir`.
   */
  database?: string | pg.Pool | PGlite;
  /** Folder of the embedded storage. Default: `LAUREL_DATA_DIR`, else `.laurel`. */
  dataDir?: string;
  /** PostgreSQL schema that holds Laurel's tables. Default: `laurel`. */
  schema?: string;
  /** `auto` migrates at start; `manual` refuses to start while migrations are pending. Default: `auto`. */
  migrations?: 'auto' | 'manual';
  /** Path the host mounts Laurel at. Default: `/api`. Mounts that know better say so for each request. */
  basePath?: string;
  /** Address under which the public reaches Laurel, such as `https://shop.example/api`; made from requests when absent. */
  publicUrl?: string;
  /** Keys that live in the host's configuration instead of the database. */
  keys?: ConfiguredKey[];
  /** Who is signed in at the host: the participant's `externalId` (or id), or `null`. Read headers only, not the body. */
  identify?: (request: Request) => string | null | Promise<string | null>;
  /** Origins, beside the API's own, whose pages may use the host's session through `identify`. Default: none. */
  sessionOrigins?: string[];
  /** Proxies in front whose `X-Forwarded-For` is believed: how many there are. Default: 0, the header is ignored. */
  trustedProxies?: number;
  /** Requests a minute for each class of limits, or `false` for none. */
  limits?: Partial<Record<'read' | 'write' | 'track' | 'token' | 'webhook', number>> | false;
  /**
   * Most live streams open at once on this node: all together (`node`, 25,000), from one address (`address`, 1,000), with
   * one publishable key (20,000), one secret key (1,000), of one participant (20).
   */
  liveLimits?: Partial<LiveLimits>;
  /** Most requests under way at once on this node; those beyond are refused with 503 at once. Default: 1,000. */
  concurrency?: number;
  /** Seconds that `close()` waits for requests under way. Default: 10. */
  drainSeconds?: number;
  /** A connected client of the `redis` package: all nodes then share limits, and tell each other over it. */
  redis?: unknown;
  /** Largest body of a request in bytes. Default: 262,144. */
  bodyLimit?: number;
  /** Most connections of a pool of our own. Default: 10. */
  connections?: number;
  /** A streaming replica of `database` (URL or Pool) to read boards and public lists from. Default: `LAUREL_READ_REPLICA_URL`. */
  readReplica?: string | pg.Pool;
  /** How old at most what is read from the replica may be; beyond that the primary is read. Default: 5. */
  replicaMaxLagSeconds?: number;
  /** `false` behind a pooler in transaction mode (PgBouncer). Default: `true`. */
  preparedStatements?: boolean;
  /** How conversions are gathered. */
  groupCommit?: GroupCommitOptions;
  /**
   * Whole months kept beside the current one: clicks (default 25) and events (default 2). `Infinity` keeps all. Click
   * counts do not fall when old clicks go.
   */
  retention?: Partial<Retention>;
  /** Rewards that are not money or points. */
  rewards?: {
    /**
     * Hands out an approved coupon or item: called in the background at least once for each, again after an error, always
     * with the same `id`. The `code` it answers is shown to the participant. Without it the host says so by `fulfil`.
     */
    fulfil?: FulfilReward;
  };
  /** Money on its way out. */
  payouts?: {
    /**
     * Sends a payout of an approved batch: called in the background, again with the same `id` when the process died
     * meanwhile. Without it the host pays by CSV and says so.
     */
    pay?: PayPayout;
  };
  /** How the boards of live contests are held in memory; `false`: not at all, every read is SQL. */
  boards?: BoardOptions | false;
  /** How people join by themselves. */
  joining?: {
    /**
     * Called before a request to join writes or sends anything, such as to ask a captcha's service. What is not `true`
     * refuses; an error, and no answer within 5 seconds, refuse as well and say so.
     */
    verify?: VerifyJoining;
  };
  /** How webhooks are sent. */
  webhooks?: WebhookOptions;
  /** How signs of fraud are looked for; how strict a programme is about them, it says itself (`riskMode`). */
  risk?: RiskOptions;
  /** How mail leaves, such as the messages that ask people to confirm their address. Without it nobody can join by themself. */
  mail?: MailOptions;
  /**
   * Takes Stripe's webhooks at `/programs/{program}/stripe/webhook` and `/enrolments/stripe/webhook`, and sends learners to
   * Stripe to pay for their seat. Needs the package `stripe` beside Laurel.
   */
  stripe?: StripeOptions;
  /** Where the public randomness of draws comes from. */
  draws?: DrawOptions;
  /** `false`: no background work on this node (no live updates from other nodes, no jobs). Default: `true`. */
  background?: boolean;
  /** `false`: no pg-boss on this node, so neither jobs nor pruning. Default: `true`. */
  jobs?: boolean;
  /** A pino logger. Default: one that writes warnings and errors. */
  logger?: Logger;
  /** For tests: an instant instead of the database's clock. */
  clock?: Clock;
}

/** What stays absent when nobody gives it. */
type Unset =
  | 'database'
  | 'publicUrl'
  | 'identify'
  | 'redis'
  | 'logger'
  | 'limits'
  | 'liveLimits'
  | 'groupCommit'
  | 'readReplica'
  | 'rewards'
  | 'payouts'
  | 'boards'
  | 'joining'
  | 'mail'
  | 'webhooks';

/** Options with every default filled in. */
export type Settings = Required<Omit<LaurelOptions, Unset | 'retention' | 'risk' | 'stripe' | 'draws'>> &
  Pick<LaurelOptions, Unset> & {
    retention: Retention;
    risk: RiskSettings;
    stripe: StripeSettings;
    draws: BeaconSettings;
  };

const environment = (name: string): string | undefined => globalThis.process?.env[name] || undefined;

const isPostgres = (database: LaurelOptions['database']) =>
  typeof database === 'string' ? /^postgres(ql)?:/.test(database) : database !== undefined && 'connect' in database;

/**
 * Fills in defaults and refuses what cannot work.
 * @throws LaurelConfigurationError naming the option and how to mend it
 */
export function settle(options: LaurelOptions): Settings {
  const secret = options.secret ?? environment('LAUREL_SECRET');
  assertStrongSecret(secret);
  const schema = options.schema ?? 'laurel';
  if (!isSchemaName(schema)) {
    throw new LaurelConfigurationError(`"schema" must be lower-case letters, digits and _, not "${schema}".`);
  }
  const basePath = options.basePath ?? '/api';
  if (!/^(\/[^/?#]+)*$/.test(basePath)) {
    throw new LaurelConfigurationError(`"basePath" must be empty or begin and not end with "/", such as /api.`);
  }
  const badKey = options.keys?.find(({ key }) => !looksLikeKey(key));
  if (badKey) throw new LaurelConfigurationError('Each of "keys" must be pk_ or sk_ and at least 16 characters more.');
  if (options.mail) assertMailOptions(options.mail);
  const retention = { ...defaultRetention, ...options.retention };
  for (const [name, months] of Object.entries(retention)) {
    if (months === Number.POSITIVE_INFINITY || (Number.isInteger(months) && months >= 1)) continue;
    throw new LaurelConfigurationError(`"retention.${name}" must be a whole number of months from 1, or Infinity.`);
  }
  assertWebhooks(options.webhooks ?? {});
  const database = options.database ?? environment('DATABASE_URL');
  const readReplica = options.readReplica ?? environment('LAUREL_READ_REPLICA_URL');
  if (readReplica !== undefined && !isPostgres(database)) {
    throw new LaurelConfigurationError(
      '"readReplica" needs PostgreSQL as "database": embedded storage has no replica.',
    );
  }
  if (options.replicaMaxLagSeconds !== undefined && !(options.replicaMaxLagSeconds > 0)) {
    throw new LaurelConfigurationError('"replicaMaxLagSeconds" must be more than 0.');
  }
  return {
    dataDir: environment('LAUREL_DATA_DIR') ?? '.laurel',
    migrations: 'auto',
    keys: [],
    sessionOrigins: [],
    trustedProxies: 0,
    bodyLimit: 262_144,
    connections: 10,
    preparedStatements: true,
    replicaMaxLagSeconds: 5,
    concurrency: 1_000,
    drainSeconds: 10,
    background: true,
    jobs: true,
    clock: databaseClock,
    ...options,
    secret,
    schema,
    basePath,
    retention,
    risk: settleRisk(options.risk),
    stripe: settleStripe(options.stripe, {
      webhookSecret: environment('STRIPE_WEBHOOK_SECRET'),
      secretKey: environment('STRIPE_SECRET_KEY'),
    }),
    draws: settleDraws(options.draws),
    ...(database !== undefined && { database }),
    ...(readReplica !== undefined && { readReplica }),
  };
}
