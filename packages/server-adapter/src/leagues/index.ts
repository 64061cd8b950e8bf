import type { ContestRow } from '../db/references.ts';
import type { Handlers } from '../handlers.ts';
import { isHiddenFrom } from '../hidden-board.ts';
import { callerOrNamed, visibleContest } from '../http/subject.ts';
import { LaurelProblem } from '../problem.ts';
import { type ShownName, shownNames } from '../shown-names.ts';
import type { LeagueKeeper } from './keep.ts';
import { moves } from './outcomes.ts';
import { type CohortFacts, type CohortRow, readCohort } from './read-cohort.ts';
import { leagueOf } from './settings.ts';

/** What cohorts need of the house. */
export interface LeagueServices {
  /** Derived for the purpose `board-id`. */
  key: Buffer;
  keeper: LeagueKeeper;
}

/** Cohorts of a league. */
export function leagues({ key, keeper }: LeagueServices): Pick<Handlers<'leaderboards'>, 'cohort'> {
  return {
    cohort: async ({ contest: reference, participant, at }, context) => {
      const contest = await visibleContest(reference, context);
      if (contest.settings.kind !== 'league' || contest.period === 'contest') {
        throw new LaurelProblem('contest_kind_conflict', `"${contest.slug}" is no league: it has no cohorts.`);
      }
      const participantId = await callerOrNamed(context, participant);
      const instant = at === undefined ? context.now : new Date(at);
      const read = () => readCohort(context.database, contest.id, participantId, instant);
      let facts = await read();
      // Another transaction would wait for the one this call may be in.
      if (facts.scored && facts.level === null && !context.enlisted) {
        await keeper.keep(contest.id);
        facts = await read();
      }
      const hidden = isHiddenFrom(context.caller, contest);
      const rows = hidden ? [] : facts.rows;
      const ids = rows.map((row) => row.participantId);
      const names = await shownNames(context.database, key, contest, ids, participantId);
      return {
        startsAt: facts.starts_at.toISOString(),
        endsAt: facts.ends_at.toISOString(),
        state: contest.phase,
        seq: Number(facts.seq),
        participants: rows.length,
        hidden,
        cohort: hidden ? null : cohortAnswer(facts, contest),
        items: rows.flatMap((row) => rowAnswer(row, names.get(row.participantId), participantId)),
      };
    },
  };
}

function cohortAnswer({ level, cohort, outcome, rows }: CohortFacts, contest: ContestRow) {
  if (level === null || cohort === null) return null;
  const league = leagueOf(contest.settings.league);
  return {
    division: league.divisions[level - 1] ?? '',
    level,
    number: cohort,
    ...moves(rows.length, level, league),
    outcome,
  };
}

function rowAnswer({ participantId, ...place }: CohortRow, shown: ShownName | undefined, self: string) {
  if (!shown) return [];
  const { entryId: id, name, avatarUrl } = shown;
  return [{ id, name, avatarUrl, ...place, overall: null, self: participantId === self }];
}
