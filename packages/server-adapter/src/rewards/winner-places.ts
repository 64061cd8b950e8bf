import type { Database } from '../db/database.ts';
import type { PlaceTaken } from './prize-drafts.ts';

/** SQL: the cause of a winner’s prize, as `prizeCause` has it. */
const causeOf = (winner: string) =>
  `'contest:' || ${winner}.contest_id || ':' || ${winner}.place || case when ${winner}.share > 1 then ':' || ${winner}.share else '' end`;

/** SQL: claimed winners to whom the rule has not given the prize of their place, and nobody else has it. */
const dueWinners = (schema: string, rule: string) => `
from ${schema}.contest_winner winner
where winner.contest_id = ${rule}.contest_id and winner.state = 'claimed'
  and winner.place <= jsonb_array_length(${rule}.definition #> '{contest,prizes}')
  and not exists (
    select from ${schema}.reward where reward.rule_id = ${rule}.id and reward.cause = ${causeOf('winner')}
      and (reward.participant_id = winner.participant_id or reward.state not in ('rejected', 'reversed', 'expired')))`;

/** SQL: prizes of disqualified winners that can still be taken away. */
const owedBack = (schema: string, rule: string) => `
from ${schema}.contest_winner winner
join ${schema}.reward on reward.rule_id = ${rule}.id and reward.participant_id = winner.participant_id
  and reward.cause = ${causeOf('winner')}
where winner.contest_id = ${rule}.contest_id and winner.state = 'disqualified' and reward.cancelled_reason is null
  and reward.state in ('held', 'approved', 'capped', 'waiting')
  and not exists (
    select from ${schema}.reward_entry entry join ${schema}.payout_entry on payout_entry.entry_id = entry.id
    where entry.reward_id = reward.id)`;

/** SQL: whether a rule has something to do for winners of its contest: also to note that the contest is done. */
export const winnersMove = (schema: string, rule: string, contest: string): string => `(${contest}.state = 'closed'
  or exists (select ${dueWinners(schema, rule)}) or exists (select ${owedBack(schema, rule)}))`;

/** The places of claimed winners that a rule has not given a prize for, in the order of their selection. */
export const placesDue = ({ query, schema }: Database, ruleId: string): Promise<PlaceTaken[]> =>
  query(
    `select due.* from ${schema}.reward_rule rule cross join lateral (
       select winner.participant_id as "participantId", winner.place, winner.share, winner.number ${dueWinners(schema, 'rule')}
     ) due where rule.id = $1 order by due.number`,
    [ruleId],
  );

/** Rewards of a rule whose winners were disqualified, unless they were handed out or are in a payout. */
export const prizesOwedBack = ({ query, schema }: Database, ruleId: string): Promise<{ id: string }[]> =>
  query(
    `select owed.id from ${schema}.reward_rule rule cross join lateral (select reward.id ${owedBack(schema, 'rule')}) owed
     where rule.id = $1 order by owed.id`,
    [ruleId],
  );
