import type { EventName, EventPayload } from '@laurelkit/sdk/contract';
import type { Bus, BusMessage } from '../bus.ts';
import type { Clock } from '../clock.ts';
import { type Database, databaseOn, quoteSchema } from '../db/database.ts';
import { hasSqlState, type Storage } from '../db/storage.ts';
import { emitAll, type WrittenEvent } from '../events.ts';
import { oneAtATime } from '../one-at-a-time.ts';

/** Referrals to settle together, inside the transaction that took them. */
export interface SettlementBatch {
  readonly database: Database;
  /** The instant to go by: `null` for the database's own clock. */
  readonly now: Date | null;
  /** Ids of the referrals. Nobody else settles anything of their referrers meanwhile. */
  readonly referrals: readonly string[];
  /** Writes an event that is delivered after the commit. */
  emit<Name extends EventName>(name: Name, payload: EventPayload<Name>): void;
  /** Says what nodes should hear of after the commit. */
  tell(message: Pick<BusMessage, 'intake' | 'selves'>): void;
}

/** One thing that follows from what is known of referrals: it must come to the same however often it is done. */
export type SettlementStep = (batch: SettlementBatch) => Promise<void>;

/** Settles referrals: what the facts of each come to (checks, state, rewards), after the change of a fact has been committed. */
export interface Settler {
  /** Settles everything that waits or has become due; calls that meet are one run and then one more. */
  run(): Promise<void>;
  /** How many rows wait. */
  waiting(): Promise<number>;
}

const batchSize = 500;

/** Parameters: instant or null. Referrals that wait in the intake, and those that time alone changes. */
const takeReferrals = (schema: string) => `with
taken as (
  delete from ${schema}.referral_intake
  where id in (select id from ${schema}.referral_intake order by id limit ${batchSize} for update skip locked)
  returning referral_id as id
),
-- Not locked: that would be before the accounts. Two that take the same referral settle it one after the other.
due as (
  select id from ${schema}.referral where settle_at <= coalesce($1::timestamptz, now()) order by settle_at limit ${batchSize}
)
select distinct id from (select id from taken union all select id from due) each`;

/** Parameters: referral ids. */
const makeAccounts = (schema: string) => `
insert into ${schema}.reward_account (program_id, participant_id)
select distinct program_id, referrer_id from ${schema}.referral where id = any($1::uuid[]) order by 1, 2
on conflict do nothing`;

/** Parameters: referral ids. Whoever holds the referrer's account settles alone. */
const holdAccounts = (schema: string) => `
select from ${schema}.reward_account where (program_id, participant_id) in (
  select program_id, referrer_id from ${schema}.referral where id = any($1::uuid[])
) order by program_id, participant_id for update`;

/** Makes the settler of a schema. Any number of nodes may run it at once. Steps run in the order given. */
export function createSettler(
  storage: Storage,
  schemaName: string,
  { steps, bus, clock }: { steps: readonly SettlementStep[]; bus: Bus; clock: Clock },
): Settler {
  const schema = quoteSchema(schemaName);

  /** One batch; answers how many referrals it had. */
  const settleBatch = async (): Promise<number> => {
    const now = clock();
    const message: BusMessage = {};
    const count = await storage.transaction(async (transaction) => {
      const database = databaseOn(transaction, schemaName);
      const rows = await database.query<{ id: string }>(takeReferrals(schema), [now]);
      if (rows.length === 0) return 0;
      const referrals = rows.map(({ id }) => id).sort();
      await database.query(makeAccounts(schema), [referrals]);
      await database.query(holdAccounts(schema), [referrals]);
      const events: WrittenEvent[] = [];
      const selves: [string, string][] = [];
      const batch: SettlementBatch = {
        database,
        now,
        referrals,
        emit: (name, payload) => void events.push([name, payload]),
        tell: ({ intake, selves: changed }) => {
          if (intake) message.intake = true;
          if (changed === 'all') message.selves = 'all';
          else selves.push(...(changed ?? []));
        },
      };
      for (const step of steps) await step(batch);
      if (events.length > 0) {
        await emitAll(database, events);
        message.outbox = true;
      }
      if (message.selves !== 'all' && selves.length > 0) message.selves = selves.length > 50 ? 'all' : selves;
      return referrals.length;
    });
    // Sent after the commit: the sweep of every node finds what a node that died here has not told.
    if (Object.keys(message).length > 0) await bus.publish(message);
    return count;
  };

  const drain = async () => {
    for (let failures = 0; ; ) {
      try {
        if ((await settleBatch()) === 0) return;
      } catch (error) {
        if (!hasSqlState(error, '40P01', '40001', '23505') || ++failures > 5) throw error;
      }
    }
  };

  return {
    waiting: async () => {
      const [row] = await storage.query<{ rows: string }>(`select count(*) as rows from ${schema}.referral_intake`);
      return Number(row?.rows);
    },
    run: oneAtATime(drain),
  };
}
