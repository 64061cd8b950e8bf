import type { OwnTeam } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import type { Context } from '../context.ts';
import { isHiddenFrom } from '../hidden-board.ts';
import { shownNames } from '../shown-names.ts';
import type { ContestOfTeams } from './contest-of-teams.ts';

const statement = (schema: string) => `
select team.id, team.name, team.invite_code, member.participant_id, coalesce(standing.score, 0)::text as score
from ${schema}.contest_team_member own
join ${schema}.contest_team team on team.contest_id = own.contest_id and team.id = own.team_id
join ${schema}.contest_team_member member on member.contest_id = own.contest_id and member.team_id = own.team_id
left join ${schema}.standing on standing.contest_id = own.contest_id and standing.period_start = '-infinity'
  and standing.participant_id = member.participant_id
where own.contest_id = $1 and own.participant_id = $2`;

/** Order of members while scores are hidden: by when they joined. Otherwise by score, then by who reached it first. */
const orderedBy = (hidden: boolean) =>
  hidden
    ? 'order by member.joined_at, member.participant_id'
    : 'order by coalesce(standing.score, 0) desc, standing.seq, member.joined_at, member.participant_id';

interface Row {
  id: string;
  name: string;
  invite_code: string;
  participant_id: string;
  score: string;
}

/**
 * A participant's team as they see it: themself by the name they chose, the others as the contest shows them.
 * @param key - derived for the purpose `board-id`
 * @returns `null` for whoever is in none
 */
export async function ownTeam(
  { database, caller }: Pick<Context, 'database' | 'caller'>,
  key: Buffer,
  contest: ContestOfTeams,
  participantId: string,
): Promise<z.output<typeof OwnTeam> | null> {
  const hidden = isHiddenFrom(caller, contest);
  const text = `${statement(database.schema)} ${orderedBy(hidden)}`;
  const rows = await database.query<Row>(text, [contest.id, participantId]);
  const [team] = rows;
  if (!team) return null;
  const ids = rows.map(({ participant_id }) => participant_id);
  const names = await shownNames(database, key, contest, ids, participantId);
  return {
    id: team.id,
    name: team.name,
    inviteCode: team.invite_code,
    members: rows.flatMap((row) => {
      const shown = names.get(row.participant_id);
      if (!shown) return [];
      const score = hidden ? null : Number(row.score);
      return [{ id: shown.entryId, name: shown.name, score, self: row.participant_id === participantId }];
    }),
  };
}
