import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pack } from '../../scripts/pack.mjs';
import { bin, root } from '../../scripts/paths.mjs';
import { run } from '../../scripts/process.mjs';

/** What a package's manifest says once it is packed. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: Record<string, unknown>;
  readonly bin?: Record<string, string>;
  readonly dependencies?: Record<string, string>;
}

/** One package as its users get it. */
export interface Installed {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** A fresh project that has installed the packed packages, and nothing of this repository. */
export interface Consumer {
  readonly folder: string;
  readonly packages: readonly Installed[];
  /** Runs a command in the project. */
  run(command: string, commandArguments: string[]): Promise<{ code: number; output: string }>;
  /** Writes a file of the project. */
  write(path: string, text: string): void;
  remove(): void;
}

/** What a user's own project brings: types that ours refer to, and Express for its mount. */
function companions() {
  const read = (folder: string) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')).devDependencies;
  const server = read('packages/server-adapter');
  return {
    '@types/node': read('.')['@types/node'],
    '@types/express': server['@types/express'],
    '@types/pg': server['@types/pg'],
    express: server.express,
  };
}

/** Packs the packages and installs them into a new project with npm. */
export async function createConsumer(): Promise<Consumer> {
  const tarballs = await pack();
  const folder = mkdtempSync(join(tmpdir(), 'laurel-consumer-'));
  const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
  const ours: Record<string, string> = {};
  for (const [name, tarball] of Object.entries(tarballs)) {
    cpSync(tarball, join(folder, basename(tarball)));
    ours[`@laurelkit/${name}`] = `file:./${basename(tarball)}`;
  }
  const manifest = {
    name: 'consumer',
    private: true,
    type: 'module',
    dependencies: { ...ours, ...companions() },
    // The packages name each other by version, which no registry has before the release.
    overrides: Object.fromEntries(Object.keys(ours).map((name) => [name, `$${name}`])),
  };
  write('package.json', JSON.stringify(manifest, null, 2));

  const { code, output } = await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], {
    cwd: folder,
    capture: true,
  });
  if (code !== 0) throw new Error(`npm cannot install the packed packages:\n${output}`);

  const scope = join(folder, 'node_modules', '@laurelkit');
  const packages = readdirSync(scope).map((name) => ({
    folder: join(scope, name),
    manifest: JSON.parse(readFileSync(join(scope, name, 'package.json'), 'utf8')) as Manifest,
  }));
  return {
    folder,
    packages,
    write,
    run: (command, commandArguments) => run(join(bin, command), commandArguments, { cwd: folder, capture: true }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The entries of a package that a condition leads to, as they are written in an import. */
export function entries({ manifest }: Installed, condition: 'import' | 'require' | 'types'): string[] {
  const leads = (target: unknown): boolean =>
    typeof target === 'object' &&
    target !== null &&
    Object.entries(target).some(
      ([key, value]) => key === condition || (condition === 'import' && key === 'default') || leads(value),
    );
  return Object.entries(manifest.exports)
    .filter(([, target]) => leads(target))
    .map(([entry]) => manifest.name + entry.slice(1));
}
