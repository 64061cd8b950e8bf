import { databaseOn, quoteSchema } from '../db/database.ts';
import type { Queryable } from '../db/storage.ts';

const firstWaitSeconds = 10;
const longestWaitSeconds = 3_600;

/**
 * Parameters: referral, error, instant or null. Each failure doubles the wait, up to an hour. It waits in the intake
 * meanwhile: what settled it at the same moment takes the row that was there, and knows nothing of the failure.
 */
const setAsideStatement = (schema: string) => `with
waiting as (
  select from ${schema}.referral_intake where referral_id = $1 for update skip locked
),
again as (
  insert into ${schema}.referral_intake (program_id, referral_id)
  select program_id, id from ${schema}.referral where id = $1 and not exists (select from waiting)
)
insert into ${schema}.settlement_failure as failure (referral_id, error, first_failed_at, next_try_at)
select $1, $2, at, at + make_interval(secs => ${firstWaitSeconds}) from (select coalesce($3::timestamptz, now()) as at) moment
on conflict (referral_id) do update set attempts = failure.attempts + 1, error = excluded.error,
  next_try_at = excluded.first_failed_at
    + make_interval(secs => least(${longestWaitSeconds}, ${firstWaitSeconds} * 2 ^ least(failure.attempts, 20)))`;

/** SQL: that the referral `id` waits by itself. Its parameter `$1` is an instant or null. */
export const isSetAside = (schema: string, id: string): string => `exists (select from ${schema}.settlement_failure
    where referral_id = ${id} and next_try_at > coalesce($1::timestamptz, now()))`;

/** Leaves a referral alone for a while because it cannot be settled; what is known of it stays where it waits. */
export async function setAside(
  { storage, schema, now }: { storage: Queryable; schema: string; now: Date | null },
  referralId: string,
  error: unknown,
): Promise<void> {
  const database = databaseOn(storage, schema);
  await database.query(setAsideStatement(database.schema), [referralId, wordsOf(error), now]);
}

/** Parameter: referral ids. */
export const forgetFailures = (schema: string): string =>
  `delete from ${schema}.settlement_failure where referral_id = any($1::uuid[])`;

/** Referrals that failed, since when, and what the last error of the first one was. */
export interface Failing {
  readonly referrals: number;
  readonly since: Date | null;
  readonly error: string | null;
}

/** Reads how many referrals could not be settled. */
export async function readFailing(storage: Queryable, schemaName: string): Promise<Failing> {
  const [row] = await storage.query<Failing>(
    `select count(*)::int as referrals, min(first_failed_at) as since,
       (array_agg(error order by first_failed_at))[1] as error
     from ${quoteSchema(schemaName)}.settlement_failure`,
  );
  return row ?? { referrals: 0, since: null, error: null };
}

/** An error's message as it can be stored. */
const wordsOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).toWellFormed().replaceAll('\u0000', '').slice(0, 500) ||
  'no words';
