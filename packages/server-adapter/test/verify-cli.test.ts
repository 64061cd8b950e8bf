import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canonicalJson, commitmentHash } from '@laurelkit/sdk/draws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeEvidence, receiptFor, testChain } from '../../sdk/test/draws.ts';
import { UsageError } from '../src/cli/command.ts';
import { verify } from '../src/cli/verify.ts';

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const entries = ['ann', 'ben', 'cem', 'dea'].map((id, index) => ({ id, weight: index + 1, seq: index }));
const evidence = makeEvidence({
  kind: 'raffle',
  tiePolicy: 'earliest',
  prizes: [{ name: 'Cup', winners: 2 }],
  entries,
});
const receipt = receiptFor(evidence.contest.id, entries, 'cem');
const { hash, publicKey, period, genesis, scheme } = testChain;
const info = { public_key: publicKey, period, genesis_time: genesis, hash, schemeID: scheme, metadata: {} };

describe('laurel verify', () => {
  let folder: string;
  const at = (name: string) => join(folder, `${name}.json`);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'laurel-verify-'));
    const changed = { ...evidence, entries: evidence.entries.map(([id, weight, seq]) => [id, weight + 1, seq]) };
    const files = { evidence, receipt, info, changed, stolen: { ...receipt, entryId: 'dea' }, nothing: null };
    for (const [name, value] of Object.entries(files)) await writeFile(at(name), JSON.stringify(value));
    await writeFile(at('broken'), '{');
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const run = async (...words: string[]) => {
    const lines: string[] = [];
    const terminal = {
      print: (line: string) => void lines.push(line),
      complain: () => {},
      stopped: new Promise<number>(() => {}),
    };
    return { code: await verify.run(words, terminal), text: lines.join('\n') };
  };

  it('says of each step that it holds, and that the draw is what was promised', async () => {
    const { code, text } = await run(at('evidence'), '--receipt', at('receipt'), '--chain', at('info'));
    expect(text).not.toContain('✗');
    for (const name of [
      'format',
      'commitments',
      'freeze',
      'entries',
      'root',
      'randomness',
      'order',
      'winners',
      'receipt',
    ]) {
      expect(text).toContain(`✓ ${name}`);
    }
    expect(text).toContain('The draw is what was promised.');
    expect(code).toBe(0);
  });

  it('says what does not hold', async () => {
    const { code, text } = await run(at('changed'), '--receipt', at('receipt'), '--chain', at('info'));
    expect(code).toBe(1);
    expect(text).toContain('✓ commitments');
    expect(text).toMatch(/✗ root .*The root counts/);
    expect(text).toMatch(/✗ receipt .*listed with 4, not with 3/);
    expect(text).toContain('Do not trust this draw');
    expect(await run(at('evidence'), '--receipt', at('stolen'), '--chain', at('info'))).toMatchObject({ code: 1 });
    expect((await run(at('nothing'))).text).toContain('✗ format');
  });

  it('checks the plays of an instant win by what was committed', async () => {
    const seed = createHash('sha256').update('seed').digest('hex');
    const prizes = [{ name: 'Mug', oneIn: 1, stock: 2 }];
    const seedHash = createHash('sha256').update(Buffer.from(seed, 'hex')).digest('hex');
    const before = JSON.parse(evidence.commitments[0]?.document ?? '');
    const document = canonicalJson({ ...before, kind: 'instant_win', instantWin: { seedHash, prizes } });
    const committedAt = '2026-01-01T00:00:00.000Z';
    const draw = { commitments: [{ version: 1, document, hash: commitmentHash(document), committedAt }] };
    const items = ['Mug', 'Mug', null].map((prize, index) => ({
      ...{ number: index + 1, prize, entryId: 'ann', playedAt: '2026-01-02T00:00:00.000Z' },
    }));
    const pages = items.map((item) => ({ items: [item], seed }));
    const stolen = [...pages.slice(0, 2), { items: [{ ...items[2], prize: 'Mug' }], seed }];
    const files = { draw, pages, stolen, page: { items, seed }, early: { items, seed: null } };
    for (const [name, value] of Object.entries(files)) await writeFile(at(name), JSON.stringify(value));
    for (const name of ['pages', 'page']) {
      const { code, text } = await run(at('draw'), '--plays', at(name));
      expect(text).not.toContain('✗');
      expect(text).toContain('The plays are what was promised.');
      expect(code).toBe(0);
    }
    const { code, text } = await run(at('draw'), '--plays', at('stolen'));
    expect(code).toBe(1);
    expect(text).toMatch(/✗ plays: plays .*Play 3 comes to nothing, not to Mug/);
    for (const [first, second] of [
      ['draw', 'early'],
      ['draw', 'draw'],
      ['info', 'page'],
    ] as const)
      await expect(run(at(first), '--plays', at(second))).rejects.toThrow(UsageError);
    expect((await run(at('evidence'), '--plays', at('page'), '--chain', at('info'))).text).toMatch(
      /✗ plays: commitment/,
    );
  });

  it('trusts a beacon of the host only when it is told to', async () => {
    const { code, text } = await run(at('evidence'));
    expect(code).toBe(1);
    expect(text).toContain('not one that is known');
  });

  it('asks for what it needs', async () => {
    for (const words of [
      [],
      ['a.json', 'b.json'],
      [at('missing')],
      [at('broken')],
      [at('evidence'), '--chain', at('receipt')],
      [at('evidence'), '--nonsense'],
      ['-', '--receipt', '-'],
    ]) {
      await expect(run(...words)).rejects.toThrow(UsageError);
    }
  });

  it('reads what comes in, without a database or a secret, and ends with 0, 1 or 2', async () => {
    const command = async (input: string, ...words: string[]) => {
      const child = spawn(process.execPath, ['--conditions=source', main, 'verify', ...words], {
        env: { PATH: process.env.PATH },
        cwd: folder,
      });
      const output = { text: '', errors: '' };
      child.stdout.on('data', (chunk) => (output.text += chunk));
      child.stderr.on('data', (chunk) => (output.errors += chunk));
      child.stdin.end(input);
      const [code] = await once(child, 'close');
      return { code, ...output };
    };
    expect(await command(JSON.stringify(evidence), '-', '--chain', 'info.json')).toMatchObject({ code: 0, errors: '' });
    expect(await command('{}', '-')).toMatchObject({ code: 1 });
    const wrong = await command('no JSON', '-');
    expect(wrong).toMatchObject({ code: 2 });
    expect(wrong.errors).toContain('Usage: laurel verify');
  });
});
