import { seal } from '../access/seal.ts';
import { hint } from '../bus.ts';
import type { TransactionContext } from '../context.ts';
import type { ContestSettings } from '../db/contest-tables.ts';
import type { Row } from '../db/references.ts';
import { LaurelProblem } from '../problem.ts';
import { claimSeal, readClaim } from './answer.ts';
import { claimFaults, claimOf } from './claim-form.ts';

/** A claim of a participant. */
export interface Claim {
  readonly winner: string;
  readonly participant: string;
  readonly values: Readonly<Record<string, string>>;
  readonly now: Date | null;
}

type Held = Row<'contest_winner'> & { settings: ContestSettings; program_id: string; in_time: boolean };

/** Parameters: winner, participant, instant or null. Claims of one winner follow one another. */
const holdStatement = (schema: string) => `
select winner.*, contest.settings, contest.program_id,
  coalesce(winner.claim_by > coalesce($3::timestamptz, now()), true) as in_time
from ${schema}.contest_winner winner join ${schema}.contest on contest.id = winner.contest_id
where winner.id = $1 and winner.participant_id = $2 for update of winner`;

/** Parameters: winner, sealed claim, instant or null. */
const claimStatement = (schema: string) => `
update ${schema}.contest_winner set state = 'claimed', claim = $2, claimed_at = coalesce(claimed_at, $3::timestamptz, now()),
  updated_at = coalesce($3::timestamptz, now())
where id = $1 and state in ('selected', 'claimed') and (claim_by is null or claim_by > coalesce($3::timestamptz, now()))
returning *`;

/**
 * Claims what a participant won; until the time to claim is over what they wrote may be corrected. The same again changes nothing.
 * @param key - derived for the purpose `claim`
 * @throws LaurelProblem winner_not_found (also for what somebody else won), claim_state_conflict, claim_incomplete
 */
export async function claimPrize(
  { database, emit }: TransactionContext,
  { winner: id, participant, values, now }: Claim,
  key: Buffer,
  channel: string,
) {
  const { query, schema } = database;
  const [held] = await query<Held>(holdStatement(schema), [id, participant, now]);
  if (!held) throw new LaurelProblem('winner_not_found', 'You have won nothing under this id.');
  const fields = held.settings.claim?.fields ?? [];
  const answer = (row: Row<'contest_winner'>) => ({
    prize: held.settings.prizes[held.prize]?.name ?? '',
    place: held.place,
    state: row.state,
    claimedAt: row.claimed_at?.toISOString() ?? null,
  });
  if (held.state !== 'selected' && held.state !== 'claimed') {
    throw new LaurelProblem('claim_state_conflict', `The prize can no longer be claimed: it is ${held.state}.`);
  }
  const errors = claimFaults(fields, values);
  const [first] = errors;
  if (first) {
    throw new LaurelProblem('claim_incomplete', `"${first.pointer.split('/').at(-1)}" ${first.detail}.`, { errors });
  }
  const text = JSON.stringify(claimOf(fields, values));
  const before = held.claim === null ? '{}' : JSON.stringify(readClaim(key, id, held.claim));
  if (held.state === 'claimed' && text === before) return answer(held);
  if (!held.in_time) {
    const late =
      held.state === 'claimed' ? 'what you wrote can no longer be changed' : 'the prize is no longer to be claimed';
    throw new LaurelProblem('claim_state_conflict', `The time to claim is over: ${late}.`);
  }
  const sealed = fields.length > 0 ? seal(key, text, claimSeal(id)) : null;
  const [claimed] = await query<Row<'contest_winner'>>(claimStatement(schema), [id, sealed, now]);
  if (!claimed) throw new LaurelProblem('claim_state_conflict', 'The time to claim is over.');
  if (held.state === 'selected') {
    const facts = { winner: id, contest: held.contest_id, program: held.program_id, participant };
    await emit('winner.claimed', { ...facts, place: held.place, prize: answer(claimed).prize });
    // The contest may be done, and rewards of the place may be due.
    await hint(database, channel, { contests: [held.contest_id] });
  }
  return answer(claimed);
}
