import type { Handlers } from '../handlers.ts';
import { callerOrNamed } from '../http/subject.ts';
import { readActionFacts } from './action-facts.ts';
import { assertMayAct } from './action-state.ts';
import { actionOf, liveContest } from './contest-action.ts';

/** Parameters: contest, action, participant, instant or null, seconds. A visit begins once: opening it again changes nothing. */
const statement = (schema: string) => `
with opened as (
  insert into ${schema}.contest_action_try (contest_id, action, participant_id, opened_at)
  values ($1, $2, $3, coalesce($4::timestamptz, now()))
  on conflict do nothing returning opened_at
)
select opened_at + make_interval(secs => $5) as at from (
  select opened_at from opened
  union all
  select opened_at from ${schema}.contest_action_try where contest_id = $1 and action = $2 and participant_id = $3
) each limit 1`;

/** Notes that a visit begins, by the database’s clock. */
export const openVisit: Handlers<'entries'>['open'] = async (input, context) => {
  const { database, now } = context;
  const contest = await liveContest(input.contest, context);
  const action = actionOf(contest, input.action, 'visit');
  const participantId = await callerOrNamed(context, undefined);
  assertMayAct(action, await readActionFacts(database, contest.id, participantId, now));
  const values = [contest.id, action.id, participantId, now, action.seconds ?? 0];
  const open = () => database.query<{ at: Date }>(statement(database.schema), values);
  // Opened by another call at this very moment: seen at the second look.
  const [opened] = [...(await open()), ...(await open())];
  return { claimableAt: (opened?.at ?? context.now ?? new Date()).toISOString() };
};
