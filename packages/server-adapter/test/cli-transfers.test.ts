import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createLaurel } from '../src/index.ts';
import { directory, laurel, secret, start } from './command.ts';
import { databaseUrl, storageName } from './support.ts';

const schemaOf = (name: string) => `laurel_cli_${name}_${Math.random().toString(36).slice(2, 8)}`;
const [schema, fresh, killed] = [schemaOf('a'), schemaOf('b'), schemaOf('c')];

/** Works on a schema of the commands' storage as a host would. */
async function asHost<Result>(name: string, work: (host: ReturnType<typeof createLaurel>) => Promise<Result>) {
  const host = createLaurel({
    ...{ secret, schema: name, jobs: false, background: false },
    ...(databaseUrl ? { database: databaseUrl } : { dataDir: directory }),
  });
  try {
    return await work(host);
  } finally {
    await host.close();
  }
}

const file = async (name: string, text: string) => {
  const path = join(directory, name);
  await writeFile(path, text);
  return path;
};

const program = { slug: 'friends', name: 'Friends', landingUrl: 'https://shop.example/' };

describe(`laurel import and export (${storageName})`, () => {
  beforeAll(async () => {
    for (const name of [schema, fresh, killed]) await asHost(name, ({ api }) => api.programs.create(program));
  }, 60_000);

  it('says what is missing', async () => {
    const bad = [
      ['import', 'x.csv', '--program', 'friends'],
      ['import', 'x.csv', '--from', 'csv'],
      ['import', '--from', 'csv', '--program', 'friends'],
      ['import', 'nothing.csv', '--from', 'csv', '--program', 'friends'],
      ['import', 'x.csv', '--from', 'csv', '--program', 'friends', '--map', 'email'],
      ['export', '--program', 'friends'],
      ['export', '--program', 'friends', '--out', directory, '--format', 'xml'],
    ];
    for (const words of bad) {
      const { code, errors } = await laurel([...words, '--schema', schema]);
      expect([code, errors], words.join(' ')).toEqual([2, expect.stringContaining('Usage: laurel')]);
    }
  }, 60_000);

  it('imports CSV with semicolons, quotes, a byte order mark and broken lines, trial first', async () => {
    const path = await file(
      'people.csv',
      '\ufeffE-mail;Code;Created\r\n"ann@example.com";"annscode";2024-01-01\r\nbroken"quote;x;2024-01-01\r\n\r\nbob@example.com;"bob";"2024-01-02 03:04:05"\r\n',
    );
    const words = ['import', path, '--from', 'csv', '--program', 'friends', '--schema', schema];
    const mapped = [...words, '--map', 'email=E-mail', '--map', 'code=Code', '--map', 'createdAt=Created'];
    const unmapped = await laurel(words);
    expect([unmapped.code, unmapped.errors]).toEqual([1, expect.stringContaining('import_columns_unknown')]);
    const trial = await laurel([...mapped, '--dry-run']);
    expect(trial.text, trial.errors).toContain('3 rows of csv table, 2 in, 1 refused (nothing was changed)');
    expect(trial.text).toMatch(/line 3 refused: .*(e-mail|CSV)/);
    const done = await laurel([...mapped, '--json']);
    const [report] = JSON.parse(done.text);
    expect(report).toMatchObject({ state: 'done', made: { participants: 2, codes: 2 }, rows: { done: 2, refused: 1 } });
    expect((await laurel(mapped)).text).toContain('made 2 participants');
    const withoutSecret = await laurel(mapped, { LAUREL_SECRET: '' });
    expect(withoutSecret.errors).toContain('LAUREL_SECRET');
  }, 60_000);

  it('imports JSON as products’ APIs answer it, and exports what a fresh Laurel takes in', async () => {
    const partners = {
      result: [
        {
          id: 'pn_1',
          name: 'Ann',
          email: 'ann.partner@example.com',
          tenantId: 'user-ann',
          links: [{ key: 'ann-partner' }],
        },
      ],
    };
    const commissions = [
      {
        ...{
          id: 'cm_1',
          type: 'sale',
          amount: 5000,
          earnings: 1000,
          currency: 'usd',
          status: 'paid',
          invoiceId: 'in_1',
        },
        ...{ createdAt: '2024-03-01T00:00:00.000Z', updatedAt: '2024-04-01T00:00:00.000Z' },
        partner: { id: 'pn_1', email: 'ann.partner@example.com', name: 'Ann' },
        customer: {
          id: 'cus_1',
          externalId: 'user-bob',
          email: 'bob.c@example.com',
          createdAt: '2024-02-01T00:00:00.000Z',
        },
      },
    ];
    const files = [
      await file('partners.json', JSON.stringify(partners)),
      await file('commissions.ndjson', commissions.map((each) => JSON.stringify(each)).join('\n')),
    ];
    const dub = await laurel(['import', ...files, '--from', 'dub', '--program', 'friends', '--schema', schema]);
    expect(dub.code, dub.errors).toBe(0);
    expect(dub.text).toContain('1 rows of dub partners, 1 in');
    expect(dub.text).toContain('made 1 participants, 0 codes, 1 referrals, 1 conversions, 1 rewards paid in the past');

    const out = join(directory, 'out');
    for (const format of ['ndjson', 'csv']) {
      const words = ['export', '--program', 'friends', '--out', out, '--format', format, '--schema', schema];
      const exported = await laurel(words);
      expect(exported.code, exported.errors).toBe(0);
    }
    expect(await readFile(join(out, 'participants.csv'), 'utf8')).toContain('user-bob');
    const tables = ['participants', 'codes', 'referrals', 'conversions', 'past-rewards'];
    const paths = tables.map((table) => join(out, `${table}.${table === 'codes' ? 'csv' : 'ndjson'}`));
    const again = await laurel(['import', ...paths, '--from', 'laurel', '--program', 'friends', '--schema', fresh]);
    expect(again.code, again.errors).toBe(0);
    expect(again.text).not.toMatch(/refused: |in, but: /);
    const numbers = (name: string) =>
      asHost(name, async ({ api }) => (await api.programs.me({ program: 'friends', participant: 'user-ann' })).counts);
    expect(await numbers(fresh)).toEqual(await numbers(schema));
    expect(await numbers(fresh)).toMatchObject({ referrals: 1, qualified: 1, conversions: 1 });
  }, 90_000);

  it('killed in the middle, it continues and each row goes in once', async () => {
    const people = 5000;
    const lines = Array.from(
      { length: people },
      (_, n) => `p${n},code-${n},${n === 0 ? '' : 'p0'},c${n},100,EUR,2024-01-01`,
    );
    const header = 'externalId,code,referrerExternalId,conversionId,amountMinor,currency,convertedAt';
    const path = await file('many.csv', `${[header, ...lines].join('\n')}\n`);
    const words = ['import', path, '--from', 'csv', '--program', 'friends', '--schema', killed, '--json'];
    // In the middle of reading, and twice in the middle of applying; then it is left alone.
    for (const sign of ['read ', 'applied ', 'applied ', null]) {
      const { child, output, ended } = start(words);
      child.stderr.on('data', () => {
        if (sign !== null && output.errors.includes(sign)) child.kill('SIGKILL');
      });
      const code = await ended;
      expect(code, output.errors).toBe(sign === null ? 0 : null);
      if (code === null) continue;
      const [report] = JSON.parse(output.text);
      expect(report).toMatchObject({
        rows: { all: people, done: people, waiting: 0, refused: 0 },
        made: { participants: people, codes: people, referrals: people - 1, conversions: people },
      });
    }
    await asHost(killed, async ({ api }) => {
      const { counts } = await api.programs.me({ program: 'friends', participant: 'p0' });
      expect(counts).toMatchObject({ referrals: people - 1, qualified: people - 1, conversions: people - 1 });
    });
  }, 180_000);
});
