import { expect, it } from 'vitest';
import { enlist } from '../src/db/enlist.ts';
import { createSequencer } from '../src/ledger/sequencer.ts';
import { databaseUrl, inHostTransaction, plainLaurel, seed, sql, storageName } from './support.ts';
import { openTestStorage } from './test-storage.ts';

const rows = 1_500;

it(`points that wait are numbered in the order in which they came, by nodes that come at once too (${storageName})`, async () => {
  const laurel = await plainLaurel({ background: false });
  await seed(laurel.api);
  await sql(
    laurel,
    `insert into $schema.ledger_intake (contest_id, participant_id, points, cause, occurred_at)
     select contest.id, participant.id, 1, 'came:' || n, now()
     from $schema.contest, $schema.participant, generate_series(1, ${rows}) n where participant.external_id = 'ada' order by n`,
  );
  const storages = await Promise.all([openTestStorage(), openTestStorage()]);
  const nodes = storages.map((storage) => createSequencer(storage, laurel.schema, (write) => write(null)));
  const run = () => Promise.all(nodes.map((node) => node.run()));
  if (databaseUrl) {
    let running: Promise<unknown> = Promise.resolve();
    await inHostTransaction(async (transaction) => {
      // As another node holds what it is about to number.
      const held = `select from "${laurel.schema}".ledger_intake order by id limit 100 for update`;
      await enlist(transaction).query(held);
      running = run();
      await Promise.race([running, new Promise((resolve) => setTimeout(resolve, 500))]);
    });
    await running;
  }
  await run();
  const numbered = await sql<{ cause: string }>(laurel, 'select cause from $schema.ledger order by seq');
  expect(numbered.map(({ cause }) => cause)).toEqual(Array.from({ length: rows }, (_, n) => `came:${n + 1}`));
  await Promise.all(storages.map((storage) => storage.close()));
}, 30_000);
