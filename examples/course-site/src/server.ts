/** A course site in a Hono app. In memory, unless `LAUREL_DATA_DIR` (with `LAUREL_SECRET`) says where to keep it. */
import { randomBytes, randomUUID } from 'node:crypto';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { createLaurel, LaurelProblem } from '@laurelkit/server-adapter';
import { honoHandler } from '@laurelkit/server-adapter/hono';
import { type Context, Hono } from 'hono';
import { setSignedCookie } from 'hono/cookie';
import { csrf } from 'hono/csrf';
import { parseSigned } from 'hono/utils/cookie';
import { boardPage, clinicPage, handInPage, homePage, learnPage, quizPage, type Site, staffPage } from './pages.ts';
import { quizzes, scoreOf } from './quizzes.ts';
import { course, program, setUp } from './set-up.ts';
import { drawVideo } from './video.ts';

const port = Number(process.env.PORT || 3000);
const url = `http://localhost:${port}`;
const here = fileURLToPath(new URL('..', import.meta.url));
const dataDir = process.env.LAUREL_DATA_DIR;
const random = () => randomBytes(32).toString('base64url');
// What is in memory ends with this process, and so may its secret. Data that stays needs a secret that stays.
const secret = process.env.LAUREL_SECRET || (dataDir ? '' : random());
const publishableKey = `pk_${random()}`;

const cookieName = 'baker';
const cookieOptions = { httpOnly: true, sameSite: 'Lax', maxAge: 2_592_000 } as const;
const policy =
  "default-src 'self'; media-src 'self' blob:; object-src 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
const learnerIn = async (cookies: string | null | undefined) =>
  (await parseSigned(cookies ?? '', secret, cookieName))[cookieName] || null;

const video = join(here, '.video');
await drawVideo(video);

const laurel = createLaurel({
  secret,
  ...(dataDir ? { dataDir } : { database: 'memory://' }),
  publicUrl: `${url}/api`,
  keys: [{ key: publishableKey }],
  identify: (request) => learnerIn(request.headers.get('cookie')),
});
await laurel.start();
await setUp(laurel, url, join(here, 'course'));

const nameOf = (typed: unknown) => String(typed).trim().slice(0, 60).toWellFormed() || null;
const folderOf = (file: string) => relative(process.cwd(), dirname(fileURLToPath(file)));

const app = new Hono();
app.all('/api/*', honoHandler(laurel));
const widget = folderOf(import.meta.resolve('@laurelkit/widget/laurel.js'));
const hls = folderOf(import.meta.resolve('hls.js/dist/hls.light.min.js'));
app.use('/laurel/*', serveStatic({ root: widget, rewriteRequestPath: (path) => path.replace('/laurel', '') }));
app.get('/hls.js', serveStatic({ root: hls, rewriteRequestPath: () => '/hls.light.min.js' }));
app.use('/video/*', serveStatic({ root: relative(process.cwd(), video), rewriteRequestPath: (path) => path.slice(6) }));
const files = relative(process.cwd(), join(here, 'public'));
app.use('/files/*', serveStatic({ root: files, rewriteRequestPath: (path) => path.slice(6) }));
for (const file of ['/site.css', '/loaf.svg', '/staff.js', '/player.js']) app.get(file, serveStatic({ root: files }));
app.use(csrf());

/** The participant who asks and what the pages are drawn with. */
async function visit(context: Context): Promise<{ participant: string | null; site: Site }> {
  context.header('content-security-policy', policy);
  const participant = await learnerIn(context.req.header('cookie'));
  const known = participant && (await laurel.api.participants.get({ participant }).catch(() => null));
  return {
    participant: known ? participant : null,
    site: { publishableKey, name: known ? (known.displayName ?? 'baker') : null },
  };
}

app.get('/', async (context) => context.html(homePage((await visit(context)).site)));
app.get('/learn', async (context) => context.html(learnPage((await visit(context)).site)));
app.get('/board', async (context) => context.html(boardPage((await visit(context)).site)));
app.get('/staff', async (context) => context.html(staffPage((await visit(context)).site)));
app.post('/staff/token', async (context) => {
  // A real site asks who this is first.
  const { token } = await laurel.api.staff.createToken({ name: 'Demo staff' });
  return context.text(token);
});

app.post('/join', async (context) => {
  const { name } = await context.req.parseBody();
  const participant = randomUUID();
  await laurel.api.participants.upsert({ externalId: participant, displayName: nameOf(name) });
  const cookie = context.req.header('cookie') ?? '-';
  await laurel.api.referrals.create({ program, participant, cookie }).catch((error: unknown) => {
    // Nobody sent this baker, or too long ago: they are welcome all the same.
    if (!(error instanceof LaurelProblem && error.status < 500)) throw error;
  });
  await setSignedCookie(context, cookieName, participant, secret, cookieOptions);
  return context.redirect('/learn', 303);
});

/** Tells Laurel what only the site knows. Whoever does not learn here is sent to where they can begin. */
async function tell(
  participant: string,
  lesson: string,
  what: { kind: 'scored'; score: number } | { kind: 'submitted' },
): Promise<void> {
  const event = { id: randomUUID(), lesson, occurredAt: new Date().toISOString(), ...what };
  await laurel.api.progress.record({ course, participant, events: [event] });
}

app.get('/quiz/:lesson', async (context) => {
  const lesson = context.req.param('lesson');
  const quiz = quizzes[lesson];
  if (!quiz) return context.notFound();
  return context.html(quizPage((await visit(context)).site, { lesson, ...quiz }, null));
});
app.post('/quiz/:lesson', async (context) => {
  const lesson = context.req.param('lesson');
  const quiz = quizzes[lesson];
  if (!quiz) return context.notFound();
  const { participant, site } = await visit(context);
  if (participant === null) return context.redirect('/learn', 303);
  const form = await context.req.parseBody();
  const score = scoreOf(
    quiz.questions,
    quiz.questions.map((_, index) => Number(form[`q${index}`] ?? -1)),
  );
  await tell(participant, lesson, { kind: 'scored', score });
  return context.html(quizPage(site, { lesson, ...quiz }, score));
});

app.get('/hand-in', async (context) => context.html(handInPage((await visit(context)).site, false)));
app.post('/hand-in', async (context) => {
  const { participant, site } = await visit(context);
  if (participant === null) return context.redirect('/learn', 303);
  await tell(participant, 'hand-in-your-loaf', { kind: 'submitted' });
  return context.html(handInPage(site, true));
});

app.get('/clinic', async (context) => context.html(clinicPage((await visit(context)).site)));

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
