import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { startPostgres } from '../../scripts/postgres.mjs';
import { temporaryFolder } from './server.ts';

/** Where a server under test keeps its data. */
export interface Storage {
  env: Record<string, string>;
  remove(): Promise<void>;
}

/** Embedded storage in a new folder. */
export async function embedded(): Promise<Storage> {
  const folder = await temporaryFolder();
  return { env: { LAUREL_DATA_DIR: folder.path }, remove: folder.remove };
}

/** A new database on a real PostgreSQL. */
export async function postgres(): Promise<Storage> {
  const folder = await temporaryFolder();
  const server = await startPostgres();
  const name = `shop_${randomBytes(6).toString('hex')}`;
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  await statement(server.url, `create database ${name}`);
  return {
    env: { LAUREL_DATA_DIR: folder.path, DATABASE_URL: url.href },
    remove: async () => {
      await statement(server.url, `drop database ${name} with (force)`);
      await server.stop();
      await folder.remove();
    },
  };
}

async function statement(connectionString: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(text);
  await client.end();
}
