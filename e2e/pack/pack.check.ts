import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { promised } from '../../scripts/build.mjs';
import { packages, root } from '../../scripts/paths.mjs';
import { type Consumer, createConsumer, entries } from './consumer.ts';

let consumer: Consumer;
beforeAll(async () => {
  consumer = await createConsumer();
});
afterAll(() => consumer?.remove());

/** Runs a file of the consumer on Node. */
async function runs(path: string, text: string) {
  consumer.write(path, text);
  const { code, output } = await consumer.run('node', [path]);
  expect(output).toMatch(/done\s*$/);
  expect(code).toBe(0);
}

test('every package is there', () => {
  expect(consumer.packages.map(({ manifest }) => manifest.name).sort()).toEqual(
    packages.map((name) => `@laurelkit/${name}`).sort(),
  );
});

test('nothing of the workspace is left in a manifest', () => {
  for (const { manifest } of consumer.packages) {
    expect(JSON.stringify(manifest.exports)).not.toContain('"source"');
    expect(JSON.stringify(manifest.exports)).not.toContain('/src/');
    expect(JSON.stringify(manifest.dependencies ?? {})).not.toContain('workspace:');
  }
});

test('every file a manifest promises is packed', () => {
  for (const { folder, manifest } of consumer.packages) {
    const missing = promised([manifest.exports, manifest.bin, 'README.md', 'LICENSE']).filter(
      (file) => !existsSync(join(folder, file)),
    );
    expect(missing, manifest.name).toEqual([]);
  }
});

test('ESM can import every entry, also where there is no DOM', async () => {
  const names = consumer.packages.flatMap((installed) => entries(installed, 'import'));
  expect(names.length).toBeGreaterThan(0);
  await runs('import.mjs', `${names.map((name) => `await import('${name}');\n`).join('')}console.log('done');\n`);
});

test('CommonJS can require every entry that says so', async () => {
  const names = consumer.packages.flatMap((installed) => entries(installed, 'require'));
  expect(names.length).toBeGreaterThan(0);
  await runs('require.cjs', `${names.map((name) => `require('${name}');\n`).join('')}console.log('done');\n`);
});

/** Uses of ours that are faults: they are found only where the types are really there. */
const misuses = `
import { createClient } from '@laurelkit/sdk';
import { createLaurel } from '@laurelkit/server-adapter';
// @ts-expect-error a secret is a text
createLaurel({ secret: 1 });
// @ts-expect-error a client needs its options
createClient(1);
`;

describe.each(['tsc', 'tsc6'])('types with %s', (compiler) => {
  // CommonJS by way of `nodenext`: what we depend on is partly ESM only, which Node can require and `node16` does not know.
  test.each([
    ['node16', 'node16', 'import'],
    ['nodenext', 'nodenext', 'require'],
    ['esnext', 'bundler', 'import'],
  ] as const)('module %s, resolution %s, by %s', async (module, moduleResolution, condition) => {
    const names = consumer.packages.flatMap((installed) =>
      entries(installed, 'types').filter(
        (name) => condition === 'import' || entries(installed, 'require').includes(name),
      ),
    );
    const imports = names.map((name, index) => `export * as entry${index} from '${name}';\n`);
    const file = `types.${condition === 'require' ? 'cts' : 'mts'}`;
    consumer.write(file, imports.join('') + misuses);
    const compilerOptions = {
      module,
      moduleResolution,
      target: 'ES2022',
      lib: ['ES2024', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
      types: ['node'],
      strict: true,
      noEmit: true,
    };
    consumer.write('tsconfig.json', JSON.stringify({ compilerOptions, files: [file] }));
    const { output } = await consumer.run(compiler, ['--project', '.', '--pretty', 'false']);
    // Faults inside other people's types are not ours.
    const foreign = /node_modules\/(?!@laurelkit\/)/;
    expect(output.split('\n').filter((line) => line.includes('error TS') && !foreign.test(line))).toEqual([]);
  });
});

test('the server runs on PGlite and says that it lives', async () => {
  await runs(
    'server.mjs',
    `import { createLaurel } from '@laurelkit/server-adapter';
const laurel = await createLaurel({ secret: 'a-secret-for-the-packed-package-only', dataDir: './data' });
const response = await laurel.fetch(new Request('http://localhost/api/livez'));
if (response.status !== 200) throw new Error(response.status + ' ' + (await response.text()));
await laurel.close();
console.log('done');
`,
  );
});

test('the server of the README runs as it stands there, and serves API and widget', async () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const server = /```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  expect(server).toContain('app.listen(3000);');
  const ask = `const server = app.listen(0, async () => {
  const ask = async (path) => (await fetch('http://127.0.0.1:' + server.address().port + path)).status;
  for (const path of ['/api/livez', '/laurel/laurel.js', '/laurel/laurel-live.js']) {
    if ((await ask(path)) !== 200) throw new Error(path + ' ' + (await ask(path)));
  }
  // Nobody but the probe asks, and the server becomes ready all the same.
  for (let tries = 0; (await ask('/api/readyz')) !== 200; tries++) {
    if (tries === 100) throw new Error('never ready');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await laurel.close();
  console.log('done');
  process.exit(0);
});`;
  const secret = `process.env.LAUREL_SECRET = 'a-secret-for-the-packed-package-only';\n`;
  await runs('readme.mjs', secret + server.replace('app.listen(3000);', ask));
});

test('the command of the server tells how it is used', async () => {
  const command = consumer.packages.find(({ manifest }) => manifest.bin);
  const { code, output } = await consumer.run('node', [
    join(command?.folder ?? '', Object.values(command?.manifest.bin ?? {})[0] ?? ''),
    '--help',
  ]);
  expect(output).toContain('laurel');
  expect(code).toBe(0);
});
