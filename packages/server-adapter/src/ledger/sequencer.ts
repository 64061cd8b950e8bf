import { quoteSchema } from '../db/database.ts';
import { hasSqlState, type Storage } from '../db/storage.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import type { Telling, Told } from '../telling.ts';
import { boardsReached, sequencePoints, signal } from './sequence.ts';

const batchSize = 1000;

/**
 * Parameter: channel or null. The contests are held before rows are taken: of two nodes that come at once, the second takes what
 * the first has left, so that points are numbered in the order in which they came.
 */
const statement = (schema: string) => `with
next as materialized (select id, contest_id from ${schema}.ledger_intake order by id limit ${batchSize}),
held as (
  select id from ${schema}.contest where id in (select contest_id from next) order by id for no key update
),
taken as (
  delete from ${schema}.ledger_intake where id in (
    select id from ${schema}.ledger_intake
    where id in (select id from next) and contest_id = any ((select array_agg(id) from held)::uuid[])
    order by id for update
  )
  returning *
),
points as (
  select id as ord, contest_id, participant_id, points, cause, occurred_at from taken
  -- The same award may have come by another way meanwhile: it counts once.
  where not exists (select from ${schema}.ledger where contest_id = taken.contest_id and cause = taken.cause)
),
${sequencePoints(schema)},
told as (select ${boardsReached} as message where exists (select from last)),
${signal('told', '$1')}
select (select count(*) from next)::int as seen, (select count(*) from signalled) as notified, (select message from told) as told`;

/** Numbers the points that hosts' own transactions left behind. */
export interface Sequencer {
  /** Numbers everything committed so far; calls that meet are one run and then one more. */
  run(): Promise<void>;
  /** How many rows wait. */
  waiting(): Promise<number>;
}

/** Makes the sequencer of one schema. Any number of nodes may run it at once. */
export function createSequencer(storage: Storage, schemaName: string, telling: Telling): Sequencer {
  const text = statement(quoteSchema(schemaName));

  const drain = async () => {
    for (let failures = 0; ; ) {
      try {
        const [row] = await telling((channel) =>
          storage.query<{ seen: number } & Told>(text, [channel], 'laurel_sequence'),
        );
        if ((row?.seen ?? 0) < batchSize) return;
      } catch (error) {
        if (!hasSqlState(error, '40P01', '40001', '23505') || ++failures > 5) throw error;
      }
    }
  };

  return {
    waiting: async () => {
      const [row] = await storage.query<{ rows: string }>(
        `select count(*) as rows from ${quoteSchema(schemaName)}.ledger_intake`,
      );
      return Number(row?.rows);
    },
    run: oneAtATime(drain),
  };
}
