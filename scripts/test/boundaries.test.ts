import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { exampleViolations, packageViolations, serverViolations } from '../boundaries.mjs';
import { packageFolder, packages, root } from '../paths.mjs';

// All files of the packages are read: that takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** Every entry that somebody who installed the packages can import. */
const published = new Set(
  packages.flatMap((name) => {
    const manifest = JSON.parse(readFileSync(join(packageFolder(name), 'package.json'), 'utf8'));
    return Object.keys(manifest.publishConfig.exports).map((entry) => manifest.name + entry.slice(1));
  }),
);

test('packages import of each other only what the design names', () => {
  expect(packageViolations(root)).toEqual([]);
});

test('modules of the server meet through events, and the ground under them knows none', () => {
  expect(serverViolations(root)).toEqual([]);
});

test('examples use only what is published', () => {
  expect(exampleViolations(root, published)).toEqual([]);
});

let folder = '';
afterEach(() => {
  if (folder) rmSync(folder, { recursive: true });
  folder = '';
});

/** A repository of these files alone. */
function repository(files: Record<string, string>) {
  folder = mkdtempSync(join(tmpdir(), 'laurel-boundaries-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** A server of these files alone. */
const server = (files: Record<string, string>) =>
  repository(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`packages/server-adapter/src/${path}`, text])),
  );

test.each([
  ['a module in a module', "import { grade } from '../courses/index.ts';"],
  ['its type', "import type { Grade } from '../courses/index.ts';"],
  ['a re-export of it', "export * from '../courses/grade.ts';"],
  ['a later import of it', "const courses = () => import('../courses/index.ts');"],
  ['the wiring', "import { createLaurel } from '../index.ts';"],
  ['what reaches the wiring', "import { createTestLaurel } from '../testing.ts';"],
])('finds %s', (_, text) => {
  const files = {
    'index.ts': "import './courses/index.ts'; import './rewards/index.ts';",
    'testing.ts': "import { createLaurel } from './index.ts';",
    'courses/index.ts': '',
    'rewards/index.ts': text,
  };
  expect(serverViolations(server(files))).toHaveLength(1);
});

test('finds a module in the ground', () => {
  const files = { 'db/database.ts': "import type { Row } from '../courses/tables.ts';", 'courses/index.ts': '' };
  expect(serverViolations(server(files))).toEqual([
    'packages/server-adapter/src/db/database.ts imports packages/server-adapter/src/courses/tables.ts: db knows no module',
  ]);
});

test('lets modules use the ground, access and audit', () => {
  const files = {
    'context.ts': '',
    'access/index.ts': '',
    'audit/index.ts': '',
    'rewards/index.ts':
      "import '../db/database.ts'; import '../context.ts'; import '../access/index.ts'; import '../audit/index.ts';",
  };
  expect(serverViolations(server(files))).toEqual([]);
});

test('finds what a package may not import', () => {
  const files = {
    'packages/sdk/src/index.ts': "import '@laurelkit/widget';",
    'packages/widget/src/index.ts': "import { contract } from '@laurelkit/sdk/contract';",
    'packages/widget/src/types.ts': "import type { Contest } from '@laurelkit/sdk/contract';",
    'packages/server-adapter/src/index.ts': "import '../../sdk/src/errors.ts';",
  };
  expect(packageViolations(repository(files))).toHaveLength(3);
});

test('finds what an example could not import', () => {
  const files = {
    'examples/express/src/server.ts':
      "import '@laurelkit/sdk'; import '@laurelkit/sdk/src/errors.ts'; import '../../../packages/sdk';",
  };
  expect(exampleViolations(repository(files), new Set(['@laurelkit/sdk']))).toHaveLength(2);
});
