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
 * no gaps and what follows sees every play before.
 */
const takeNumber = (schema: string) => `
update ${schema}.instant_win set plays = plays + 1
from ${schema}.contest cross join lateral (select coalesce($3::timestamptz, now()) as at) moment
where instant_win.contest_id = $1 and contest.id = $1
  and contest.state = 'scheduled' and contest.starts_at <= moment.at and moment.at < contest.ends_at
returning instant_win.plays::int as number, ${mayWin(schema, '$2')} as may_win`;

/** Parameters: contest, stock by prize. */
const layOut = (schema: string) => `
insert into ${schema}.instant_stock (contest_id, prize, remaining)
select $1, ord - 1, stock from unnest($2::bigint[]) with ordinality each(stock, ord) on conflict do nothing`;

/** Parameters: contest, prize. */
const takePrize = (schema: string) => `
update ${schema}.instant_stock set remaining = remaining - 1 where contest_id = $1 and prize = $2 and remaining > 0
returning 1 as taken`;

/** Parameters: contest, number, participant, prize or null, instant or null, plays a day. No row when today’s are played. */
const keepPlay = (schema: string) => `
insert into ${schema}.instant_play (contest_id, number, participant_id, day, nth, prize, played_at)
select $1, $2, $3, day.today, played.before + 1, $4, moment.at
from ${schema}.contest
cross join lateral (select coalesce($5::timestamptz, now()) as at) moment
cross join lateral (select (moment.at at time zone contest.time_zone)::date as today) day
cross join lateral (select count(*)::int as before from ${schema}.instant_play
  where contest_id = $1 and participant_id = $3 and day = day.today) played
where contest.id = $1 and played.before < $6
returning played_at`;

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
  ({ seedKey }: EntryTools): Handlers<'entries'>['play'] =>
  async (input, context) => {
    const contest = await liveContest(input.contest, context);
    const instantWin = instantWinOf(contest);
    const participantId = await callerOrNamed(context, undefined);
    const { seed } = await sealedSeed(context.database, seedKey, contest.id);
    const opened = openSeed(seedKey, contest.id, seed);
    return context.transaction((transaction) =>
      playOnce(transaction, { contest, instantWin, participantId, seed: opened }, context),
    );
  };

async function playOnce(
  { database: { query, schema }, emit }: TransactionContext,
  player: { contest: ContestRow; instantWin: InstantWin; participantId: string; seed: Buffer },
  { now }: Pick<Context, 'now'>,
) {
  const { contest, instantWin, participantId, seed } = player;
  const { prizes } = instantWin;
  const values = [contest.id, participantId, now];
  const [taken] = await query<{ number: number; may_win: boolean }>(takeNumber(schema), values);
  if (!taken) throw notLive();
  const { number } = taken;
  if (!taken.may_win) {
    throw new LaurelProblem(
      'not_eligible',
      'Join the contest and confirm what it asks: see "missing" of your entries.',
    );
  }
  if (number === 1) await query(layOut(schema), [contest.id, prizes.map(({ stock }) => stock)]);
  const hit = outcomeOf(seed, contest.id, number, prizes);
  const [left] = hit === null ? [] : await query(takePrize(schema), [contest.id, hit]);
  const prize = left ? hit : null;
  const [played] = await query<{ played_at: Date }>(keepPlay(schema), [
    ...[contest.id, number, participantId, prize, now, instantWin.playsPerDay],
  ]);
  if (!played) throw new LaurelProblem('no_plays_left', 'All plays of today are played: come back tomorrow.');
  const name = prize === null ? null : (prizes[prize]?.name ?? null);
  if (name !== null) {
    await emit('contest.instant_won', {
      ...{ contest: contest.id, program: contest.program_id, participant: participantId, play: number, prize: name },
    });
  }
  return { number, prize: name, playedAt: played.played_at.toISOString() };
}
