import { randomUUID } from 'node:crypto';
import { migrate } from '../src/db/migrate.ts';
import { migrations } from '../src/db/migrations/index.ts';
import { pgliteStorage } from '../src/db/pglite.ts';
import { openPool, postgresStorage } from '../src/db/postgres.ts';
import type { Storage } from '../src/db/storage.ts';
import { sharedEmbedded } from './embedded.ts';
import { databaseUrl } from './support.ts';

/** The storage of this run as one more node has it. Whoever asks closes it. */
export const openTestStorage = async (): Promise<Storage> =>
  databaseUrl
    ? postgresStorage(openPool(databaseUrl, { connections: 3 }), { own: true })
    : pgliteStorage(await sharedEmbedded());

/** A schema as it was before a migration. */
export async function schemaBefore(migration: string): Promise<{ schema: string }> {
  const schema = `laurel_test_${randomUUID().slice(0, 8)}`;
  const storage = await openTestStorage();
  const index = migrations.findIndex(({ name }) => name === migration);
  await migrate(storage, schema, migrations.slice(0, index));
  await storage.close();
  return { schema };
}
