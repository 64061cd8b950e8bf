/**
 * Puts a static site on one port (`PORT`, 3000) and `laurel serve` on another (`LAUREL_PORT`, 4000), with a publishable
 * key for the site's origin and a contest that is under way.
 */
import { join, resolve } from 'node:path';
import { createClient } from '@laurelkit/sdk';
import { startLaurel } from './laurel-command.ts';
import { publish } from './publish.ts';
import { seed } from './seed.ts';
import { openState } from './state.ts';
import { serveFolder } from './static-server.ts';

const site = `http://localhost:${process.env.PORT || 3000}`;
const laurel = `http://localhost:${process.env.LAUREL_PORT || 4000}`;
const dataDirectory = resolve(process.env.LAUREL_DATA_DIR || '.laurel');

const state = await openState(dataDirectory);
const publishableKey = await state.publishableKeyFor(site);
const secretKey = await state.secretKey();

const server = await startLaurel(state.environment, ['--port', new URL(laurel).port, '--public-url', `${laurel}/api`]);
await seed(createClient({ baseUrl: `${laurel}/api`, key: secretKey }), site);

const published = join(dataDirectory, 'site');
await publish(published, { laurel, key: publishableKey });
const pages = await serveFolder(published, Number(new URL(site).port));

console.log(`publishable key ${publishableKey}`);
console.log(`secret key ${secretKey}`);
console.log(`Laurel at ${laurel}`);
console.log(`ready ${site}`);

async function stop() {
  pages.close();
  pages.closeAllConnections();
  await server.stop();
}
// A terminal and npm each pass a signal on, so it may come twice.
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (!stopping) void stop();
    stopping = true;
  });
}
server.ended.then((code) => {
  pages.close();
  pages.closeAllConnections();
  process.exitCode = code;
});
