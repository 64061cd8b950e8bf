import { createHash, createHmac } from 'node:crypto';

/** The token that proves that somebody reads the mail of a request's address: 256 bits that nobody can make without the key. */
export const confirmationToken = (key: Buffer, requestId: string): string =>
  createHmac('sha256', key).update(requestId).digest('base64url');

/** What of a token is kept. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url');
