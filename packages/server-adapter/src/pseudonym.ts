import { createHmac } from 'node:crypto';

/**
 * The id of a participant on one board and nowhere else: an HMAC (RFC 2104) of contest and participant under the
 * installation's key, so that two boards cannot be joined and the host's ids cannot be guessed.
 */
export function boardId(key: Buffer, contestId: string, participantId: string): string {
  return createHmac('sha256', key).update(`${contestId}/${participantId}`).digest('base64url').slice(0, 16);
}

const signs = '23456789BCDFGHJKMNPQRSTVWXYZ';

/** The name shown for somebody who chose none, such as `Guest 7K4D`; the same on this board at every visit. */
export function pseudonym(id: string, what = 'Guest'): string {
  const bytes = Buffer.from(id, 'base64url');
  return `${what} ${[0, 1, 2, 3].map((index) => signs[(bytes[index] ?? 0) % signs.length]).join('')}`;
}
