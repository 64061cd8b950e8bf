import type { EventName, EventPayload } from '@laurelkit/sdk/contract';
import type { Bus, BusMessage } from '../bus.ts';
import type { Clock } from '../clock.ts';
import { type Database, databaseOn, quoteSchema } from '../db/database.ts';
import { hasSqlState, type Storage } from '../db/storage.ts';
import { emitAll, type WrittenEvent } from '../events.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { forgetFailures, isSetAside, readFailing, setAside } from './set-aside.ts';

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
  /** How many referrals could not be settled and are tried again later. */
  failing(): Promise<number>;
}

/** What the settler needs of the house. */
export interface SettlerServices {
  steps: readonly SettlementStep[];
  bus: Bus;
  clock: Clock;
  /** Hears why a referral could not be settled. */
  onFailure(error: unknown): void;
}

/** A referral to settle, and the rows of the intake that say so. */
interface Taken {
  id: string;
  intake: string[];
  failed: boolean;
}

const batchSize = 500;

/** Parameters: instant or null. Referrals that wait in the intake, and those that time alone changes. */
const takeReferrals = (schema: string) => `with
taken as (
  delete from ${schema}.referral_intake where id in (
    select id from ${schema}.referral_intake where not ${isSetAside(schema, 'referral_intake.referral_id')}
    order by id limit ${batchSize} for update skip locked
  )
  returning referral_id, id
),
-- Not locked: that would be before the accounts. Two that take the same referral settle it one after the other.
due as (
  select id from ${schema}.referral
  where settle_at <= coalesce($1::timestamptz, now()) and not ${isSetAside(schema, 'referral.id')}
  order by settle_at limit ${batchSize}
)
select referral_id as id, coalesce(array_agg(intake::text) filter (where intake is not null), '{}') as intake,
  exists (select from ${schema}.settlement_failure failure where failure.referral_id = each.referral_id) as failed
from (select referral_id, id as intake from taken union all select id, null from due) each group by referral_id`;

/** Parameter: rows of the intake. */
const takeAgain = (schema: string) => `delete from ${schema}.referral_intake where id = any($1::bigint[])`;

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

const mostFailures = 5;

/** Makes the settler of a schema. Any number of nodes may run it at once. Steps run in the order given. */
export function createSettler(
  storage: Storage,
  schemaName: string,
  { steps, bus, clock, onFailure }: SettlerServices,
): Settler {
  const schema = quoteSchema(schemaName);

  /** Settles in one transaction what `take` finds. */
  const settle = async (take: (database: Database, now: Date | null) => Promise<readonly Taken[]>): Promise<void> => {
    const now = clock();
    const message: BusMessage = {};
    await storage.transaction(async (transaction) => {
      const database = databaseOn(transaction, schemaName);
      const taken = await take(database, now);
      if (taken.length === 0) return;
      const referrals = taken.map(({ id }) => id).sort();
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
      if (taken.some(({ failed }) => failed)) await database.query(forgetFailures(schema), [referrals]);
      if (events.length > 0) {
        await emitAll(database, events);
        message.outbox = true;
      }
      if (message.selves !== 'all' && selves.length > 0) message.selves = selves.length > 50 ? 'all' : selves;
    });
    // Sent after the commit: the sweep of every node finds what a node that died here has not told.
    if (Object.keys(message).length > 0) await bus.publish(message);
  };

  /** Settles what waits, a batch at a time; answers how many referrals it took, with the error that kept them. */
  const settleNext = async (): Promise<{ taken: readonly Taken[]; error?: unknown }> => {
    let taken: readonly Taken[] = [];
    try {
      await persistently(() =>
        settle(async (database, now) => {
          taken = [];
          taken = await database.query<Taken>(takeReferrals(schema), [now]);
          return taken;
        }),
      );
      return { taken };
    } catch (error) {
      if (taken.length === 0) throw error;
      return { taken, error };
    }
  };

  /** Settles halves of what cannot be settled together, down to the referral that is at fault: it alone is set aside. */
  const settleApart = async (taken: readonly Taken[], error: unknown): Promise<void> => {
    const [only] = taken;
    if (only && taken.length === 1) {
      onFailure(error);
      return setAside({ storage, schema: schemaName, now: clock() }, only.id, error);
    }
    const middle = Math.ceil(taken.length / 2);
    for (const half of [taken.slice(0, middle), taken.slice(middle)]) {
      const intake = half.flatMap((each) => each.intake);
      const take = async ({ query }: Database) => {
        await query(takeAgain(schema), [intake]);
        return half;
      };
      await persistently(() => settle(take)).catch((cause) => settleApart(half, cause));
    }
  };

  return {
    failing: async () => (await readFailing(storage, schemaName)).referrals,
    run: oneAtATime(async () => {
      for (;;) {
        const { taken, error } = await settleNext();
        if (taken.length === 0) return;
        if (error !== undefined) await settleApart(taken, error);
      }
    }),
  };
}

/** Does `work` again where somebody else was in its way. */
async function persistently(work: () => Promise<void>): Promise<void> {
  for (let failures = 1; ; failures++) {
    try {
      return await work();
    } catch (error) {
      if (!hasSqlState(error, '40P01', '40001', '23505') || failures > mostFailures) throw error;
    }
  }
}
