import { uuidv7 } from 'uuidv7';
import type { Database } from '../db/database.ts';
import type { Row } from '../db/references.ts';
import { creditedPoints } from '../ledger/credits.ts';
import { fillIntake } from '../ledger/intake.ts';
import { fillReferralIntake } from '../settlement/referral-intake.ts';
import type { Source } from './source.ts';

/** Who is to be bound to whom. */
export interface Edge {
  programId: string;
  source: Source;
  referee: string;
}

/** In what the binding happens. */
export interface BindContext {
  database: Database;
  now: Date | null;
  /** Who binds, as the history will say. */
  actor: string;
  /** Notified in the transaction. */
  channel: string;
}

/** Parameters: id, programme, referrer, referee, click, how, instant or null, notified channel, actor, click's channel, consent. */
const statement = (schema: string) => `with
inserted as (
  insert into ${schema}.referral (id, program_id, referrer_id, referee_id, click_id, attributed_by, created_at, channel, click_consent)
  values ($1, $2, $3, $4, $5, $6, coalesce($7::timestamptz, now()), $10, $11)
  on conflict (program_id, referee_id) do nothing
  returning *
),
transition as (
  insert into ${schema}.referral_transition (program_id, referral_id, from_state, to_state, actor, reason)
  select program_id, id, null, 'pending', $9, attributed_by from inserted
),
emitted as (
  insert into ${schema}.event (name, payload)
  select 'referral.created', jsonb_build_object('referral', id, 'program', program_id, 'referrer', referrer_id,
    'referee', referee_id) from inserted
),
credits as (
  select 1 as ord, program_id, referrer_id as participant_id, 'referral' as event, 'referral:' || id as cause,
    created_at as occurred_at
  from inserted
),
points as (${creditedPoints(schema, 'credits')}),
changed as (select program_id, id as referral_id from inserted),
${fillReferralIntake(schema, 'changed')},
signalled as (
  select pg_notify($8, jsonb_build_object('outbox', true, 'referrals', true, 'selves',
    jsonb_build_array(jsonb_build_array(program_id, referrer_id), jsonb_build_array(program_id, referee_id)))::text)
  from inserted
),
${fillIntake(schema, '$8')}
select inserted.*, (select count(*) from to_settle) + (select count(*) from signalled) + (select count(*) from notified) as notifications from inserted`;

/**
 * Binds referee to referrer, once for each programme by constraint. Answers the edge there is: that of an earlier call
 * where the referee had a referrer already, the same or another.
 */
export async function bindReferral(
  { programId, source, referee }: Edge,
  { database, now, actor, channel }: BindContext,
): Promise<Row<'referral'>> {
  const { referrer, clickId, by } = source;
  const values = [uuidv7(), programId, referrer, referee, clickId, by, now, channel, actor];
  const [inserted] = await database.query<Row<'referral'>>(statement(database.schema), [
    ...values,
    source.channel,
    source.consent,
  ]);
  return inserted ?? referralOf(database, programId, referee);
}

const referralOf = (database: Database, programId: string, referee: string) =>
  database.kysely
    .selectFrom('referral')
    .selectAll()
    .where('program_id', '=', programId)
    .where('referee_id', '=', referee)
    .executeTakeFirstOrThrow();
