import pg from 'pg';
import { type House, openHouse, type Sql } from './house.ts';

/** A house on PostgreSQL, with a connection of the bench's own beside it. */
export interface PostgresHouse extends House {
  url: string;
  /** One connection, with named prepared statements. */
  client: pg.Client;
  run: Sql;
}

/** Opens a house on PostgreSQL in a new schema; `close` drops what it made. */
export async function openPostgresHouse(url: string, name: string, options = {}): Promise<PostgresHouse> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const names = new Map<string, string>();
  const run: Sql = async (text, values) => {
    const known = names.get(text) ?? `bench_${names.size}`;
    names.set(text, known);
    const { rows } = await client.query(values ? { name: known, text, values } : text);
    return rows as never;
  };
  const schema = `bench_${name}_${process.pid}`;
  const house = await openHouse({ database: url, ...options }, schema, run);
  return {
    ...house,
    url,
    client,
    run,
    close: async () => {
      await house.close();
      await client.query(`drop schema if exists "${schema}", "${schema}_raw" cascade`);
      await client.end();
    },
  };
}
