import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkLinks } from './links.mjs';
import { pack } from './pack.mjs';
import { bin, packages, root } from './paths.mjs';
import { run } from './process.mjs';

/** @typedef {{ name: string, run: () => Promise<import('./process.mjs').Outcome> }} Check */

/** @param {string} name @param {string} command @param {string[]} commandArguments @returns {Check} */
const tool = (name, command, commandArguments) => ({
  name,
  run: () => run(join(bin, command), commandArguments, { capture: true }),
});

/** Every folder with types to check. */
const typed = ['packages', 'examples', 'e2e', '.']
  .flatMap((parent) =>
    existsSync(join(root, parent)) ? readdirSync(join(root, parent)).map((name) => join(parent, name)) : [],
  )
  .filter((folder) => existsSync(join(root, folder, 'tsconfig.json')));

/** @type {Promise<Record<string, string>> | undefined} */
let packed;
const tarball = async (/** @type {string} */ name) => {
  packed ??= pack();
  return (await packed)[name] ?? '';
};

/**
 * What the widget leaves out on purpose: it is ESM only, and its scripts for a page have no types.
 * @type {Record<string, string[]>}
 */
const leftOut = {
  widget: ['--ignore-rules', 'cjs-resolves-to-esm', '--exclude-entrypoints', 'laurel.js', 'loader.js'],
};

/** @type {Check[]} */
export const checks = [
  tool('biome', 'biome', ['check', '--error-on-warnings', '.']),
  ...typed.flatMap((folder) => [
    tool(`types ${folder} (TypeScript 7)`, 'tsc', ['--project', folder]),
    tool(`types ${folder} (TypeScript 6)`, 'tsc6', ['--project', folder]),
  ]),
  ...packages.flatMap((name) => [
    {
      name: `publint ${name}`,
      run: async () => run(join(bin, 'publint'), ['run', '--strict', await tarball(name)], { capture: true }),
    },
    {
      name: `attw ${name}`,
      run: async () => {
        const options = ['--profile', 'node16', '--format', 'ascii', '--no-color', ...(leftOut[name] ?? [])];
        return run(join(bin, 'attw'), [await tarball(name), ...options], { capture: true });
      },
    },
  ]),
  tool('size-limit', 'size-limit', []),
  tool('knip', 'knip', ['--no-progress']),
  { name: 'links', run: checkLinks },
];
