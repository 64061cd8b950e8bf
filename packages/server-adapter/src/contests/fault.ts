import type { ContestSettings } from '../db/contest-tables.ts';
import type { ContestPeriod } from '../db/tables.ts';
import { LaurelProblem } from '../problem.ts';
import { actionFaults } from './action-faults.ts';
import { type Fault, repeated } from './faults.ts';

/** What of a contest must fit together. */
export type Workable = ContestSettings & { period: ContestPeriod };

const mostWinners = 10_000;

const checks: readonly ((contest: Workable) => Fault[])[] = [
  leagueFaults,
  instantWinFaults,
  prizeFaults,
  drawFaults,
  ({ actions }) => actionFaults(actions),
  ({ claim }) =>
    repeated(claim?.fields.map(({ id }) => id) ?? []).map((index) => ({
      pointer: `claim/fields/${index}/id`,
      detail: 'must be an id that no other field of the claim has',
    })),
];

/** Everything that keeps a contest from working as it is set up; `[]`: it works. */
export const contestFaults = (contest: Workable): Fault[] => checks.flatMap((check) => check(contest));

/**
 * Refuses settings that cannot work.
 * @throws LaurelProblem contest_invalid
 */
export function assertWorks(contest: Workable): void {
  const faults = contestFaults(contest);
  const [first] = faults;
  if (!first) return;
  throw new LaurelProblem('contest_invalid', `"${first.pointer}" ${first.detail}.`, {
    errors: faults.map(({ pointer, detail }) => ({ pointer: `#/${pointer}`, detail })),
  });
}

function leagueFaults({ kind, league, period }: Workable): Fault[] {
  if (kind !== 'league')
    return league ? [{ pointer: 'league', detail: 'must be null: only a league has cohorts' }] : [];
  if (!league) return [{ pointer: 'league', detail: 'is required for the kind league' }];
  const faults: Fault[] = [];
  if (period === 'contest') {
    faults.push({ pointer: 'period', detail: 'must be day, week or month: a league goes up and down after each' });
  }
  if (league.promote + league.demote > league.size) {
    faults.push({ pointer: 'league/demote', detail: 'must leave room: no more go up and down than a cohort has' });
  }
  return faults;
}

function instantWinFaults({ kind, instantWin }: Workable): Fault[] {
  if (kind !== 'instant_win') {
    return instantWin ? [{ pointer: 'instantWin', detail: 'must be null: only an instant win has plays' }] : [];
  }
  if (!instantWin) return [{ pointer: 'instantWin', detail: 'is required for the kind instant_win' }];
  const chance = instantWin.prizes.reduce((sum, { oneIn }) => sum + 1 / oneIn, 0);
  return chance > 1 + Number.EPSILON * 20
    ? [
        {
          pointer: 'instantWin/prizes',
          detail: 'must not win more often than every play: the chances add up to more than 1',
        },
      ]
    : [];
}

function prizeFaults({ kind, prizes }: Workable): Fault[] {
  const faults = prizes.flatMap(({ atPoints }, index): Fault[] => {
    const pointer = `prizes/${index}/atPoints`;
    if (kind === 'milestone')
      return atPoints === undefined ? [{ pointer, detail: 'is required for the kind milestone' }] : [];
    return atPoints === undefined
      ? []
      : [{ pointer, detail: 'must be left out: only a milestone is reached by points' }];
  });
  const winners = prizes.reduce((sum, prize) => sum + prize.winners, 0);
  if (winners > mostWinners)
    faults.push({ pointer: 'prizes', detail: `must have no more than ${mostWinners} winners in all` });
  return faults;
}

/** Where chance decides and no beacon is asked, somebody must be able to look the numbers up. */
function drawFaults({ kind, tiePolicy, draw }: Workable): Fault[] {
  const faults = repeated(draw.numbers).map((index) => ({
    pointer: `draw/numbers/${index}`,
    detail: 'must be named once only',
  }));
  const byChance = kind === 'raffle' || tiePolicy === 'draw';
  if (byChance && draw.source === 'numbers' && draw.numbers.length === 0) {
    faults.push({ pointer: 'draw/numbers', detail: 'must name the public numbers that decide' });
  }
  return faults;
}
