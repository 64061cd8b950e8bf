import { run } from './process.mjs';

/** The release of pnpm that wrote the lock file. */
export const pnpmVersion = '12.21.0';

/**
 * Runs pnpm, brought by npm where it is missing.
 * @param {string[]} pnpmArguments @param {import('./process.mjs').RunOptions} [options]
 */
export const pnpm = (pnpmArguments, options) =>
  run('npx', ['--yes', `pnpm@${pnpmVersion}`, ...pnpmArguments], {
    ...options,
    // Without a terminal pnpm refuses to replace a `node_modules` of another layout unless it is told that nobody is there.
    env: { CI: 'true', ...options?.env },
  });
