import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../src/cli/command.ts';
import { fraud } from '../src/cli/fraud.ts';
import { createLaurel } from '../src/index.ts';
import { databaseUrl, eventually, refer, seed, storageName } from './support.ts';

const schema = `laurel_fraud_${Math.random().toString(36).slice(2, 8)}`;

describe(`laurel fraud dry-run (${storageName})`, () => {
  let folder: string;
  let where: string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'laurel-fraud-'));
    const storage = databaseUrl ? { database: databaseUrl } : { dataDir: folder };
    where = databaseUrl ? ['--database', databaseUrl, '--schema', schema] : ['--data-dir', folder, '--schema', schema];
    const laurel = createLaurel({
      ...storage,
      schema,
      secret: 'a secret for tests only: 0123456789abcdef',
      jobs: false,
    });
    await seed(laurel.api, ['ada', 'bob', 'cleo']);
    await laurel.api.participants.upsert({ externalId: 'ada', email: 'ada@own.example' });
    await laurel.api.participants.upsert({ externalId: 'bob', email: 'ada+bob@own.example' });
    await refer(laurel.api, 'ada', 'bob');
    await refer(laurel.api, 'ada', 'cleo');
    const { items } = await eventually(
      () => laurel.api.reviews.list({}),
      ({ waiting }) => waiting === 1,
    );
    await laurel.api.reviews.decide({ reviews: [items[0]?.id ?? ''], decision: 'rejected', reason: 'One person.' });
    await laurel.close();
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    if (!databaseUrl) return;
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query(`drop schema if exists "${schema}" cascade`);
    await client.end();
  });

  const run = async (...words: string[]) => {
    const lines: string[] = [];
    const terminal = {
      print: (line: string) => void lines.push(line),
      complain: () => {},
      stopped: new Promise<number>(() => {}),
    };
    const code = await fraud.run(['dry-run', ...words, ...where], terminal);
    return { code, text: lines.join('\n') };
  };

  it('prints what would have been held, and how that agrees with reviewers', async () => {
    const { code, text } = await run('--program', 'friends');
    expect(code).toBe(0);
    expect(text).toContain('friends, the last 90 days, mode normal: 2 referrals');
    expect(text).toContain('would pass 1, be held 1, be rejected 0');
    expect(text).toMatch(/precision .*: 100 %/);
    expect(text).toMatch(/recall .*: 100 %/);
    expect(text).toMatch(/same_email +1 +1 {2}100 %/);
  });

  it('takes a mode, days and weights of a file, and prints JSON', async () => {
    const file = join(folder, 'weights.json');
    await writeFile(file, '{ "same_email": 0 }');
    expect((await run('--program', 'friends', '--mode', 'strict', '--days', '7')).text).toContain('be rejected 1');
    const { text } = await run('--program', 'friends', '--weights', file, '--json');
    expect(JSON.parse(text)).toMatchObject({ referrals: 2, passed: 2, held: 0, bySignal: [] });
  });

  it.each([
    ['--program', 'friends', '--mode', 'harsh'],
    ['--program', 'friends', '--days', '0'],
    ['--program', 'friends', '--weights', '/nowhere.json'],
    [],
  ])('says how it is used when it is used wrongly: %s %s %s %s', async (...words) => {
    await expect(run(...words)).rejects.toBeInstanceOf(UsageError);
  });

  it('says so when there is no such programme', async () => {
    await expect(run('--program', 'nothing')).rejects.toThrow('nothing');
  });
});
