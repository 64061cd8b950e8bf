import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder, packages, tools } from './paths.mjs';
import { pnpm } from './pnpm.mjs';
import { Problem } from './problem.mjs';
import { isMain, main } from './process.mjs';

/**
 * Packs the published packages as they would be uploaded. Needs a build.
 * @returns {Promise<Record<string, string>>} the tarball of each
 */
export async function pack() {
  /** @type {Record<string, string>} */
  const tarballs = {};
  for (const name of packages) {
    const folder = join(tools, 'packed', name);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const { code, output } = await pnpm(['pack', '--pack-destination', folder], {
      cwd: packageFolder(name),
      capture: true,
    });
    const [tarball] = readdirSync(folder);
    if (code !== 0 || !tarball) throw new Problem(`packages/${name} cannot be packed:\n${output}`);
    tarballs[name] = join(folder, tarball);
  }
  return tarballs;
}

if (isMain(import.meta.url)) await main(async () => console.log(await pack()));
