import { uuidv7 } from 'uuidv7';
import { instantOf } from '../clock.ts';
import type { Database } from '../db/database.ts';
import { holdPayouts } from '../hold-payouts.ts';
import { LaurelProblem } from '../problem.ts';

/** Which money to gather. */
export interface Gathering {
  readonly programId: string;
  readonly currency: string;
  readonly minimumMinor: number;
  readonly now: Date | null;
}

/**
 * Parameters: batch, programme, currency, least, instant or null. All entries of one participant go into one payout,
 * those below zero too: what was taken back after it was paid is set off. The key of `payout_entry` lets no entry into two.
 */
const statement = (schema: string) => `with
free as (
  select entry.id, entry.participant_id, entry.minor from ${schema}.reward_entry entry
  where entry.program_id = $2 and entry.currency = $3
    and not exists (select from ${schema}.payout_entry where payout_entry.entry_id = entry.id)
),
net as (
  select participant_id, sum(minor) as minor, gen_random_uuid() as id from free group by participant_id having sum(minor) >= $4::bigint
),
made as (
  insert into ${schema}.payout (id, batch_id, program_id, participant_id, minor, currency, created_at, updated_at)
  select id, $1, $2, participant_id, minor, $3, coalesce($5::timestamptz, now()), coalesce($5::timestamptz, now()) from net
  returning id, participant_id
),
transitions as (
  insert into ${schema}.payout_transition (payout_id, to_state, actor, reason)
  select id, 'pending', 'system', 'gathered' from made
),
held as (
  insert into ${schema}.payout_entry (entry_id, payout_id)
  select free.id, made.id from free join made using (participant_id)
)
select count(*)::int as payouts from made`;

/**
 * Makes a draft of all approved money of a currency that is in no payout yet; answers the batch's id.
 * @throws LaurelProblem nothing_to_pay
 */
export async function gatherBatch(
  database: Database,
  { programId, currency, minimumMinor, now }: Gathering,
): Promise<string> {
  // Two that gather at once would want the same entries, and one that is taken away meanwhile would be paid.
  await holdPayouts(database, programId);
  const id = uuidv7();
  await database.kysely
    .insertInto('payout_batch')
    .values({
      id,
      program_id: programId,
      currency,
      minimum_minor: minimumMinor,
      created_at: instantOf({ now }),
    } as never)
    .execute();
  const [made] = await database.query<{ payouts: number }>(statement(database.schema), [
    id,
    programId,
    currency,
    minimumMinor,
    now,
  ]);
  if (made?.payouts) return id;
  throw new LaurelProblem('nothing_to_pay', `Nobody has ${minimumMinor} or more of ${currency} to be paid.`);
}
