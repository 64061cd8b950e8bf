import type { EventName } from '@laurelkit/sdk/contract';
import type { PgBoss } from 'pg-boss';
import type { Storage } from './db/storage.ts';
import type { DeliveredEvent, EventHandler, Outbox } from './events.ts';

/** Work that must outlive the process, kept and retried by pg-boss in the schema `<schema>_jobs`. */
export interface Jobs {
  /** Runs `handler` as a job for each such event: retried with back-off for about a day. `name` must stay the same. */
  onEvent<Name extends EventName>(event: Name, name: string, handler: EventHandler<Name>): void;
  /** Runs `work` by a cron expression (UTC), on one node each time. */
  schedule(name: string, cron: string, work: () => Promise<void>): void;
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
  const definitions: Definition[] = [];
  let boss: PgBoss | undefined;

  const begin = async (definition: Definition) => {
    if (!boss) return;
    await boss.createQueue(definition.queue, { retryLimit: 12, retryBackoff: true, retryDelay: 5 });
    await boss.work(definition.queue, async ([job]) => {
      if (job) await definition.run(job.data);
    });
    if (definition.cron) await boss.schedule(definition.queue, definition.cron);
    definition.onReady?.();
  };

  return {
    onEvent: (event, name, handler) => {
      const queue = `${event}/${name}`;
      // Until jobs run here, only a node on which they do may take the event: elsewhere its job would be lost.
      const onReady = outbox.leave(event);
      const definition = { queue, run: (data: unknown) => handler(data as DeliveredEvent<typeof event>), onReady };
      definitions.push(definition);
      if (boss) begin(definition).catch(onFailure);
      outbox.on(event, async (delivered) => {
        await boss?.send(queue, delivered, { singletonKey: delivered.id });
      });
    },
    schedule: (name, cron, run) => {
      definitions.push({ queue: name, cron, run });
    },
    start: async () => {
      const { PgBoss } = await import('pg-boss');
      boss = new PgBoss({ db: { executeSql: storage.execute }, schema: `${schemaName}_jobs`, backend: storage.kind });
      boss.on('error', onFailure);
      await boss.start();
      for (const definition of definitions) await begin(definition);
    },
    close: async () => {
      await boss?.stop({ graceful: true, timeout: 5_000 });
    },
  };
}
