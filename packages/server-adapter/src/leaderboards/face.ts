import { boardId, pseudonym } from '../pseudonym.ts';
import type { Recent } from '../recent.ts';
import type { ShownAs } from './names.ts';
import type { Place } from './rank.ts';
import type { PublicRow } from './stretch.ts';

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
export const faceOf = ({ id, guest }: Badge, shown: ShownAs | undefined, version: number): Face => ({
  id,
  guest,
  name: shown?.displayName ?? guest,
  avatarUrl: shown?.avatarUrl ?? null,
  version,
});

/** The row of a board as anybody may see it. */
export const publicRow = (
  { rank, denseRank, ordinal, score, tiedWith, seq }: Place & { score: number; seq: number },
  { id, name, avatarUrl }: Pick<Face, 'id' | 'name' | 'avatarUrl'>,
): PublicRow => ({ id, name, avatarUrl, rank, denseRank, ordinal, score, tiedWith, seq });
