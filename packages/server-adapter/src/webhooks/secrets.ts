import { randomBytes } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { seal, unseal } from '../access/seal.ts';
import type { Database } from '../db/database.ts';

/** Signing secrets are kept sealed, each for its endpoint alone. */
export interface Secrets {
  /** Gives an endpoint a new secret and answers it; those before it sign on for so many hours. */
  renew(database: Database, endpointId: string, keepHours: number): Promise<string>;
  /** Opens the sealed secrets of an endpoint. */
  open(endpointId: string, sealed: readonly string[]): string[];
}

/** Makes the secrets of an installation; `key` seals them. */
export function createSecrets(key: Buffer): Secrets {
  return {
    renew: async (database, endpointId, keepHours) => {
      const secret = `whsec_${randomBytes(32).toString('base64')}`;
      const { schema } = database;
      await database.query(
        `update ${schema}.webhook_secret set expires_at = now() + make_interval(hours => $2)
         where endpoint_id = $1 and expires_at = 'infinity'`,
        [endpointId, keepHours],
      );
      await database.query(`insert into ${schema}.webhook_secret (id, endpoint_id, sealed) values ($1, $2, $3)`, [
        uuidv7(),
        endpointId,
        seal(key, secret, endpointId),
      ]);
      return secret;
    },
    open: (endpointId, sealed) => sealed.map((each) => unseal(key, each, endpointId)),
  };
}

/** SQL: the sealed secrets an endpoint signs with now, the newest first, five at most: rotations in a row pile up. */
export const secretsInUse = (schema: string, endpointId: string) => `array(
  select sealed from ${schema}.webhook_secret
  where webhook_secret.endpoint_id = ${endpointId} and expires_at > now() order by id desc limit 5)`;
