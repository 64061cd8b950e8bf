import { hkdfSync } from 'node:crypto';
import { LaurelConfigurationError } from '../problem.ts';

/** What a key derived from the installation's secret is for; each purpose has a key of its own. */
export type Purpose =
  | 'participant-token'
  | 'staff-token'
  | 'click-cookie'
  | 'board-id'
  | 'person'
  | 'join-token'
  | 'webhook-secret'
  | 'claim'
  | 'draw-receipt'
  | 'contest-form'
  | 'instant-seed';

const shortest = 32;

/** Derives the key of a purpose from the installation's secret (HKDF-SHA-256, RFC 5869): 32 bytes. */
export function deriveKey(secret: string, purpose: Purpose): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `laurel/${purpose}`, 32));
}

/**
 * Refuses a secret that could be guessed.
 * @throws LaurelConfigurationError with the way to make a good one
 */
export function assertStrongSecret(secret: string | undefined): asserts secret is string {
  if (secret !== undefined && secret.length >= shortest && new Set(secret).size >= 10) return;
  throw new LaurelConfigurationError(
    `Laurel needs a "secret" of at least ${shortest} varied characters (LAUREL_SECRET). Make one with: node -e "console.log(require('node:crypto').randomBytes(32).toString('base64url'))"`,
  );
}
