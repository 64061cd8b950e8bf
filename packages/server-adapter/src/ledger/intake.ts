/**
 * Common table expressions that leave a relation `points` in the intake, for the sequencer to number after the
 * transaction commits. `notified` must be read by the statement's final `select`.
 * @param channel - SQL for the notification channel
 */
export const fillIntake = (schema: string, channel: string) => `
waiting as (
  insert into ${schema}.ledger_intake (contest_id, participant_id, points, cause, occurred_at)
  select contest_id, participant_id, points, cause, occurred_at from points
  returning id
),
notified as (select pg_notify(${channel}, '{"intake":true}') from waiting having count(*) > 0)`;
