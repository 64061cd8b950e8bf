import { type EventName, type EventPayload, events } from '@laurelkit/sdk/contract';
import { answerInTime } from './answer-in-time.ts';
import type { Database } from './db/database.ts';
import { quoteSchema } from './db/database.ts';
import type { Storage } from './db/storage.ts';

/** An event as it is delivered: `id` is the same at every repetition. */
export interface DeliveredEvent<Name extends EventName = EventName> {
  id: string;
  name: Name;
  payload: EventPayload<Name>;
  createdAt: string;
}

/** Receives an event; a rejection means "again later", and so does no end within half a minute. */
export type EventHandler<Name extends EventName = EventName> = (event: DeliveredEvent<Name>) => void | Promise<void>;

/**
 * Writes an event in the caller's transaction; it is delivered after that commits, or never.
 * @param channel - notified in the transaction; without it the caller tells of the event after the commit
 */
export async function emit<Name extends EventName>(
  database: Database,
  name: Name,
  payload: EventPayload<Name>,
  channel?: string,
): Promise<void> {
  const insert = `insert into ${database.schema}.event (name, payload) values ($1, $2::text::jsonb)`;
  const values = [name, JSON.stringify(payload)];
  if (channel === undefined) await database.query(insert, values);
  else {
    await database.query(
      `with written as (${insert} returning id) select pg_notify($3, '{"outbox":true}') from written`,
      [...values, channel],
    );
  }
}

/** An event to be written: its name and payload. */
export type WrittenEvent = readonly [name: EventName, payload: EventPayload<EventName>];

/** Writes many events in the caller's transaction; the caller tells of them. */
export async function emitAll(database: Database, events: readonly WrittenEvent[]): Promise<void> {
  if (events.length === 0) return;
  await database.query(
    `insert into ${database.schema}.event (name, payload)
     select name, payload::jsonb from unnest($1::text[], $2::text[]) as each(name, payload)`,
    [events.map(([name]) => name), events.map(([, payload]) => JSON.stringify(payload))],
  );
}

const names = Object.keys(events);
const batchSize = 200;
const leaseSeconds = 60;
const mostAttempts = 12;
/** How long one handler may take: everything behind it waits. */
const patienceMilliseconds = 30_000;
/** How long a batch is worked through; with the last handler still within its lease, so that no other node takes what is under way. */
const batchMilliseconds = 20_000;

/** Events wait this long for a handler. Older months are not even looked at. */
const young = `created_at > now() - interval '30 days'`;

/** Events of a name that happened in `[since, until)` and have a higher id than `after`; instants as PostgreSQL writes them. */
export interface Stretch {
  /** `*` for all names. */
  name: string;
  since: string;
  until: string;
  after: string;
}

/** Takes events by the batch, before their handlers do. */
export interface Feed {
  /** What is to be taken although no handler on this node may want it. */
  readonly wants: readonly Stretch[];
  /** Receives the ids of every event this node takes, wanted or not, at least once each; a rejection means "again later". */
  receive(ids: readonly string[]): Promise<void>;
}

/** SQL: the stretches of parameters `$1…$4`, arrays of names, beginnings, ends, and ids that events come after. */
const stretchesGiven =
  'unnest($1::text[], $2::timestamptz[], $3::timestamptz[], $4::bigint[]) wanted (event, since, until, after_id)';

/** SQL: that an event waits and lies in a stretch. */
const waitsInStretch = `${young} and delivered_at is null and name = wanted.event and id > wanted.after_id
      and created_at >= wanted.since and created_at < wanted.until`;

/**
 * The statement that leases the events to deliver next. Each name is looked up by itself, so that what waits for somebody
 * else costs nothing.
 */
export const takeEvents = (schema: string) => `
update ${schema}.event set leased_until = now() + make_interval(secs => ${leaseSeconds}), attempts = attempts + 1
where ${young} and (id, created_at) in (
  select picked.id, picked.created_at from ${stretchesGiven}
  cross join lateral (
    select id, created_at from ${schema}.event
    where ${waitsInStretch} and leased_until <= now() and attempts < ${mostAttempts}
    order by id limit ${batchSize} for update skip locked
  ) picked
  order by picked.id limit ${batchSize}
)
returning id::text, name, payload, created_at as "createdAt", attempts`;

interface Taken extends Omit<DeliveredEvent, 'createdAt'> {
  createdAt: Date;
  attempts: number;
}

/**
 * Delivers the outbox to handlers, at least once, in the order written as far as one node is concerned. A node takes only
 * events it has a handler for, so an event waits until some node has one.
 */
export interface Outbox {
  on<Name extends EventName>(name: Name | '*', handler: EventHandler<Name>): () => void;
  /** Leaves events of this name to other nodes until the returned function is called. */
  leave(name: EventName): () => void;
  /** Gives every batch to a feed, there is one at most. */
  feed(feed: Feed): void;
  /** Delivers everything that waits now. */
  run(): Promise<void>;
  /** Age of the oldest event that waits although this node has a handler for it; 0 when none does. */
  oldestAgeSeconds(): Promise<number>;
}

