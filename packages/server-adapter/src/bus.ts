import type { Queryable, Storage } from './db/storage.ts';
import { type RedisClient, redisChannel } from './redis-channel.ts';

/** What nodes tell each other after a commit. Every field is a hint: the truth is in the tables. */
export interface BusMessage {
  /** Contest id → its sequence number. */
  boards?: Record<string, number>;
  /** Whose own numbers changed: programme (or course) id, participant id. `'all'` when there were too many to name. */
  selves?: [of: string, participant: string][] | 'all';
  /** Courses whose learners moved on. */
  cohorts?: string[];
  /** Contests that were changed or made, by slug or id. */
  contests?: string[];
  /** Participants whose name or picture changed. */
  names?: string[];
  /** Standings were made anew from the ledger. */
  rebuilt?: true;
  /** Rows wait in the ledger's intake. */
  intake?: true;
  /** Referrals wait for the settler. */
  referrals?: true;
  /** Payouts wait to be paid. */
  payouts?: true;
  /** Events wait in the outbox. */
  outbox?: true;
  /** Webhook endpoints were changed, or deliveries wait. */
  webhooks?: true;
  /** The connection was lost for a while: anything may have been missed. */
  missed?: true;
}

/** What a board's changes are called among subscribers. */
export const boardSubject = (contestId: string) => `board:${contestId}`;

/** What changes of a participant's own numbers are called; `allSelves` when there were too many to name. */
export const selfSubject = (ofId: string, participantId: string) => `self:${ofId}:${participantId}`;
export const allSelves = 'self:*';

/** What the learners of a course moving on is called. */
export const cohortSubject = (courseId: string) => `cohort:${courseId}`;

/** What a message says something about. A contest that was changed may show its board from now on. */
export function subjectsOf({ boards = {}, selves = [], cohorts = [], contests = [] }: BusMessage): string[] {
  const own = selves === 'all' ? [allSelves] : selves.map((self) => selfSubject(...self));
  return [...[...Object.keys(boards), ...contests].map(boardSubject), ...own, ...cohorts.map(cohortSubject)];
}

/** Carries hints between the nodes on one database. */
export interface Bus {
  readonly channel: string;
  /**
   * Whether `publish` goes round PostgreSQL now, over Redis: then a writer may leave NOTIFY out of its transaction and
   * publish after the commit. Ask before each write. Without Redis it is always `false`.
   */
  readonly direct: boolean;
  /** Tells all nodes, this one too: over Redis, or by NOTIFY when that does not work. Call it after the commit. Never throws. */
  publish(message: BusMessage): Promise<void>;
  /** Tells this node alone. */
  tellHere(message: BusMessage): void;
  /** Whether hints arrive at this moment. */
  readonly hearing: boolean;
  /** Hears that the connection was lost; `missed` tells when it is back. */
  onLost(react: () => void): void;
  subscribe(onMessage: (message: BusMessage) => void): () => void;
  /** Begins to listen. */
  start(): Promise<void>;
  /** Listens no more until the next start; subscribers stay. */
  stop(): Promise<void>;
  /** Stops for good and forgets its subscribers. */
  close(): Promise<void>;
}

/** What a bus may be given beside its storage. */
export interface BusOptions {
  redis?: RedisClient | undefined;
  onFailure(error: unknown): void;
}

/** The LISTEN/NOTIFY channel of a schema. Statements notify in SQL, in the transaction of the change itself. */
export const channelOf = (schemaName: string) => `laurel_${schemaName}`;

/** Most participants that one notification names: with as many courses it stays below `longestNotification`. */
const mostInOne = 50;

/** A message as notifications that are short enough: whoever cannot be named in the first is in a further one. */
export function notificationsOf(message: BusMessage): string[] {
  const { selves } = message;
  if (selves === undefined || selves === 'all' || selves.length <= mostInOne) return [JSON.stringify(message)];
  const parts: string[] = [];
  for (let at = 0; at < selves.length; at += mostInOne) {
    const named = selves.slice(at, at + mostInOne);
    parts.push(JSON.stringify(at === 0 ? { ...message, selves: named } : { selves: named }));
  }
  return parts;
}

/** Sends a hint when the transaction of `queryable` commits. */
export async function hint(queryable: Queryable, channel: string, message: BusMessage): Promise<void> {
  await queryable.query('select pg_notify($1, each) from unnest($2::text[]) each', [channel, notificationsOf(message)]);
}

