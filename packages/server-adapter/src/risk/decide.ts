import type { contract, Parsed } from '@laurelkit/sdk/contract';
import type { Context } from '../context.ts';
import type { Database } from '../db/database.ts';
import type { ReviewState } from '../db/risk-tables.ts';
import type { Caller } from '../http/caller.ts';
import { LaurelProblem } from '../problem.ts';
import { fillReferralIntake, referralsWait } from '../settlement/referral-intake.ts';
import { sideState } from '../settlement/verdict.ts';
import { writeSides } from './sides.ts';

type Input = Parsed<typeof contract.reviews.decide>;

/** Parameters: review ids. Locked in one order, so that two who decide about the same ones follow one another. */
const lock = (schema: string) => `
select id, state from ${schema}.review where id = any($1::uuid[]) order by id for update`;

/** Parameters: review ids, decision, actor, reason, instant or null, channel, side or null for both. The reviews are locked. */
const write = (schema: string) => `with
meant as (
  select id, case when $7::text = 'referee' then ${sideState('referrer')} else $2 end as referrer,
    case when $7 = 'referrer' then ${sideState('referee')} else $2 end as referee
  from ${schema}.review
  where id = any($1::uuid[]) and (${sideState('referrer')} <> $2 and $7 is distinct from 'referee'
    or ${sideState('referee')} <> $2 and $7 is distinct from 'referrer')
),
decided as (
  update ${schema}.review set ${writeSides('meant.referrer', 'meant.referee')}, updated_at = coalesce($5::timestamptz, now())
  from meant where review.id = meant.id
  returning review.id, referral_id, program_id, referrer_id, referee_id
),
written as (
  insert into ${schema}.review_event (review_id, state, actor, reason, side, created_at)
  select id, $2, $3, $4, $7, coalesce($5::timestamptz, now()) from decided order by id
),
emitted as (
  insert into ${schema}.event (name, payload)
  select 'review.decided', jsonb_build_object('review', id, 'referral', referral_id, 'program', program_id, 'decision', $2::text)
    || case when $7 is null then '{}' else jsonb_build_object('side', $7) end
  from decided order by id
),
${fillReferralIntake(schema, 'decided')},
told as (select pg_notify($6, (${referralsWait} || '{"outbox":true}'::jsonb)::text) as sent from to_settle limit 1)
select id, (select count(*) from told) as told from decided`;

function actorOf(caller: Caller, named: string | undefined): string {
  if (caller.kind !== 'staff') return `secret:${named ?? (caller.kind === 'secret' ? caller.key : caller.kind)}`;
  if (named === undefined || named === caller.name) return `staff:${caller.name}`;
  throw new LaurelProblem('validation_failed', 'A staff token says who decides.', {
    errors: [{ pointer: '#/actor', detail: 'must be left out with a staff token' }],
  });
}

/**
 * Decides reviews or one side of them, all or none. Whoever decides the same again changes nothing, and both decisions stay in the history when
 * they differ.
 * @throws LaurelProblem review_not_found
 */
export async function decide(input: Input, context: Context, channel: string) {
  const actor = actorOf(context.caller, input.actor);
  const reviews = [...new Set(input.reviews.map((each) => each.toLowerCase()))];
  return context.transaction(async ({ database }) => {
    const found = await locked(database, reviews);
    const missing = reviews.find((id) => !found.has(id));
    if (missing) throw new LaurelProblem('review_not_found', `There is no review ${missing}. Nothing was decided.`);
    const rows = await database.query<{ id: string }>(write(database.schema), [
      reviews,
      input.decision,
      actor,
      input.reason,
      context.now,
      channel,
      input.side ?? null,
    ]);
    const changed = new Set(rows.map(({ id }) => id));
    return {
      decided: reviews.filter((id) => changed.has(id)),
      unchanged: reviews.filter((id) => !changed.has(id)),
    };
  });
}

async function locked(database: Database, reviews: readonly string[]): Promise<Map<string, ReviewState>> {
  const rows = await database.query<{ id: string; state: ReviewState }>(lock(database.schema), [reviews]);
  return new Map(rows.map(({ id, state }) => [id, state]));
}
