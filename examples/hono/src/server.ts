/** A contest in a Hono app. In memory, unless `LAUREL_DATA_DIR` (with `LAUREL_SECRET`) says where to keep it. */
import { randomBytes, randomUUID } from 'node:crypto';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { createLaurel, LaurelProblem } from '@laurelkit/server-adapter';
import { honoHandler } from '@laurelkit/server-adapter/hono';
import { Hono } from 'hono';
import { setSignedCookie } from 'hono/cookie';
import { csrf } from 'hono/csrf';
import { parseSigned } from 'hono/utils/cookie';
import { program, setUpContest } from './contest.ts';
import { clubPage } from './page.ts';

const port = Number(process.env.PORT || 3000);
const url = `http://localhost:${port}`;
const dataDir = process.env.LAUREL_DATA_DIR;
const random = () => randomBytes(32).toString('base64url');
// What is in memory ends with this process, and so may its secret. Data that stays needs a secret that stays.
const secret = process.env.LAUREL_SECRET || (dataDir ? '' : random());
const publishableKey = `pk_${random()}`;

const cookieName = 'club_member';
const cookieOptions = { httpOnly: true, sameSite: 'Lax', maxAge: 2_592_000 } as const;
const policy = "default-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
const memberIn = async (cookies: string | null | undefined) =>
  (await parseSigned(cookies ?? '', secret, cookieName))[cookieName] || null;

const laurel = createLaurel({
  secret,
  ...(dataDir ? { dataDir } : { database: 'memory://' }),
  publicUrl: `${url}/api`,
  keys: [{ key: publishableKey }],
  identify: (request) => memberIn(request.headers.get('cookie')),
});
await laurel.start();
await setUpContest(laurel, url);

const nameOf = (typed: unknown) => String(typed).trim().slice(0, 60).toWellFormed() || null;

const app = new Hono();
const folderOf = (file: string) => relative(process.cwd(), dirname(fileURLToPath(file)));
const widget = folderOf(import.meta.resolve('@laurelkit/widget/laurel.js'));

app.all('/api/*', honoHandler(laurel));
app.use('/laurel/*', serveStatic({ root: widget, rewriteRequestPath: (path) => path.replace('/laurel', '') }));
app.use('/club.*', serveStatic({ root: `${folderOf(import.meta.url)}/../public` }));
app.use(csrf());

app.get('/', async (context) => {
  const member = await memberIn(context.req.header('cookie'));
  const known = member && (await laurel.api.participants.get({ participant: member }).catch(() => null));
  context.header('content-security-policy', policy);
  return context.html(clubPage({ publishableKey, name: known ? (known.displayName ?? 'runner') : null }));
});

app.post('/join', async (context) => {
  const { name } = await context.req.parseBody();
  const participant = randomUUID();
  await laurel.api.participants.upsert({ externalId: participant, displayName: nameOf(name) });
  const cookie = context.req.header('cookie') ?? '-';
  await laurel.api.referrals.create({ program, participant, cookie }).catch((error: unknown) => {
    // Nobody sent this runner, or too long ago: they are welcome all the same.
    if (!(error instanceof LaurelProblem && error.status < 500)) throw error;
  });
  await setSignedCookie(context, cookieName, participant, secret, cookieOptions);
  return context.redirect('/', 303);
});

app.post('/run', async (context) => {
  const participant = await memberIn(context.req.header('cookie'));
  // One run a day counts: the key is the same until midnight (UTC).
  const idempotencyKey = `${participant}/${new Date().toISOString().slice(0, 10)}`;
  if (participant) await laurel.api.conversions.create({ program, participant, event: 'run', idempotencyKey });
  return context.redirect('/', 303);
});

const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => console.log(`ready ${url}`));

async function stop() {
  server.close();
  await laurel.close();
  if ('closeAllConnections' in server) server.closeAllConnections();
}
// A terminal and npm each pass a signal on, so it may come twice.
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (!stopping) void stop();
    stopping = true;
  });
}
