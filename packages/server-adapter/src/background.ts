import type { House } from './assemble.ts';
import { quoteSchema } from './db/database.ts';

const sweepMilliseconds = 2_000;

/**
 * Starts what runs beside requests: hearing other nodes, numbering points of hosts' transactions, delivering events,
 * jobs. Returns the function that ends it all.
 */
export async function startBackground(
  house: House,
  schema: string,
  { withJobs, onFailure }: { withJobs: boolean; onFailure: (error: unknown) => void },
): Promise<() => Promise<void>> {
  const { bus, sequencer, outbox, jobs, storage } = house;
  const run = (work: () => Promise<void>) => void work().catch(onFailure);

  bus.subscribe((message) => {
    if (message.intake || message.missed) run(sequencer.run);
    if (message.outbox || message.missed) run(outbox.run);
  });
  await bus.start();
  const sweep = setInterval(() => {
    run(sequencer.run);
    run(outbox.run);
  }, sweepMilliseconds);
  sweep.unref?.();
  run(sequencer.run);
  run(outbox.run);

  if (withJobs) {
    jobs.schedule('laurel-prune', '17 * * * *', () => prune(storage, quoteSchema(schema)));
    await jobs.start();
    run(outbox.run);
  }
  return async () => {
    clearInterval(sweep);
    if (withJobs) await jobs.close();
    await bus.close();
    await Promise.allSettled([sequencer.run(), outbox.run()]);
  };
}

/** Lets go of what is kept for a time only: answers by idempotency key and events, 30 days each. */
async function prune(storage: House['storage'], schema: string): Promise<void> {
  for (const table of ['idempotency', 'event']) {
    await storage.query(`delete from ${schema}.${table} where created_at < now() - interval '30 days'`);
  }
}
