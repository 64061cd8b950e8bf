/**
 * `npm run demo`: the shop of the Express example on its own data, until it is stopped. `npm run demo -- course-site`: the
 * course, in memory.
 */
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { build } from './build.mjs';
import { bin, root } from './paths.mjs';
import { Problem } from './problem.mjs';
import { main, run } from './process.mjs';
import { setup } from './setup.mjs';

const [name = 'express'] = process.argv.slice(2);
const known = ['express', 'course-site'];
const entry = join(root, 'examples', name, 'src', 'server.ts');

/** @param {number} port @returns {Promise<void>} */
const mustBeFree = (port) =>
  new Promise((done, reject) => {
    const probe = createServer();
    probe.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      const reason = error.code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${error.code})`;
      reject(new Problem(`Port ${port} ${reason}. Choose another one: PORT=${port + 1} npm run demo`));
    });
    probe.listen(port, () => probe.close(() => done()));
  });

await main(
  async () => {
    const port = Number(process.env.PORT || 3000);
    if (!Number.isInteger(port) || port < 1 || port > 65_534) {
      throw new Problem(`PORT must be a number from 1 to 65534; it is "${process.env.PORT}".`);
    }
    if (!known.includes(name)) throw new Problem(`There is no demo "${name}". There are: ${known.join(', ')}.`);
    await mustBeFree(port);
    if (!existsSync(entry)) throw new Problem(`examples/${name}/src/server.ts is missing from this checkout.`);
    await setup();
    await build();
    const dataFolder = resolve(root, process.env.LAUREL_DATA_DIR || '.laurel');
    const data = name === 'express' ? { LAUREL_DATA_DIR: dataFolder } : {};
    const { code } = await run(join(bin, 'node'), [entry], { env: { PORT: String(port), ...data } });
    return code;
  },
  { stoppedCode: 0 },
);
