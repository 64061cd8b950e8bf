import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { enlist } from '../src/db/enlist.ts';
import { migrations, titleOf } from '../src/db/migrations/index.ts';
import { createLaurel } from '../src/index.ts';
import { directory, laurel, laurelProcess, secret, start } from './command.ts';
import { databaseUrl, inHostTransaction, isWaitedFor } from './support.ts';

const schema = `laurel_cli_${Math.random().toString(36).slice(2, 8)}`;

describe('the command laurel', () => {
  it('helps, and says how it is used when it is used wrongly', async () => {
    const help = await laurelProcess(['help']);
    expect(help.code).toBe(0);
    for (const name of ['serve', 'migrate', 'keys', 'doctor', 'recount', 'verify', 'import', 'export'])
      expect(help.text).toContain(`laurel ${name}`);
    expect(await laurelProcess(['nonsense'])).toMatchObject({ code: 2 });
    const wrong = await laurel(['keys', 'create', 'golden']);
    expect(wrong.code).toBe(2);
    expect(wrong.errors).toContain('Usage: laurel keys create');
    expect((await laurel(['recount', '--nonsense'])).errors).toContain('--nonsense');
  });

  it('migrates once, and prints the SQL for a DBA', async () => {
    expect(await laurel(['migrate', '--schema', schema])).toMatchObject({
      code: 0,
      text: migrations.map((each) => `Applied ${titleOf(each)}\n`).join(''),
    });
    expect((await laurel(['migrate', '--schema', schema])).text).toBe('Already up to date.\n');
    const printed = await laurel(['migrate', '--print', '--schema', 'elsewhere']);
    expect(printed.text).toMatch(/^begin;[\s\S]*create table participant[\s\S]*commit;/);
  });

  it('makes, lists and revokes keys', async () => {
    const made = await laurel(['keys', 'create', 'publishable', '--origin', 'https://a.example', '--schema', schema]);
    const key = made.text.split('\n')[0] ?? '';
    expect(key).toMatch(/^pk_[\w-]{32}$/);
    const list = await laurel(['keys', 'list', '--schema', schema]);
    expect(list.text).toContain('https://a.example');
    expect(list.text).not.toContain(key);
    const id = list.text.split(' ')[0] ?? '';
    expect((await laurel(['keys', 'revoke', id, '--schema', schema])).code).toBe(0);
    expect((await laurel(['keys', 'list', '--schema', schema])).text).toContain('revoked');
    expect((await laurel(['keys', 'revoke', id, '--schema', schema])).code).toBe(1);
    const bad = await laurel(['keys', 'create', 'publishable', '--origin', 'a.example/path', '--schema', schema]);
    expect(bad).toMatchObject({ code: 2 });
  });

  it('finds what is wrong and says how to mend it', async () => {
    const good = await laurel(['doctor', '--schema', schema]);
    expect(good.code, good.text).toBe(0);
    expect(good.text).not.toContain('MEND');
    const weak = await laurel(['doctor', '--schema', schema], { LAUREL_SECRET: 'short' });
    expect(weak).toMatchObject({ code: 1 });
    expect(weak.text).toMatch(/MEND {2}secret .*randomBytes/);
    const unmigrated = await laurel(['doctor', '--schema', `${schema}_new`]);
    expect(unmigrated.text).toMatch(/MEND {2}migrations .*laurel migrate/);
    const gone = await laurel(['doctor', '--database', 'postgres://nobody@127.0.0.1:1/none']);
    expect(gone.text).toMatch(/MEND {2}database /);
  });

  it('finds a standing that is not what the ledger says, and rebuilds it', async () => {
    const host = createLaurel({
      secret,
      schema,
      jobs: false,
      ...(databaseUrl ? { database: databaseUrl } : { dataDir: directory }),
    });
    const { api } = host;
    await api.programs.create({ slug: 'friends', name: 'Friends', landingUrl: 'https://shop.example/' });
    await api.contests.create({
      program: 'friends',
      slug: 'spring',
      name: 'Spring',
      startsAt: '2020-01-01T00:00:00Z',
      endsAt: '2120-01-01T00:00:00Z',
      scoring: [{ event: 'referral', points: 3 }],
    });
    for (const externalId of ['ada', 'bob']) await api.participants.upsert({ externalId });
    const { referralCode } = await api.programs.me({ program: 'friends', participant: 'ada' });
    await api.referrals.create({ program: 'friends', participant: 'bob', referralCode });
    await host.close();
    expect(await laurel(['recount', '--schema', schema])).toMatchObject({ code: 0 });

    const { openStorage } = await import('../src/open.ts');
    const { settle } = await import('../src/options.ts');
    const opened = await openStorage(
      settle({ secret, ...(databaseUrl ? { database: databaseUrl } : { dataDir: directory }) }),
    );
    await opened.query(`update "${schema}".standing set score = 4`);
    await opened.close();

    const found = await laurel(['recount', '--schema', schema]);
    expect(found).toMatchObject({ code: 1 });
    expect(found.text).toContain('kept 4@1  ledger 3@1');
    expect(await laurel(['recount', '--rebuild', '--schema', schema])).toMatchObject({ code: 0 });
    expect((await laurel(['recount', '--schema', schema])).text).toContain('No difference');
  });

  it('prints a board as it was, as CSV', async () => {
    const board = async (...words: string[]) =>
      laurel(['recount', '--schema', schema, '--contest', 'spring', ...words]);
    const header = 'rank,denseRank,ordinal,name,score,tiedWith,id\r\n';
    const now = await board();
    expect(now, now.errors).toMatchObject({ code: 0 });
    // One id in 64 begins with a dash: the file keeps spreadsheets from taking it for a formula.
    expect(now.text).toMatch(new RegExp(`^${header}1,1,1,Guest [2-9B-Z]{4},3,0,'?[\\w-]{16}\r\n$`));
    expect((await board('--at', '1')).text).toBe(now.text);
    expect((await board('--at', '0')).text).toBe(header);
    expect((await board('--at', '2020-01-01T00:00:00Z')).text).toBe(header);
    expect((await board('--window', 'period')).text).toBe(now.text);
    expect(await board('--window', 'week')).toMatchObject({ code: 2 });
    expect(await board('--at', 'yesterday')).toMatchObject({ code: 2 });
    expect(await board('--rebuild')).toMatchObject({ code: 2 });
    expect((await laurel(['recount', '--schema', schema, '--contest', 'none'])).errors).toContain('no contest "none"');
  });

  describe('serve', () => {
    let server: ReturnType<typeof start>;
    let base: string;

    beforeAll(async () => {
      server = start(['serve', '--port', '0', '--schema', schema]);
      await vi.waitFor(() => expect(server.output.text).toContain('ready http://'), { timeout: 60_000 });
      base = /ready (\S+)/.exec(server.output.text)?.[1] ?? '';
    });

    it('answers once it says ready', async () => {
      expect(await (await fetch(`${base}/api/readyz`)).json()).toEqual({ status: 'ok' });
    });

    // PostgreSQL serves any number of processes.
    if (!databaseUrl)
      it('keeps a second process out of the embedded storage, naming its pid', async () => {
        const second = await laurel(['keys', 'list', '--schema', schema]);
        expect(second).toMatchObject({ code: 1 });
        expect(second.errors).toContain(`in use by process ${server.child.pid}`);
      });

    it('says so when the port is taken', async () => {
      const blocker = createServer().listen(0, '127.0.0.1');
      await once(blocker, 'listening');
      const { port } = blocker.address() as AddressInfo;
      const other = await mkdtemp(join(tmpdir(), 'laurel-cli-'));
      const refused = await laurel(['serve', '--port', String(port)], databaseUrl ? {} : { LAUREL_DATA_DIR: other });
      expect(refused).toMatchObject({ code: 2 });
      expect(refused.errors).toContain(`Port ${port} is taken`);
      blocker.close();
      await rm(other, { recursive: true, force: true });
    });

    it('ends cleanly when asked to', async () => {
      server.child.kill('SIGTERM');
      expect(await server.ended).toBe(0);
    });
  });

  // One process has embedded storage to itself: there nothing waits for another.
  it.runIf(databaseUrl).each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends at %s, whatever it waits for', async (signal, code) => {
    await inHostTransaction(async (transaction) => {
      await enlist(transaction).query(`lock table "${schema}".contest in access exclusive mode`);
      const { child, ended } = start(['recount', '--schema', schema]);
      await isWaitedFor(transaction);
      child.kill(signal);
      expect(await ended).toBe(code);
    });
  });
});
