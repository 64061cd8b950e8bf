import type { Referral } from '@laurelkit/sdk/contract';
import { uuidv7 } from 'uuidv7';
import type * as z from 'zod/mini';
import type { Context } from '../context.ts';
import type { Row } from '../db/references.ts';
import { creditedPoints } from '../ledger/credits.ts';
import { fillIntake } from '../ledger/intake.ts';
import { LaurelProblem } from '../problem.ts';
import { fillReferralIntake } from '../settlement/referral-intake.ts';

/** Who referred somebody, and how that is known. */
export interface Source {
  referrer: string;
  by: 'code' | 'click' | 'coupon';
  clickId: string | null;
}

interface Edge {
  program: Row<'program'>;
  source: Source;
  referee: string;
}

/** Parameters: id, programme, referrer, referee, click, how, instant or null, channel, actor. */
const statement = (schema: string) => `with
inserted as (
  insert into ${schema}.referral (id, program_id, referrer_id, referee_id, click_id, attributed_by, created_at)
  values ($1, $2, $3, $4, $5, $6, coalesce($7::timestamptz, now()))
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
 * Binds referee to referrer. Binding the same two again answers the same edge.
 * @throws LaurelProblem already_referred when the referee has another referrer
 */
export async function bindReferral(
  { program, source, referee }: Edge,
  { database, now, caller }: Context,
  channel: string,
): Promise<z.output<typeof Referral>> {
  const values = [uuidv7(), program.id, source.referrer, referee, source.clickId, source.by, now, channel, caller.kind];
  const [inserted] = await database.query<Row<'referral'>>(statement(database.schema), values);
  const row = inserted ?? (await existing(database, program.id, referee));
  if (row.referrer_id !== source.referrer) {
    throw new LaurelProblem('already_referred', 'The participant was referred by somebody else in this programme.');
  }
  return {
    id: row.id,
    program: program.slug,
    state: row.state,
    attributedBy: row.attributed_by,
    createdAt: row.created_at.toISOString(),
  };
}

const existing = (database: Context['database'], programId: string, referee: string) =>
  database.kysely
    .selectFrom('referral')
    .selectAll()
    .where('program_id', '=', programId)
    .where('referee_id', '=', referee)
    .executeTakeFirstOrThrow();
