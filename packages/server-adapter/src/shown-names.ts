import type { Database } from './db/database.ts';
import type { ContestRow } from './db/references.ts';
import { boardId, pseudonym } from './pseudonym.ts';

/** A participant as one contest shows them to everybody. */
export interface ShownName {
  /** Of this contest's boards alone. */
  entryId: string;
  /** The name they chose, or a pseudonym of this contest. */
  name: string;
  avatarUrl: string | null;
}

/** SQL: whether the contest `contest` shows what the participant `participant_id` (SQL) chose to be called. */
export const showsName = (schema: string, participantId: string) => `(case contest.settings ->> 'names'
  when 'pseudonyms' then false
  when 'opt_in' then exists (
    select from ${schema}.contest_entrant
    where contest_entrant.contest_id = contest.id and contest_entrant.participant_id = ${participantId} and show_name)
  else true end)`;

/** SQL: the columns `display_name` and `avatar_url` of `participant` as `contest` shows them to everybody: null where it does not. */
export const shownColumns = (schema: string, participantId: string) => `
  case when ${showsName(schema, participantId)} then participant.display_name end as display_name,
  case when ${showsName(schema, participantId)} then participant.avatar_url end as avatar_url`;

/**
 * Names for everything that shows participants of a contest: the one place that decides whose real name is seen.
 * @param key - derived for the purpose `board-id`
 * @param self - who is asking: they see what they chose themself
 * @returns by participant
 */
export async function shownNames(
  { query, schema }: Database,
  key: Buffer,
  contest: Pick<ContestRow, 'id'>,
  participantIds: readonly string[],
  self: string | null = null,
): Promise<Map<string, ShownName>> {
  const rows = await query<{ id: string; display_name: string | null; avatar_url: string | null; shows: boolean }>(
    `select participant.id, participant.display_name, participant.avatar_url,
       participant.id is not distinct from $3::uuid or ${showsName(schema, 'participant.id')} as shows
     from ${schema}.participant join ${schema}.contest on contest.id = $1 where participant.id = any($2::uuid[])`,
    [contest.id, participantIds, self],
  );
  return new Map(
    rows.map(({ id, display_name, avatar_url, shows }) => {
      const entryId = boardId(key, contest.id, id);
      const name = (shows ? display_name : null) ?? pseudonym(entryId);
      return [id, { entryId, name, avatarUrl: shows ? avatar_url : null }];
    }),
  );
}
