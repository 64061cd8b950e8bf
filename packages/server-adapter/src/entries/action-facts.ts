import type { Database } from '../db/database.ts';

/**
 * Parameters: contest, participant, instant or null. Days are those of the contest's zone; the instant a day begins is the
 * database's business, because some days have no midnight.
 */
const statement = (schema: string) => `
select moment.at, day.today::text as today, ((day.today + 1)::timestamp at time zone contest.time_zone) as tomorrow,
  (select reason from ${schema}.contest_disqualification
    where contest_id = contest.id and participant_id = $2) as disqualified,
  (select coalesce(jsonb_agg(jsonb_build_array(action, part) order by done_at), '[]') from ${schema}.contest_action_done
    where contest_id = contest.id and participant_id = $2) as done,
  (select coalesce(jsonb_agg(jsonb_build_object('action', action, 'openedAt', opened_at,
      'retryAt', case when retry_at > '-infinity' then retry_at end)), '[]') from ${schema}.contest_action_try
    where contest_id = contest.id and participant_id = $2) as tries
from ${schema}.contest
cross join lateral (select coalesce($3::timestamptz, now()) as at) moment
cross join lateral (select (moment.at at time zone contest.time_zone)::date as today) day
where contest.id = $1`;

interface FactsRow {
  at: Date;
  today: string;
  tomorrow: Date;
  disqualified: string | null;
  done: [action: string, part: string][];
  tries: { action: string; openedAt: string; retryAt: string | null }[];
}

/** What is known of a participant's actions in a contest at one instant. */
export interface ActionFacts {
  at: Date;
  /** The date in the contest's zone, and when the next one begins. */
  today: string;
  tomorrow: Date;
  /** Why they may not take part any more; `null`: they may. */
  disqualified: string | null;
  /** Parts done, by action; '' for what has no parts. */
  done: ReadonlyMap<string, ReadonlySet<string>>;
  /** Visits begun and answers tried, by action. */
  tries: ReadonlyMap<string, { openedAt: Date; retryAt: Date | null }>;
}

/** Reads them. */
export async function readActionFacts(
  { query, schema }: Database,
  contestId: string,
  participantId: string,
  now: Date | null,
): Promise<ActionFacts> {
  const [row] = await query<FactsRow>(statement(schema), [contestId, participantId, now]);
  if (!row) throw new Error(`Contest ${contestId} vanished.`);
  const { at, today, tomorrow, disqualified } = row;
  const done = new Map<string, Set<string>>();
  for (const [action, part] of row.done) done.set(action, (done.get(action) ?? new Set()).add(part));
  const tries = row.tries.map(
    ({ action, openedAt, retryAt }) =>
      [action, { openedAt: new Date(openedAt), retryAt: retryAt === null ? null : new Date(retryAt) }] as const,
  );
  return { at, today, tomorrow, disqualified, done, tries: new Map(tries) };
}
