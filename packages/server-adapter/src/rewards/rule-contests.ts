import type { Context } from '../context.ts';
import { findContest } from '../db/references.ts';
import type { RewardDefinition } from '../db/reward-tables.ts';
import { LaurelProblem } from '../problem.ts';
import type { Value } from './value.ts';

/**
 * The definition with contests by their ids.
 * @throws LaurelProblem contest_not_found, rule_invalid for a contest of another programme or one that is decided
 */
export async function withContestIds(
  definition: RewardDefinition,
  programId: string,
  { database, now }: Pick<Context, 'database' | 'now'>,
): Promise<RewardDefinition> {
  const idOf = async (reference: string, pointer: string) => {
    const contest = await findContest(database, reference, { now });
    const refuse = (detail: string) =>
      new LaurelProblem('rule_invalid', `The contest "${reference}" ${detail}.`, {
        errors: [{ pointer: `#/definition/${pointer}`, detail }],
      });
    if (contest.program_id !== programId) throw refuse('must be one of the programme');
    if (contest.state === 'drawn' || contest.state === 'closed') throw refuse('is decided already');
    return contest.id;
  };
  const resolve = async <Each extends Value>(value: Each, pointer: string): Promise<Each> =>
    value.kind === 'points' ? { ...value, contest: await idOf(value.contest, `${pointer}/contest`) } : value;
  const { value, tiers, recurring, contest } = definition;
  const introductory = recurring?.introductory;
  return {
    ...definition,
    value: await resolve(value, 'value'),
    tiers: await Promise.all(
      tiers.map(async (tier, index) => ({ ...tier, value: await resolve(tier.value, `tiers/${index}/value`) })),
    ),
    ...(introductory && {
      recurring: {
        ...recurring,
        introductory: { ...introductory, value: await resolve(introductory.value, 'recurring/introductory/value') },
      },
    }),
    ...(contest && {
      contest: {
        contest: await idOf(contest.contest, 'contest/contest'),
        prizes: await Promise.all(contest.prizes.map((prize, index) => resolve(prize, `contest/prizes/${index}`))),
      },
    }),
  };
}
