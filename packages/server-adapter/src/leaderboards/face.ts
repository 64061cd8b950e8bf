import type { ContestSettings } from '../db/contest-tables.ts';
import { boardId, pseudonym } from '../pseudonym.ts';
import type { Recent } from '../recent.ts';
import type { ShownAs } from './names.ts';
import type { Place } from './rank.ts';
import type { PublicRow, ShownRow } from './stretch.ts';

/** Whose names a contest shows. */
export type NamePolicy = ContestSettings['names'];

/** What a participant is called on one board: made by HMAC, so worth keeping. */
export interface Badge {
  id: string;
  guest: string;
}

/** Whom a row shows. */
export interface Face extends Badge {
  name: string;
  avatarUrl: string | null;
  /** Of the names it was made from; when those have another, it may be wrong. */
  version: number;
  /** The policy it was made by: under another one it is wrong. */
  policy: NamePolicy;
}

/** The faces of a board last seen, by slot: what a read needs to know of its rows at once. */
export type Faces = Recent<Face, number>;

/** The same text in one piece of memory: V8 writes JSON half as fast where it meets one made of several. */
const inOnePiece = (text: string): string => JSON.parse(JSON.stringify(text));

/** What a participant is called on a board; `key` is the installation's for such ids. */
export const badgeOf = (key: Buffer, contestId: string, participantId: string): Badge => {
  const id = boardId(key, contestId, participantId);
  return { id: inOnePiece(id), guest: inOnePiece(pseudonym(id)) };
};

/** The face under a badge, with what its participant chose to show. */
export const faceOf = (
  { id, guest }: Badge,
  shown: ShownAs | undefined,
  version: number,
  policy: NamePolicy,
): Face => ({
  id,
  guest,
  name: shown?.displayName ?? guest,
  avatarUrl: shown?.avatarUrl ?? null,
  version,
  policy,
});

/** Whether a face can be shown as it is. */
export const isCurrent = (face: Face | undefined, version: number, policy: NamePolicy): face is Face =>
  face !== undefined && face.version === version && face.policy === policy;

/** The row of a board as anybody may see it. */
export const publicRow = (
  { rank, denseRank, ordinal, score, tiedWith, seq }: Place & { score: number; seq: number },
  { id, name, avatarUrl }: Pick<Face, 'id' | 'name' | 'avatarUrl'>,
): PublicRow => ({ id, name, avatarUrl, rank, denseRank, ordinal, score, tiedWith, seq });

/** Rows as SQL answers them, as anybody may see them. */
export const publicRows = (key: Buffer, contestId: string, rows: readonly ShownRow[]): PublicRow[] =>
  rows.map((row) => {
    const { id, guest } = badgeOf(key, contestId, row.participantId);
    return publicRow(row, { id, name: row.displayName ?? guest, avatarUrl: row.avatarUrl });
  });
