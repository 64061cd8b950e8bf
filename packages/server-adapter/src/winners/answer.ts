import type { Winner } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import { unseal } from '../access/seal.ts';
import type { Database } from '../db/database.ts';
import type { ContestRow, Row } from '../db/references.ts';
import { shownNames } from '../shown-names.ts';

/** What answers about winners need. */
export interface WinnerKeys {
  /** Derived for the purpose `board-id`. */
  board: Buffer;
  /** Derived for the purpose `claim`. */
  claim: Buffer;
}

type WinnerRow = Row<'contest_winner'> & { external_id: string; display_name: string | null; email: string | null };

/** All winners with whom they are. */
const selectWinners = (schema: string) => `
select winner.*, participant.external_id, participant.display_name, contact.email
from ${schema}.contest_winner winner
join ${schema}.participant on participant.id = winner.participant_id
left join ${schema}.participant_contact contact on contact.participant_id = winner.participant_id`;

/** Where a claim is sealed: it opens nowhere else. */
export const claimSeal = (winnerId: string): string => `winner:${winnerId}`;

/** What was written into a claim form. */
export const readClaim = (key: Buffer, winnerId: string, sealed: string): Record<string, string> =>
  JSON.parse(unseal(key, sealed, claimSeal(winnerId)));

/** A page of winners by place, after this one. */
export const winnersAfter = (
  { query, schema }: Database,
  contestId: string,
  after: readonly [place: number, number: number],
  limit: number,
): Promise<WinnerRow[]> =>
  query(
    `${selectWinners(schema)} where winner.contest_id = $1 and (winner.place, winner.number) > ($2::bigint, $3::bigint)
     order by winner.place, winner.number limit $4`,
    [contestId, ...after, limit],
  );

/** One winner of a contest. */
export const winnerById = ({ query, schema }: Database, id: string): Promise<WinnerRow[]> =>
  query(`${selectWinners(schema)} where winner.id = $1`, [id]);

/** Winners of one contest as the host sees them. */
export async function winnerAnswers(
  database: Database,
  keys: WinnerKeys,
  contest: Pick<ContestRow, 'id' | 'settings'>,
  rows: readonly WinnerRow[],
): Promise<z.output<typeof Winner>[]> {
  const participants = rows.map(({ participant_id }) => participant_id);
  const names = await shownNames(database, keys.board, contest, participants);
  return rows.map((row) => ({
    id: row.id,
    place: row.place,
    prize: contest.settings.prizes[row.prize]?.name ?? '',
    entryId: row.entry_id,
    name: names.get(row.participant_id)?.name ?? '',
    state: row.state,
    participant: row.participant_id,
    externalId: row.external_id,
    displayName: row.display_name,
    email: row.email,
    notifiedAt: row.notified_at?.toISOString() ?? null,
    claimBy: row.claim_by?.toISOString() ?? null,
    claimedAt: row.claimed_at?.toISOString() ?? null,
    claim: row.claim === null ? null : readClaim(keys.claim, row.id, row.claim),
    replaces: row.replaces,
  }));
}
