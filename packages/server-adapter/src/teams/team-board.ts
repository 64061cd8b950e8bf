import type { Context } from '../context.ts';
import type { Handlers } from '../handlers.ts';
import { isHiddenFrom } from '../hidden-board.ts';
import { readCursor, writeCursor } from '../http/cursor.ts';
import { boardId, pseudonym } from '../pseudonym.ts';
import { contestOfTeams } from './contest-of-teams.ts';
import type { KeptTeams } from './kept-teams.ts';
import { indexAfter, readRankedTeams } from './ranked-teams.ts';

const ownTeamId = (schema: string) => `
select team_id from ${schema}.contest_team_member where contest_id = $1 and participant_id = $2`;

/** The id of the caller's own team. */
async function teamOf({ caller, database }: Context, contestId: string): Promise<string | null> {
  if (caller.kind !== 'participant') return null;
  const { query, schema } = database;
  const [row] = await query<{ team_id: string }>(ownTeamId(schema), [contestId, caller.id]);
  return row?.team_id ?? null;
}

/**
 * The board of teams.
 * @param key - derived for the purpose `board-id`
 */
export function teamBoard(key: Buffer, kept: KeptTeams): Pick<Handlers<'leaderboards'>, 'teams'> {
  return {
    teams: async ({ contest: reference, limit, cursor }, context) => {
      const contest = await contestOfTeams(reference, context);
      const after = cursor === undefined ? null : readCursor(cursor, ['integer', 'integer', 'id']);
      // Somebody else's transaction may hold what others must not see, nor be answered from what they do.
      const { seq, teams } = await (context.enlisted
        ? readRankedTeams(context.database, contest.id)
        : kept.of(contest.id));
      const own = await teamOf(context, contest.id);
      const hidden = isHiddenFrom(context.caller, contest);
      const from = after ? indexAfter(teams, after) : 0;
      const page = hidden ? [] : teams.slice(from, from + limit);
      const last = page.at(-1);
      return {
        startsAt: contest.starts_at.toISOString(),
        endsAt: contest.ends_at.toISOString(),
        state: contest.phase,
        seq,
        hidden,
        teams: teams.length,
        items: page.map(({ id, name, seq: _, ...row }) => {
          // Names are words of participants: where those are not shown, their teams' are not either.
          const shown = id === own || contest.settings.names === 'shown';
          return { ...row, id, own: id === own, name: shown ? name : pseudonym(boardId(key, contest.id, id), 'Team') };
        }),
        nextCursor: last && from + limit < teams.length ? writeCursor([last.score, last.seq, last.id]) : null,
      };
    },
  };
}
