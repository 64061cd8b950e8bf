import { wasPaused } from './pauses.ts';

/**
 * SQL that turns credits into points. A credit says: this participant earned something by this event. Which live
 * contests of the programme give points for it, and how many, is decided here and only here.
 *
 * `source` names a relation with the columns `ord, program_id, participant_id, event, cause, occurred_at`.
 * Answers `ord, contest_id, participant_id, points, cause, occurred_at`.
 * @param past - whether the events may be of before: what happened during a pause gives nothing later, what happened before
 *   one does all the same
 * @param exact - whether only a rule with the very name of the event counts, `*` does not
 */
export const creditedPoints = (schema: string, source: string, { past = false, exact = false } = {}) => `
  select credit.ord, contest.id as contest_id, credit.participant_id, rule.points, credit.cause, credit.occurred_at
  from ${source} credit
  join ${schema}.contest on contest.program_id = credit.program_id
    and ${past ? `contest.state in ('scheduled', 'paused') and not ${wasPaused(schema, 'credit.occurred_at')}` : `contest.state = 'scheduled'`}
    and contest.starts_at <= credit.occurred_at
    and credit.occurred_at < contest.ends_at
  cross join lateral (
    select (each.rule ->> 'points')::bigint as points
    from jsonb_array_elements(contest.scoring) with ordinality each(rule, position)
    where each.rule ->> 'event' = credit.event${exact ? '' : ` or (each.rule ->> 'event' = '*' and credit.event <> 'referral')`}
    order by each.position
    limit 1
  ) rule`;
