import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { packageFolder, packages, root } from './paths.mjs';
import { Problem } from './problem.mjs';
import { isMain, main, run } from './process.mjs';
import { setup } from './setup.mjs';
import { filesUnder, hashOf, isDone, markDone } from './stamp.mjs';

/** What a build reads. @param {string} folder */
const sources = (folder) => [
  ...filesUnder(join(folder, 'src')),
  ...readdirSync(folder)
    .filter((name) => /\.(json|ts|mts|js|mjs)$/.test(name))
    .map((name) => join(folder, name)),
];

/** Every file a package promises to its users. @param {unknown} entry @returns {string[]} */
export function promised(entry) {
  if (typeof entry === 'string') return [entry];
  return entry && typeof entry === 'object' ? Object.values(entry).flatMap(promised) : [];
}

/** What a package promises and does not have. @param {string} folder */
function missing(folder) {
  const { publishConfig, exports, bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return promised([publishConfig?.exports ?? exports, bin]).filter((file) => !existsSync(join(folder, file)));
}

/** What came of a build: its sources and the files it left. @param {string} folder @param {string} hash */
const built = (folder, hash) =>
  hashOf([], [hash, ...filesUnder(join(folder, 'dist')).map((file) => relative(folder, file))]);

/** Builds each package whose sources, or those of what it is built from, have changed. */
export async function build() {
  let hash = hashOf([join(root, 'tsconfig.base.json'), join(root, 'pnpm-lock.yaml')]);
  const base = hash;
  for (const name of packages) {
    const folder = packageFolder(name);
    const own = hashOf(sources(folder), [name === 'sdk' ? base : hash]);
    if (name === 'sdk') hash = own;
    if (isDone(`build-${name}`, built(folder, own)) && missing(folder).length === 0) continue;

    console.log(`Building packages/${name} …`);
    rmSync(join(folder, 'dist'), { recursive: true, force: true });
    const { code, output } = await run('npm', ['run', 'build', '--silent'], { cwd: folder, capture: true });
    if (code !== 0) throw new Problem(`packages/${name} does not build:\n${output}`);
    const absent = missing(folder);
    if (absent.length > 0) {
      throw new Problem(`packages/${name} builds without what its package.json promises: ${absent.join(', ')}`);
    }
    markDone(`build-${name}`, built(folder, own));
  }
}

if (isMain(import.meta.url)) {
  await main(async () => {
    await setup();
    await build();
  });
}
