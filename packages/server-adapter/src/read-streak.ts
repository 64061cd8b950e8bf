import { latestZone } from './curriculum/learner.ts';
import { localDay } from './curriculum/zoned-time.ts';
import type { Database } from './db/database.ts';
import { type Granted, type Learnt, type Streak, streakOf } from './streak.ts';

/** Days in a row are one row of the answer, so years of learning are read as a few. */
const selectLearning = (schema: string) => `
select coalesce($2::timestamptz, now()) as now, ${latestZone(schema, '$1')} as zone,
  coalesce((
    select jsonb_agg(jsonb_build_object('from', "from", 'to', "to", 'firstAt', first_at, 'lastAt', last_at, 'offsets', offsets))
    from (
      select min(day) as "from", max(day) as "to",
        floor(extract(epoch from min(first_at)) * 1000) as first_at,
        floor(extract(epoch from max(last_at)) * 1000) as last_at,
        (array_agg(least_offset order by day desc))[1:2] as offsets
      from (
        select day, first_at, last_at, least_offset, day - row_number() over (order by day)::integer as stretch
        from ${schema}.learning_day where participant_id = $1
      ) numbered
      group by stretch
    ) stretches
  ), '[]') as learnt,
  coalesce((
    select jsonb_agg(jsonb_build_object('day', day, 'freezes', freezes))
    from ${schema}.streak_freeze where participant_id = $1
  ), '[]') as granted`;

/**
 * The streak of a participant over all courses, as it stands at this instant in this zone.
 * @param zone - IANA name; it decides which day today is. `null`: that in which they learnt last
 * @param now - `null` for the database's clock
 */
export async function readStreak(
  { query, schema }: Database,
  participantId: string,
  zone: string | null,
  now: Date | null,
): Promise<Streak> {
  const [row] = await query<{ now: Date; zone: string | null; learnt: Learnt[]; granted: Granted[] }>(
    selectLearning(schema),
    [participantId, now],
  );
  if (!row) throw new Error('one row is always answered');
  return streakOf({
    learnt: row.learnt,
    granted: row.granted,
    today: localDay(row.now, zone ?? row.zone ?? 'UTC'),
    now: row.now.getTime(),
  });
}
