import type { House } from './assemble.ts';
import { quoteSchema } from './db/database.ts';
import { dropOldMonths, makeMonths, type Retention } from './db/months.ts';
import { movedContests } from './ledger/positions.ts';
import { prune } from './prune.ts';
import { forgetSightings } from './settlement/sightings.ts';
import { within } from './within.ts';

const sweepMilliseconds = 2_000;

/** What the background goes by. */
export interface BackgroundOptions {
  withJobs: boolean;
  /** Whether nodes may tell each other over Redis. */
  withRedis: boolean;
  retention: Retention;
  /** Milliseconds that ending waits for webhooks under way, and for functions of the host's. */
  drainMilliseconds: number;
  onFailure(error: unknown): void;
}

/**
 * Starts what runs beside requests: hearing other nodes, numbering points of hosts' transactions, delivering events,
 * jobs. Returns the function that ends it all. A start that fails leaves nothing running, so it can be tried again.
 */
export async function startBackground(
  house: House,
  schema: string,
  { withJobs, withRedis, retention, drainMilliseconds, onFailure }: BackgroundOptions,
): Promise<() => Promise<void>> {
  const { beacon, boards, bus, confirmations, fulfilment, jobs, keeper, outbox, payer, prizes, replica, sequencer } =
    house;
  const { settler, storage, webhooks } = house;
  const run = (work: () => Promise<void>) => void work().catch(onFailure);

  /** What is settled may be handed out by the host at once. */
  const settle = async () => {
    await settler.run();
    await fulfilment?.run();
  };

  /** What is decided may have prizes to give. */
  const keep = async () => {
    await keeper.run();
    await prizes.run();
  };

  /** Events of new wishes may wait already. */
  const heedWebhooks = async () => {
    await webhooks.fanOut.refresh();
    await outbox.run();
    webhooks.sender.wake();
  };

  /** What takes back what was given to the bus and to the jobs. */
  const takeBack = [
    bus.subscribe((message) => {
      if (message.intake || message.missed) run(sequencer.run);
      if (message.referrals || message.missed) run(settle);
      if (message.contests || message.missed) run(keep);
      if (payer && (message.payouts || message.missed)) run(payer.run);
      if (message.outbox || message.missed) run(outbox.run);
    }),
    bus.subscribe((message) => {
      if (message.webhooks || message.missed) run(heedWebhooks);
    }),
    jobs.schedule('laurel-prune', '17 * * * *', () => prune(storage, quoteSchema(schema))),
    jobs.schedule('laurel-prune-webhooks', '27 * * * *', webhooks.prune),
    jobs.schedule('laurel-months', '41 3 * * *', async () => {
      await makeMonths(storage, schema);
      await dropOldMonths(storage, schema, retention);
    }),
    jobs.schedule('laurel-sightings', '7 * * * *', () => forgetSightings(storage, quoteSchema(schema))),
  ];
  // Without its month a row goes to the default partition, so failing to make one must not keep the node from starting.
  await makeMonths(storage, schema).catch(onFailure);
  try {
    await bus.start();
    if (withJobs) await jobs.start();
  } catch (error) {
    for (const take of takeBack) take();
    await bus.stop().catch(onFailure);
    throw error;
  }

  replica?.start();
  const moved = movedContests(storage, schema);
  /** A node may have died after its commit and before it told of it over Redis; NOTIFY comes with the commit. */
  const lookAfter = async () => {
    const boards = await moved();
    if (Object.keys(boards).length > 0) bus.tellHere({ boards });
  };
  const sweep = setInterval(() => {
    run(sequencer.run);
    run(settle);
    run(keep);
    if (payer) run(payer.run);
    run(outbox.run);
    run(confirmations.run);
    if (withRedis) run(lookAfter);
    run(boards.sweep);
    webhooks.sender.wake();
  }, sweepMilliseconds);
  sweep.unref?.();
  run(sequencer.run);
  run(settle);
  run(keep);
  run(heedWebhooks);
  run(confirmations.run);
  return async () => {
    clearInterval(sweep);
    if (withJobs) await jobs.close();
    await webhooks.sender.close(drainMilliseconds);
    await replica?.close();
    await bus.close();
    await boards.close();
    // Functions of the host's may hang, and its pool may have ended: what is left comes back at the next start.
    const left = [settler.run().then(() => sequencer.run()), keep(), fulfilment?.run(), payer?.run(), outbox.run()];
    await within(drainMilliseconds, Promise.allSettled(left));
    await beacon.close();
  };
}
