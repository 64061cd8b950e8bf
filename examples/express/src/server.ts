/** The shop: `PORT`, `LAUREL_DATA_DIR` or `DATABASE_URL`, `HOST` and `PUBLIC_URL` say where. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { openDatabase } from './database.ts';
import { seedDemo } from './demo-data.ts';
import { seedKinds, setUpKinds } from './kinds.ts';
import { openLaurel, setUpContest, setUpLetter, setUpProgram } from './laurel.ts';
import { currentRaffle, giveNumbers, seedOpeningDraw } from './raffles.ts';
import { demoSecrets } from './secrets.ts';
import { createSessions } from './session.ts';
import { createAccounts } from './shop/accounts.ts';
import { createCardPayments } from './shop/card.ts';
import { setUpHooks } from './shop/hooks.ts';
import { createPurchases } from './shop/purchases.ts';
import { createTables } from './shop/schema.ts';
import { createSite } from './site.ts';

const port = Number(process.env.PORT || 3000);
const dataDirectory = process.env.LAUREL_DATA_DIR || '.laurel';
const publicUrl = process.env.PUBLIC_URL || `http://localhost:${port}`;
const origin = `http://127.0.0.1:${port}`;

const database = await openDatabase(process.env.DATABASE_URL, dataDirectory);
const secrets = await demoSecrets(dataDirectory);
const sessions = createSessions(secrets.secret, { secure: publicUrl.startsWith('https:') });
const laurel = openLaurel(database, secrets, sessions, { publicUrl, origin });

giveNumbers(laurel);
await laurel.start();
await createTables(database);
await setUpProgram(laurel, publicUrl);
await setUpContest(laurel);
await setUpKinds(laurel);
await setUpLetter(laurel, publicUrl);
const accounts = createAccounts(database, laurel);
const card = createCardPayments(laurel, secrets.stripeWebhookSecret);
const purchases = createPurchases(database, laurel, card);
const people = await seedDemo(laurel, accounts, purchases);
if (people) await seedOpeningDraw(laurel, people);
if (people) await seedKinds(laurel, people);
await currentRaffle(laurel);

const { publishableKey } = secrets;
const server = createServer(createSite({ laurel, database, sessions, accounts, purchases, publishableKey }));
// Signing in takes no password here, so nobody but this machine is let in unless HOST says so.
server.listen(port, process.env.HOST || '127.0.0.1');
await once(server, 'listening');
await setUpHooks(laurel, database, origin);
console.log(`publishable key ${publishableKey}`);
console.log(`secret key ${secrets.secretKey}`);
console.log(`ready ${publicUrl}`);

async function stop() {
  server.close();
  await laurel.close();
  server.closeAllConnections();
  await database.close();
}
// A terminal and npm each pass a signal on, so it may come twice.
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (!stopping) void stop();
    stopping = true;
  });
}