/** Makes the outbox of a schema. Several nodes may run it: each event is leased by one of them at a time. */
export function createOutbox(
  storage: Storage,
  schemaName: string,
  onFailure: (error: unknown) => void,
  { patience = patienceMilliseconds, batchTime = batchMilliseconds } = {},
): Outbox {
  const schema = quoteSchema(schemaName);
  const handlers = new Map<string, Set<EventHandler>>();
  const left = new Set<{ name: EventName }>();
  let fed: Feed | undefined;
  let running: Promise<void> | undefined;
  let again = false;

  const deliver = async (row: Taken): Promise<boolean> => {
    const event: DeliveredEvent = { ...row, createdAt: row.createdAt.toISOString() };
    try {
      for (const key of [row.name, '*']) {
        for (const handler of handlers.get(key) ?? []) await answerInTime(patience, () => handler(event));
      }
      return true;
    } catch (error) {
      onFailure(error);
      return false;
    }
  };

  /** What this node takes: all of what it has handlers for, and what the feed wants beside. */
  const stretches = (): Stretch[] => {
    const handled = [...handlers].filter(([, set]) => set.size > 0).map(([name]) => name);
    const whole = new Set(handled.includes('*') ? names : handled);
    const fedOnly = (fed?.wants ?? []).flatMap((want) =>
      want.name === '*' ? names.map((name) => ({ ...want, name })) : [want],
    );
    const all = { since: '-infinity', until: 'infinity', after: '0' };
    return [...[...whole].map((name) => ({ ...all, name })), ...fedOnly.filter(({ name }) => !whole.has(name))];
  };
  const parametersOf = (wanted: readonly Stretch[]) => [
    wanted.map(({ name }) => name),
    wanted.map(({ since }) => since),
    wanted.map(({ until }) => until),
    wanted.map(({ after }) => after),
  ];

  const feedAll = async (rows: readonly Taken[]): Promise<boolean> => {
    try {
      if (rows.length > 0) await fed?.receive(rows.map(({ id }) => id));
      return true;
    } catch (error) {
      onFailure(error);
      return false;
    }
  };

  const runBatch = async (): Promise<boolean> => {
    const elsewhere = new Set<string>([...left].map(({ name }) => name));
    const wanted = stretches().filter(({ name }) => !elsewhere.has(name));
    if (wanted.length === 0) return false;
    const taken = await storage.query<Taken>(takeEvents(schema), parametersOf(wanted), 'laurel_take_events');
    const rows = taken.sort((a, b) => Number(a.id) - Number(b.id));
    const isFed = await feedAll(rows);
    const until = performance.now() + batchTime;
    const done: string[] = [];
    const untried: string[] = [];
    for (const [index, row] of rows.entries()) {
      if (index > 0 && performance.now() > until) untried.push(row.id);
      else if (isFed && (await deliver(row))) done.push(row.id);
      else await postpone(row);
    }
    if (done.length > 0) await storage.query(deliveredStatement, [done]);
    if (untried.length > 0) await storage.query(givenBackStatement, [untried]);
    return rows.length === batchSize || untried.length > 0;
  };

  const these = `where ${young} and id = any($1::text[]::bigint[])`;
  const deliveredStatement = `update ${schema}.event set delivered_at = now() ${these}`;
  const givenBackStatement = `update ${schema}.event set leased_until = now(), attempts = attempts - 1 ${these}`;

  const postpone = ({ id, attempts }: Taken) =>
    storage.query(
      `update ${schema}.event set leased_until = now() + make_interval(secs => $2) where ${young} and id = $1::bigint`,
      [id, Math.min(2 ** attempts, 3600)],
    );

  const drain = async () => {
    do {
      again = false;
      while (await runBatch());
    } while (again);
  };

  return {
    on: (name, handler) => {
      const set = handlers.get(name) ?? new Set<EventHandler>();
      handlers.set(name, set.add(handler as EventHandler));
      return () => set.delete(handler as EventHandler);
    },
    leave: (name) => {
      const entry = { name };
      left.add(entry);
      return () => left.delete(entry);
    },
    feed: (feed) => {
      fed = feed;
    },
    oldestAgeSeconds: async () => {
      const [row] = await storage.query<{ seconds: string }>(
        `select coalesce(extract(epoch from now() - min(first.created_at)), 0) as seconds
         from ${stretchesGiven} cross join lateral (
           select created_at from ${schema}.event where ${waitsInStretch} order by id limit 1
         ) first`,
        parametersOf(stretches()),
      );
      return Number(row?.seconds);
    },
    run: () => {
      again = true;
      running ??= drain().finally(() => {
        running = undefined;
      });
      return running;
    },
  };
}