/** Most bytes we put in a notification: PostgreSQL takes less than 8,000. */
export const longestNotification = 7_900;
const deafRepeatMilliseconds = 2_000;
const deafForMilliseconds = 5_000;
const settleMilliseconds = 1_000;

/** A node that Redis does not reach says so by NOTIFY, and the others use NOTIFY until it does no more. */
type Heard = BusMessage & { deaf?: true };

/** What was told. Anybody may send on a channel: what is none of our messages may stand for any of them. */
function messageOf(payload: string): Heard {
  try {
    const told: unknown = JSON.parse(payload);
    if (typeof told === 'object' && told !== null && !Array.isArray(told)) return told;
  } catch {
    // No JSON at all.
  }
  return { missed: true };
}

/**
 * A bus on PostgreSQL's LISTEN/NOTIFY, which PGlite has too, and on Redis where there is one. Every node always listens to
 * both: hosts' own transactions can only notify.
 */
export function createBus(storage: Storage, schemaName: string, { redis, onFailure }: BusOptions): Bus {
  const subscribers = new Set<(message: BusMessage) => void>();
  const channel = channelOf(schemaName);
  const deliver = (message: BusMessage) => {
    for (const subscriber of subscribers) {
      try {
        subscriber(message);
      } catch (error) {
        onFailure(error);
      }
    }
  };
  const losses = new Set<() => void>();
  let hearing = false;
  const notify = (payload: string) =>
    storage.query('select pg_notify($1, $2)', [channel, payload]).then(() => {}, onFailure);

  let unlisten: (() => Promise<void>) | undefined;
  let deafUntil = 0;
  let deafness: NodeJS.Timeout | undefined;
  let settling: NodeJS.Timeout | undefined;

  /** Whether all nodes know by now that Redis does not reach this one. */
  let deafKnown = false;
  const lose = () => {
    for (const react of losses) react();
  };

  const tellDeaf = () => {
    lose();
    void notify('{"deaf":true}');
    clearInterval(deafness);
    deafness = setInterval(() => void notify('{"deaf":true}'), deafRepeatMilliseconds);
    deafness.unref?.();
    // By then every node knows, and nothing more is told where it is not heard here.
    settling = setTimeout(() => {
      deafKnown = true;
      deliver({ missed: true });
    }, settleMilliseconds);
    settling.unref?.();
  };

  const overRedis =
    redis &&
    redisChannel(redis, `laurel:bus:${schemaName}`, {
      onMessage: (payload) => deliver(messageOf(payload)),
      onUp: () => {
        deafKnown = false;
        clearInterval(deafness);
        clearTimeout(settling);
        deliver({ missed: true });
      },
      onDown: tellDeaf,
    });
  const isDirect = () => overRedis?.up === true && Date.now() >= deafUntil;

  const hear = (payload: string) => {
    const { deaf, ...message } = messageOf(payload);
    if (deaf) deafUntil = Date.now() + deafForMilliseconds;
    else deliver(message);
  };

  const stop = async () => {
    hearing = false;
    clearInterval(deafness);
    clearTimeout(settling);
    overRedis?.close();
    await unlisten?.();
    unlisten = undefined;
  };

  return {
    channel,
    get direct() {
      return isDirect();
    },
    publish: async (message) => {
      const payload = JSON.stringify(message);
      if (isDirect() && (await overRedis?.publish(payload))) return;
      for (const part of notificationsOf(message)) {
        await notify(Buffer.byteLength(part) < longestNotification ? part : '{"missed":true}');
      }
    },
    tellHere: deliver,
    get hearing() {
      return hearing && (!overRedis || overRedis.up || deafKnown);
    },
    onLost: (react) => {
      losses.add(react);
    },
    subscribe: (onMessage) => {
      subscribers.add(onMessage);
      return () => subscribers.delete(onMessage);
    },
    start: async () => {
      unlisten = await storage.listen(
        channel,
        hear,
        () => {
          hearing = true;
          deliver({ missed: true });
        },
        () => {
          hearing = false;
          lose();
        },
      );
      hearing = true;
      if (!overRedis) return;
      overRedis.start();
      settling = setTimeout(() => overRedis.up || tellDeaf(), settleMilliseconds);
      settling.unref?.();
    },
    stop,
    close: async () => {
      subscribers.clear();
      await stop();
    },
  };
}
