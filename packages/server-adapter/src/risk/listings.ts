import type { contract, Parsed, RiskListing } from '@laurelkit/sdk/contract';
import { uuidv7 } from 'uuidv7';
import type * as z from 'zod/mini';
import type { Context } from '../context.ts';
import { findParticipant, findProgram, type Row } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { LaurelProblem } from '../problem.ts';
import { fillReferralIntake, referralsWait } from '../settlement/referral-intake.ts';
import { listingValue } from './listing-value.ts';

type Input = Parsed<typeof contract.risk.addListing>;
type Stored = Pick<Row<'risk_listing'>, 'id' | 'kind' | 'hint' | 'reason'> & {
  program: string | null;
  createdAt: Date;
};

const columns = (schema: string, table: string) => `${table}.id,
  (select slug from ${schema}.program where program.id = ${table}.program_id) as program, ${table}.kind, ${table}.hint,
  ${table}.reason, ${table}.created_at as "createdAt"`;

const answer = ({ createdAt, ...row }: Stored): z.output<typeof RiskListing> => ({
  ...row,
  createdAt: createdAt.toISOString(),
});

/** So many people and referrals, the newest, are looked at again at most when something is listed. */
const mostPeople = 10_000;
const mostLookedAtAgain = 1_000;

/**
 * Parameters: id, programme or null, kind, value, hint, reason, instant or null, channel. The same listed again is the same
 * listing. Referrals in which what is new on the list takes part are looked at again.
 */
const add = (schema: string) => `with
added as (
  insert into ${schema}.risk_listing (id, program_id, kind, value, hint, reason, created_at)
  values ($1, $2, $3, $4, $5, $6, coalesce($7::timestamptz, now()))
  on conflict (coalesce(program_id, '00000000-0000-0000-0000-000000000000'), kind, value) where removed_at is null
    do update set hint = excluded.hint
  returning *
),
people as (
  select id from ${schema}.participant where $3 = 'participant' and id::text = $4
  union select participant_id from ${schema}.participant_contact where $3 = 'email' and email_key = $4
  union select participant_id from ${schema}.participant_contact where $3 = 'email_domain' and email_domain = $4
  union select participant_id from ${schema}.sighting where $3 = 'ip' and kind = 'ip' and value_hash = $4 and participant_id is not null
  order by id desc limit ${mostPeople}
),
changed as (
  select distinct referral.program_id, referral.id as referral_id
  from ${schema}.program cross join people
  join ${schema}.referral on referral.program_id = program.id and (referral.referee_id = people.id or referral.referrer_id = people.id)
  where ($2::uuid is null or program.id = $2) and exists (select from added where added.id = $1)
  order by referral.id desc limit ${mostLookedAtAgain}
),
${fillReferralIntake(schema, 'changed')},
told as (select pg_notify($8, (${referralsWait})::text) as sent from to_settle limit 1)
select ${columns(schema, 'added')}, (select count(*) from told) as told from added`;

/** Parameters: id, instant or null. Taking it off again changes nothing. */
const remove = (schema: string) => `
update ${schema}.risk_listing as listing set removed_at = coalesce(removed_at, $2::timestamptz, now()) where id = $1
returning ${columns(schema, 'listing')}`;

/** Parameters: id before which or null, how many. */
const list = (schema: string) => `
select ${columns(schema, 'listing')} from ${schema}.risk_listing listing
where removed_at is null and ($1::uuid is null or id < $1) order by id desc limit $2`;

async function keptOf({ kind, value }: Input, { database }: Context, personKey: Buffer) {
  if (kind !== 'participant') return listingValue(kind, value, personKey);
  const { id, external_id } = await findParticipant(database, value);
  return { value: id, hint: external_id };
}

/** What the host has listed as a risk. */
export const listings = (
  personKey: Buffer,
  channel: string,
): Pick<Handlers<'risk'>, 'listings' | 'addListing' | 'removeListing'> => ({
  listings: async ({ limit, cursor }, { database }) => {
    const before = cursor === undefined ? null : String(readCursor(cursor, ['id'])[0]);
    const rows = await database.query<Stored>(list(database.schema), [before, limit + 1]);
    const items = rows.slice(0, limit).map(answer);
    return { items, nextCursor: rows.length > limit ? writeCursor([items.at(-1)?.id ?? '']) : null };
  },

  addListing: async (input, context) => {
    const { database, now } = context;
    const program = input.program === undefined ? null : (await findProgram(database, input.program)).id;
    const { value, hint } = await keptOf(input, context, personKey);
    const values = [uuidv7(), program, input.kind, value, hint, input.reason, now, channel];
    const [row] = await database.query<Stored & { told: unknown }>(add(database.schema), values);
    const { told: _, ...stored } = row as Stored & { told: unknown };
    return answer(stored);
  },

  removeListing: async ({ listing }, { database, now }) => {
    const [row] = await database.query<Stored>(remove(database.schema), [listing, now]);
    if (!row) throw new LaurelProblem('listing_not_found', 'There is no such listing.');
    return answer(row);
  },
});
