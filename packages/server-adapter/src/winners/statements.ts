/** SQL: what events say of winners. @param source - a relation of rows of `contest_winner` */
export const selectFacts = (schema: string, source: string) => `
select ${source}.id as winner, contest.id as contest, contest.program_id as program, ${source}.participant_id as participant,
  ${source}.place, contest.settings #>> array['prizes', ${source}.prize::text, 'name'] as prize
from ${source} join ${schema}.contest on contest.id = ${source}.contest_id
order by ${source}.number`;

/** What events say of a winner. */
export interface WinnerFacts {
  winner: string;
  contest: string;
  program: string;
  participant: string;
  place: number;
  prize: string;
}

/** SQL: the last instant of claiming when the time begins now; `null` where nobody needs to claim. Days are 24 hours. */
export const claimDeadline = (settings: string, now: string) =>
  `(${now} + make_interval(hours => 24 * (${settings} #>> '{claim,days}')::int))`;

/**
 * SQL: begins the time to claim of winners whom no mail can reach: the host learns of them by the event alone.
 * Parameters: contest or null for all, whether this node sends mail, instant or null.
 */
export const beginWithoutMail = (schema: string) => `
update ${schema}.contest_winner set notified_at = coalesce($3::timestamptz, now()),
  claim_by = case when contest_winner.state = 'selected'
    then coalesce(claim_by, ${claimDeadline('contest.settings', 'coalesce($3::timestamptz, now())')}) end
from ${schema}.contest
where contest.id = contest_winner.contest_id and ($1::uuid is null or contest.id = $1) and notified_at is null
  and contest_winner.state in ('selected', 'claimed') and contest_winner.notify_attempts = 0
  and not ($2::boolean and exists (
    select from ${schema}.participant_contact contact
    where contact.participant_id = contest_winner.participant_id and contact.confirmed_at is not null))`;
