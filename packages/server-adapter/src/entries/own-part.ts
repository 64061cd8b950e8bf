import type { winnerStates } from '@laurelkit/sdk/contract';
import type { Database } from '../db/database.ts';
import type { ContestRow } from '../db/references.ts';

/**
 * Parameters: contest, participant, instant or null. A place is told once results are public, or the winner was written to.
 */
const statement = (schema: string) => `
select entrant.rules_version, entrant.country, entrant.age_confirmed, entrant.show_name,
  disqualification.reason, disqualification.created_at as disqualified_at,
  exists (select from ${schema}.participant_contact
    where participant_id = $2 and confirmed_at is not null) as has_verified_email,
  coalesce(entrant.awaits_place, false) as awaits_place,
  coalesce((select score from ${schema}.standing
    where contest_id = $1 and period_start = '-infinity' and participant_id = $2), 0)::text as points,
  (select count(*) from ${schema}.instant_play where contest_id = $1 and participant_id = $2
    and day = (coalesce($3::timestamptz, now()) at time zone contest.time_zone)::date)::int as plays_today,
  coalesce((select jsonb_agg(jsonb_build_object('winner', winner.id, 'prize', winner.prize, 'place', winner.place,
      'state', winner.state, 'claimBy', winner.claim_by) order by winner.number)
    from ${schema}.contest_winner winner where winner.contest_id = $1 and winner.participant_id = $2
      and (winner.notified_at is not null or contest.settings ->> 'publishResults' = 'automatically' or exists (
        select from ${schema}.contest_draw where contest_id = $1 and published_at is not null))), '[]') as places,
  coalesce((select jsonb_agg(prize order by number) from ${schema}.instant_play
    where contest_id = $1 and participant_id = $2 and prize is not null), '[]') as instant_prizes
from ${schema}.contest
left join ${schema}.contest_entrant entrant on entrant.contest_id = contest.id and entrant.participant_id = $2
left join ${schema}.contest_disqualification disqualification
  on disqualification.contest_id = contest.id and disqualification.participant_id = $2
where contest.id = $1`;

/** What is kept of one participant in a contest. */
export interface OwnPart {
  /** `null` while they have not joined. */
  rules_version: number | null;
  country: string | null;
  age_confirmed: boolean | null;
  show_name: boolean | null;
  reason: string | null;
  disqualified_at: Date | null;
  has_verified_email: boolean;
  /** Of a waitlist: joined while it did not run, and does not stand in line yet. */
  awaits_place: boolean;
  points: string;
  plays_today: number;
  places: {
    winner: string;
    prize: number;
    place: number;
    state: (typeof winnerStates)[number];
    claimBy: string | null;
  }[];
  /** Indexes of prizes won by plays. */
  instant_prizes: number[];
}

/** Reads it. */
export async function readOwnPart(
  { query, schema }: Database,
  contest: Pick<ContestRow, 'id'>,
  participantId: string,
  now: Date | null,
): Promise<OwnPart> {
  const [row] = await query<OwnPart>(statement(schema), [contest.id, participantId, now], 'laurel_own_part');
  if (!row) throw new Error(`Contest ${contest.id} vanished.`);
  return row;
}
