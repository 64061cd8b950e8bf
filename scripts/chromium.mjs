import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptInstall } from './apt.mjs';
import { bin, root, tools } from './paths.mjs';
import { Problem } from './problem.mjs';
import { isMain, main, run } from './process.mjs';

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macApplication = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** @param {string} path */
function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A browser the machine already has. @returns {string[]} */
const installed = () =>
  commands
    .flatMap((command) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, command)))
    .concat(macApplication)
    .filter(executable);

/** @param {string} text */
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * The Chromium that npm brought, unpacked once with the libraries and fonts it needs, behind a command that sets both.
 * @returns {Promise<string[]>}
 */
async function fromNpm() {
  const manifest = join(root, 'node_modules', '@sparticuz', 'chromium', 'package.json');
  if (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync(manifest)) return [];
  const folder = join(tools, `chromium-${JSON.parse(readFileSync(manifest, 'utf8')).version}`);
  const command = join(folder, 'chromium.sh');
  // The command holds the folder's full name, which is another one once the repository has been moved.
  if (existsSync(command) && readFileSync(command, 'utf8').includes(quoted(folder))) return [command];

  console.log('Unpacking Chromium …');
  mkdirSync(tools, { recursive: true });
  const fresh = mkdtempSync(join(tools, 'unpack-'));
  const unpack = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())";
  // The package unpacks into the temporary folder, and its libraries only where it believes to be on AWS.
  const env = { TMPDIR: fresh, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' };
  const { code } = await run(join(bin, 'node'), ['--eval', unpack], { capture: true, env, timeout: 120_000 });
  if (code === 0) {
    const fonts = join(fresh, 'fonts', 'fonts.conf');
    writeFileSync(fonts, readFileSync(fonts, 'utf8').replaceAll('/tmp/fonts', join(folder, 'fonts')));
    writeFileSync(
      join(fresh, 'chromium.sh'),
      `#!/bin/sh
cd ${quoted(folder)} || exit 1
export LD_LIBRARY_PATH="$PWD/al2023/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export FONTCONFIG_PATH="$PWD/fonts"
exec "$PWD/chromium" "$@"
`,
    );
    chmodSync(join(fresh, 'chromium.sh'), 0o755);
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
  }
  rmSync(fresh, { recursive: true, force: true });
  return code === 0 ? [command] : [];
}

/** The last way, for root on Debian and Ubuntu. @returns {Promise<string[]>} */
const fromApt = async () => ((await aptInstall('chromium')) ? installed() : []);

/** Whether a browser opens a page when driven the way the tests drive it. @param {string} path */
async function works(path) {
  const open = `
    const { chromium } = require('@playwright/test');
    (async () => {
      const browser = await chromium.launch({ executablePath: process.argv[1], chromiumSandbox: false, timeout: 30000 });
      const page = await browser.newPage();
      await page.setContent('<p>It works</p>');
      console.log(await page.innerText('p'));
      await browser.close();
    })();`;
  const { code, output } = await run(join(bin, 'node'), ['--eval', open, path], { capture: true, timeout: 60_000 });
  return code === 0 && output.includes('It works');
}

/** The path of a Chromium that was seen to work. */
export async function findChromium() {
  const named = process.env.PLAYWRIGHT_CHROMIUM;
  if (named) {
    if (await works(named)) return named;
    throw new Problem(`PLAYWRIGHT_CHROMIUM names ${named}, which does not open a page.`);
  }
  for (const way of [installed, fromNpm, fromApt]) {
    for (const path of await way()) if (await works(path)) return path;
  }
  throw new Problem(
    'The browser tests need Chromium, and none was found that works.\n' +
      'Install it (Debian, Ubuntu: sudo apt-get install chromium), or name one: PLAYWRIGHT_CHROMIUM=/path/to/chromium',
  );
}

if (isMain(import.meta.url)) await main(async () => console.log(await findChromium()));
