import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printMigrations } from '../src/db/migrate.ts';
import type { Laurel } from '../src/index.ts';
import { databaseUrl, eventually, plainLaurel, seed, sql, storageName } from './support.ts';

const logger = pino({ level: 'silent' });

const readiness = async (laurel: Laurel) => (await laurel.fetch(new Request('https://shop.example/api/readyz'))).status;

describe(`a start that failed (${storageName})`, () => {
  it('leaves nothing, says that it is not ready, and works once its cause is gone', async () => {
    const laurel = await plainLaurel({ logger });
    const ran: unknown[] = [];
    laurel.job('contest.started', 'greet', ({ payload }) => void ran.push(payload));
    await laurel.migrate();
    // To pg-boss this looks as if all of its own were there.
    await sql(laurel, `create schema "${laurel.schema}_jobs"`);
    await sql(laurel, `create table "${laurel.schema}_jobs".version (none text)`);
    for (let turn = 0; turn < 3; turn++) await expect(laurel.start()).rejects.toThrow(/create_queue/);
    expect(await readiness(laurel)).toBe(503);
    await expect(laurel.start()).rejects.toThrow(/create_queue/);

    await sql(laurel, `drop schema "${laurel.schema}_jobs" cascade`);
    expect(
      await eventually(
        () => readiness(laurel),
        (status) => status === 200,
      ),
    ).toBe(200);
    await seed(laurel.api);
    await eventually(
      () => ran,
      () => ran.length > 0,
    );
    expect(ran).toHaveLength(1);
    await laurel.close();
  });
});

// Roles and connections are PostgreSQL's alone.
describe.skipIf(!databaseUrl)('a role that may create nothing', () => {
  const role = `laurel_app_${randomUUID().slice(0, 8)}`;
  const admin = new pg.Client({ connectionString: databaseUrl });
  const connections = async (query = '%') => {
    const text = 'select count(*)::int as n from pg_stat_activity where usename = $1 and query ilike $2';
    return (await admin.query<{ n: number }>(text, [role, query])).rows[0]?.n;
  };

  beforeAll(async () => {
    await admin.connect();
    await admin.query(`create role ${role} login password 'app'`);
  });
  afterAll(async () => {
    await admin.query(`drop owned by ${role}`);
    await admin.query(`drop role ${role}`);
    await admin.end();
  });

  it('runs on what a DBA has made, and holds one connection to hear on, however often it had to try', async () => {
    const url = new URL(databaseUrl ?? '');
    url.username = role;
    url.password = 'app';
    const laurel = await plainLaurel({ database: url.href, migrations: 'manual', logger });
    await admin.query(printMigrations(laurel.schema));
    await admin.query(`grant usage on schema ${laurel.schema} to ${role}`);
    await admin.query(`grant select, insert, update, delete on all tables in schema ${laurel.schema} to ${role}`);
    await admin.query(`grant usage on all sequences in schema ${laurel.schema} to ${role}`);
    for (let turn = 0; turn < 3; turn++) await expect(laurel.start()).rejects.toThrow(/permission denied/);
    expect(
      await eventually(
        () => connections('listen%'),
        (n) => n === 0,
      ),
    ).toBe(0);

    await admin.query(`create schema ${laurel.schema}_jobs authorization ${role}`);
    await laurel.start();
    expect(await connections('listen%')).toBe(1);
    expect(await readiness(laurel)).toBe(200);
    await seed(laurel.api);
    await laurel.close();
    expect(await eventually(connections, (n) => n === 0)).toBe(0);
  });
});
