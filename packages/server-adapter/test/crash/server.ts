/**
 * A host process to be killed: Laurel over HTTP, and `/order`, which writes an order of the host's own and the conversion
 * in one transaction. It pays payouts and hands out coupons. Prints its port when it is ready.
 */
import { createServer } from 'node:http';
import { flushCompileCache } from 'node:module';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import type { DrawOptions } from '../../src/draw-options.ts';
import { createLaurel, openEmbedded } from '../../src/index.ts';
import { nodeHandler } from '../../src/node.ts';

const { STORAGE = '', SCHEMA = '', SECRET_KEY = '', DRAWS, CLOCK } = process.env;
const pool = STORAGE.startsWith('postgres') ? new pg.Pool({ connectionString: STORAGE }) : null;
const embedded = pool ? null : await openEmbedded(STORAGE);

const databaseOf = () => {
  const found = pool ?? embedded?.pglite;
  if (!found) throw new Error('STORAGE is missing');
  return found;
};

const laurel = createLaurel({
  secret: 'a secret for tests only: 0123456789abcdef',
  database: databaseOf(),
  schema: SCHEMA,
  keys: [{ key: SECRET_KEY }],
  limits: false,
  jobs: false,
  ...(DRAWS && { draws: JSON.parse(DRAWS) as DrawOptions }),
  ...(CLOCK && { clock: () => new Date(CLOCK) }),
  // A bank and a shop that tell repetitions by the id.
  payouts: {
    pay: async ({ id, minor }) => {
      await run(`insert into ${SCHEMA}.host_paid (id, minor) values ($1, $2) on conflict do nothing`, [id, minor]);
    },
  },
  rewards: {
    fulfil: async ({ id }) => {
      await run(`insert into ${SCHEMA}.host_coupon (id) values ($1) on conflict do nothing`, [id]);
      return { code: `CODE-${id}` };
    },
  },
});
const run = async (text: string, values: unknown[] = []) => {
  await (pool ? pool.query(text, values) : embedded?.pglite.query(text, values));
};
await run(`create schema if not exists ${SCHEMA}`);
await run(`create table if not exists ${SCHEMA}.host_order (id text primary key)`);
await run(`create table if not exists ${SCHEMA}.host_paid (id text primary key, minor bigint not null)`);
await run(`create table if not exists ${SCHEMA}.host_coupon (id text primary key)`);
await laurel.start();

async function order(id: string): Promise<void> {
  const work = async (tx: { query(text: string, values: unknown[]): Promise<{ rows: unknown[] }> }) => {
    await tx.query(`insert into ${SCHEMA}.host_order (id) values ($1)`, [id]);
    await laurel.api
      .with(tx)
      .conversions.create({ program: 'friends', participant: 'bob', event: 'purchase', idempotencyKey: id });
  };
  if (embedded) return embedded.pglite.transaction(work);
  const client = await (pool as pg.Pool).connect();
  try {
    await client.query('begin');
    await work(client);
    await client.query('commit');
  } finally {
    client.release();
  }
}

const handle = nodeHandler(laurel);
const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://host');
  if (url.pathname !== '/order') return void handle(request, response);
  order(url.searchParams.get('id') ?? '').then(
    () => response.writeHead(201).end(),
    () => response.writeHead(500).end(),
  );
});
// Who is killed keeps nothing.
flushCompileCache();
server.listen(0, () => console.log((server.address() as AddressInfo).port));
