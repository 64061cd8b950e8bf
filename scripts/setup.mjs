import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bin, root } from './paths.mjs';
import { pnpm, pnpmVersion } from './pnpm.mjs';
import { Problem } from './problem.mjs';
import { isMain, main, run } from './process.mjs';
import { hashOf, isDone, markDone } from './stamp.mjs';

const folders = (/** @type {string} */ parent) =>
  existsSync(join(root, parent)) ? readdirSync(join(root, parent)).map((name) => join(root, parent, name)) : [];

/** Everything that decides what an install brings. */
const manifests = () =>
  [root, ...folders('packages'), ...folders('examples'), join(root, 'e2e'), join(root, 'bench')]
    .map((folder) => join(folder, 'package.json'))
    .concat(join(root, 'pnpm-lock.yaml'), join(root, 'pnpm-workspace.yaml'))
    .filter((file) => existsSync(file));

/** Installs the dependencies, Node 26 among them, unless they are the ones already there. */
export async function setup() {
  if (Number.parseInt(process.versions.node, 10) < 20) {
    throw new Problem(`Node 20 or newer is needed; this is ${process.version}.`);
  }
  const hash = hashOf(manifests(), [pnpmVersion, process.platform, process.arch]);
  if (isDone('setup', hash) && existsSync(join(bin, 'node'))) return;

  console.log('Installing dependencies …');
  const { code } = await pnpm(['install', '--frozen-lockfile']);
  if (code !== 0) {
    throw new Problem(
      'The dependencies could not be installed: see the lines above.\n' +
        'Without a network, check that the npm registry can be reached. After a change to a package.json, bring the\n' +
        `lock file up to date: npx pnpm@${pnpmVersion} install`,
    );
  }
  const node = await run(join(bin, 'node'), ['--version'], { capture: true });
  if (node.code !== 0 || !node.output.startsWith('v26.')) {
    throw new Problem(`Node 26 from npm does not run on this machine: ${node.output.trim() || 'no answer'}`);
  }
  markDone('setup', hash);
}

if (isMain(import.meta.url)) await main(setup);
