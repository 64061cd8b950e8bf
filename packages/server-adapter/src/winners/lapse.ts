import { hint } from '../bus.ts';
import { type Database, databaseOn, quoteSchema } from '../db/database.ts';
import { emitAll, type WrittenEvent } from '../events.ts';
import type { KeeperStep } from '../keeper.ts';
import type { WinnerServices } from './services.ts';
import { selectFacts, type WinnerFacts } from './statements.ts';

const batchSize = 500;

/** Parameter: instant or null. */
const lapseOverdueStatement = (schema: string) => `with
lapsed as (
  update ${schema}.contest_winner set state = 'lapsed', reason = 'not claimed in time', updated_at = coalesce($1::timestamptz, now())
  where id in (
    select id from ${schema}.contest_winner
    where state = 'selected' and claim_by <= coalesce($1::timestamptz, now())
    order by claim_by limit ${batchSize} for update skip locked
  )
  returning *
)
${selectFacts(schema, 'lapsed')}`;

/** Parameters: winner, reason, instant or null. */
const lapseStatement = (schema: string) => `with
lapsed as (
  update ${schema}.contest_winner set state = 'lapsed', reason = $2, updated_at = coalesce($3::timestamptz, now())
  where id = $1 and state = 'selected'
  returning *
)
${selectFacts(schema, 'lapsed')}`;

const lapsedEvents = (winners: readonly WinnerFacts[]) =>
  winners.map((winner): WrittenEvent => ['winner.lapsed', winner]);

/** Makes the step that takes prizes back that were not claimed in time, by the database’s clock. */
export function createLapseStep({ storage, schema: name, channel, clock }: WinnerServices): KeeperStep {
  const lapse = () =>
    storage.transaction(async (transaction) => {
      const database = databaseOn(transaction, name);
      const lapsed = await database.query<WinnerFacts>(lapseOverdueStatement(quoteSchema(name)), [clock()]);
      if (lapsed.length === 0) return 0;
      await emitAll(database, lapsedEvents(lapsed));
      await hint(database, channel, { outbox: true });
      return lapsed.length;
    });
  return async () => {
    while ((await lapse()) === batchSize);
  };
}

/** Takes a prize back before its time in the caller’s transaction; a winner that is no longer `selected` stays as they are. */
export async function lapseWinner(
  database: Database,
  { winner, reason, now }: { winner: string; reason: string; now: Date | null },
  channel: string,
): Promise<void> {
  const lapsed = await database.query<WinnerFacts>(lapseStatement(database.schema), [winner, reason, now]);
  if (lapsed.length === 0) return;
  await emitAll(database, lapsedEvents(lapsed));
  await hint(database, channel, { outbox: true, contests: lapsed.map(({ contest }) => contest) });
}
