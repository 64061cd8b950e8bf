import type { EventName } from '@laurelkit/sdk/contract';
import type { PgBoss } from 'pg-boss';
import type { Storage } from './db/storage.ts';
import type { DeliveredEvent, EventHandler, Outbox } from './events.ts';

/** Work that must outlive the process, kept and retried by pg-boss in the schema `<schema>_jobs`. */
export interface Jobs {
  /** Runs `handler` as a job for each such event: retried with back-off for about a day. `name` must stay the same. */
  onEvent<Name extends EventName>(event: Name, name: string, handler: EventHandler<Name>): void;
  /** Runs `work` by a cron expression (UTC), on one node each time. Returns what takes that back before the start. */
  schedule(name: string, cron: string, work: () => Promise<void>): () => void;
  /** Starts all of it, or nothing when it fails. */
  start(): Promise<void>;
  close(): Promise<void>;
}

interface Definition {
  queue: string;
  cron?: string;
  run(data: unknown): Promise<void> | void;
  /** Called once the queue takes jobs. */
  onReady?(): void;
}

/** Makes the jobs of a schema. Nothing runs, and pg-boss is not even loaded, before `start()`. */
export function createJobs(
  storage: Storage,
  schemaName: string,
  outbox: Outbox,
  onFailure: (error: unknown) => void,
): Jobs {
  const definitions = new Set<Definition>();
  const schema = `${schemaName}_jobs`;
  let boss: PgBoss | undefined;

  const begin = async (runner: PgBoss, definition: Definition) => {
    await runner.createQueue(definition.queue, { retryLimit: 12, retryBackoff: true, retryDelay: 5 });
    await runner.work(definition.queue, async ([job]) => {
      if (job) await definition.run(job.data);
    });
    if (definition.cron) await runner.schedule(definition.queue, definition.cron);
  };

  /** Even `create schema if not exists` asks for the right to create one. */
  const isSchemaMissing = async () =>
    (await storage.query('select 1 from pg_namespace where nspname = $1', [schema])).length === 0;

  return {
    onEvent: (event, name, handler) => {
      const queue = `${event}/${name}`;
      // Until jobs run here, only a node on which they do may take the event: elsewhere its job would be lost.
      const onReady = outbox.leave(event);
      const definition = { queue, run: (data: unknown) => handler(data as DeliveredEvent<typeof event>), onReady };
      definitions.add(definition);
      if (boss) begin(boss, definition).then(onReady).catch(onFailure);
      outbox.on(event, async (delivered) => {
        await boss?.send(queue, delivered, { singletonKey: delivered.id });
      });
    },
    schedule: (name, cron, run) => {
      const definition = { queue: name, cron, run };
      definitions.add(definition);
      return () => definitions.delete(definition);
    },
    start: async () => {
      const { PgBoss } = await import('pg-boss');
      const db = { executeSql: storage.execute };
      const runner = new PgBoss({ db, schema, createSchema: await isSchemaMissing(), backend: storage.kind });
      runner.on('error', onFailure);
      try {
        await runner.start();
        for (const definition of definitions) await begin(runner, definition);
      } catch (error) {
        await runner.stop({ graceful: false }).catch(onFailure);
        throw error;
      }
      boss = runner;
      for (const { onReady } of definitions) onReady?.();
    },
    close: async () => {
      await boss?.stop({ graceful: true, timeout: 5_000 });
    },
  };
}
