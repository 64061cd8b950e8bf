import type { Database } from '../db/database.ts';
import type { Folded } from './referral-transitions.ts';
import { nextAfter } from './time.ts';

/** When a referral is to be looked at again. */
export type Look = readonly [referral: string, at: Date];

/** Parameters: arrays of referral and instant (null: never). */
const setStatement = (schema: string) => `
update ${schema}.referral set settle_at = look.at from unnest($1::uuid[], $2::timestamptz[]) as look(id, at)
where referral.id = look.id`;

/** Parameters: arrays of referral and instant. */
const advanceStatement = (schema: string) => `
update ${schema}.referral set settle_at = look.at from unnest($1::uuid[], $2::timestamptz[]) as look(id, at)
where referral.id = look.id and (settle_at is null or settle_at > look.at)`;

/** Parameter: referral ids. */
const againStatement = (schema: string) => `
insert into ${schema}.referral_intake (program_id, referral_id)
select program_id, id from ${schema}.referral where id = any($1::uuid[])`;

/** Notes for each referral when time alone next changes something of it or of what it earned. */
export async function writeDueTimes(
  { query, schema }: Database,
  folded: readonly Folded[],
  now: Date,
  looks: readonly Look[],
): Promise<void> {
  const byReferral = Map.groupBy(looks, ([id]) => id);
  const changed = folded.flatMap(({ referral: { facts, settleAt }, next }) => {
    const at = nextAfter(now, [next.nextAt, ...(byReferral.get(facts.id) ?? []).map(([, each]) => each)]);
    byReferral.delete(facts.id);
    return at?.getTime() === settleAt?.getTime() ? [] : [{ id: facts.id, at }];
  });
  await setTimes(query, setStatement(schema), changed);
  const elsewhere = [...byReferral].flatMap(([id, all]) => {
    const at = nextAfter(
      now,
      all.map(([, each]) => each),
    );
    return at ? [{ id, at }] : [];
  });
  await setTimes(query, advanceStatement(schema), elsewhere);
}

async function setTimes(
  query: Database['query'],
  statement: string,
  times: readonly { id: string; at: Date | null }[],
): Promise<void> {
  if (times.length > 0) await query(statement, [times.map(({ id }) => id), times.map(({ at }) => at)]);
}

/** Leaves referrals to be settled again, each by whoever then holds its referrer's account. */
export async function settleAgain({ query, schema }: Database, referralIds: readonly string[]): Promise<void> {
  if (referralIds.length > 0) await query(againStatement(schema), [[...new Set(referralIds)]]);
}
