import { outcomeOf } from '@laurelkit/sdk/draws';
import type { Context, TransactionContext } from '../context.ts';
import type { ContestSettings } from '../db/contest-tables.ts';
import type { ContestRow } from '../db/references.ts';
import { mayWin } from '../eligibility.ts';
import type { Handlers } from '../handlers.ts';
import { callerOrNamed } from '../http/subject.ts';
import { openSeed, sealedSeed } from '../instant-seed.ts';
import { LaurelProblem } from '../problem.ts';
import { liveContest, notLive } from './contest-action.ts';
import type { EntryTools } from './services.ts';

type InstantWin = NonNullable<ContestSettings['instantWin']>;

/**
 * Parameters: contest, participant, instant or null. The row of the contest’s plays is held until the commit, so numbers have
 * no gaps and what follows sees every play before. Nothing is played before the seed and the odds are promised.
 */
const takeNumber = (schema: string) => `
update ${schema}.instant_win set plays = plays + 1
from ${schema}.contest cross join lateral (select coalesce($3::timestamptz, now()) as at) moment
where instant_win.contest_id = $1 and contest.id = $1
  and contest.state = 'scheduled' and contest.starts_at <= moment.at and moment.at < contest.ends_at
  and exists (select from ${schema}.contest_commitment where contest_id = $1)
returning instant_win.plays::int as number, ${mayWin(schema, '$2')} as may_win`;

/** Parameters: contest, stock by prize. */
const layOut = (schema: string) => `
insert into ${schema}.instant_stock (contest_id, prize, remaining)
select $1, ord - 1, stock from unnest($2::bigint[]) with ordinality each(stock, ord) on conflict do nothing`;

/**
 * Parameters: contest, number, participant, the prize that was hit or null, instant or null, plays a day. A prize that is gone
 * is nothing. No row when today’s are played.
 */
const keepPlay = (schema: string) => `
with taken as (
  update ${schema}.instant_stock set remaining = remaining - 1 where contest_id = $1 and prize = $4 and remaining > 0
  returning prize
)
insert into ${schema}.instant_play (contest_id, number, participant_id, day, nth, prize, played_at)
select $1, $2, $3, day.today, played.before + 1, (select prize from taken), moment.at
from ${schema}.contest
cross join lateral (select coalesce($5::timestamptz, now()) as at) moment
cross join lateral (select (moment.at at time zone contest.time_zone)::date as today) day
cross join lateral (select count(*)::int as before from ${schema}.instant_play
  where contest_id = $1 and participant_id = $3 and day = day.today) played
where contest.id = $1 and played.before < $6
returning prize, played_at`;

/**
 * The instant win of a contest.
 * @throws LaurelProblem contest_kind_conflict
 */
export function instantWinOf({ settings }: Pick<ContestRow, 'settings'>): InstantWin {
  if (settings.kind === 'instant_win' && settings.instantWin) return settings.instantWin;
  throw new LaurelProblem('contest_kind_conflict', 'The contest is no instant win.');
}

/** Plays once: takes the next number, and what that number was always going to be. */
export const play =
  ({ seedKey, commit }: EntryTools): Handlers<'entries'>['play'] =>
  async (input, context) => {
    const contest = await liveContest(input.contest, context);
    const instantWin = instantWinOf(contest);
    const participantId = await callerOrNamed(context, undefined);
    const { seed } = await sealedSeed(context.database, seedKey, contest.id);
    const opened = openSeed(seedKey, contest.id, seed);
    const attempt = () =>
      context.transaction((transaction) =>
        playOnce(transaction, { contest, instantWin, participantId, seed: opened }, context),
      );
    const played = await attempt();
    if (played) return played;
    // The keeper has not come by since the start, or there is none on this node.
    await commit(context.database, contest.id);
    const second = await attempt();
    if (!second) throw notLive();
    return second;
  };

/** @returns `null` where no number was to be had: the contest does not run, or nothing is committed */
async function playOnce(
  { database: { query, schema }, emit }: TransactionContext,
  player: { contest: ContestRow; instantWin: InstantWin; participantId: string; seed: Buffer },
  { now }: Pick<Context, 'now'>,
) {
  const { contest, instantWin, participantId, seed } = player;
  const { prizes } = instantWin;
  const values = [contest.id, participantId, now];
  const [taken] = await query<{ number: number; may_win: boolean }>(takeNumber(schema), values, 'laurel_play');
  if (!taken) return null;
  const { number } = taken;
  if (!taken.may_win) {
    const detail = 'The participant may not win: see "missing" and "disqualified" of their entries.';
    throw new LaurelProblem('not_eligible', detail);
  }
  if (number === 1) await query(layOut(schema), [contest.id, prizes.map(({ stock }) => stock)]);
  const hit = outcomeOf(seed, contest.id, number, prizes);
  const kept = [contest.id, number, participantId, hit, now, instantWin.playsPerDay];
  const [played] = await query<{ prize: number | null; played_at: Date }>(keepPlay(schema), kept, 'laurel_keep_play');
  if (!played) throw new LaurelProblem('no_plays_left', 'All plays of today are played: come back tomorrow.');
  const name = played.prize === null ? null : (prizes[played.prize]?.name ?? null);
  if (name !== null) {
    await emit('contest.instant_won', {
      ...{ contest: contest.id, program: contest.program_id, participant: participantId, play: number, prize: name },
    });
  }
  return { number, prize: name, playedAt: played.played_at.toISOString() };
}
