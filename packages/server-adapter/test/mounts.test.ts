import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { serve } from '@hono/node-server';
import express from 'express';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expressHandler } from '../src/express.ts';
import { honoHandler } from '../src/hono.ts';
import type { Answer } from '../src/http/answer.ts';
import { answerResponse } from '../src/http/answer-response.ts';
import { nextHandler } from '../src/next.ts';
import { nodeHandler } from '../src/node.ts';
import type { TestLaurel } from '../src/testing.ts';
import { session, signatureOf, stripeEvent, webhookSecret } from './stripe-events.ts';
import { refer, seed, testLaurel } from './support.ts';

type Mount = (laurel: TestLaurel) => Server;

const listenExpress = (app: express.Express) => app.listen(0);
const honoServer = (app: Hono) => serve({ fetch: app.fetch, port: 0 }) as Server;

const fetchServer = (fetch: (request: Request) => Promise<Response>) =>
  serve({ fetch, port: 0, overrideGlobalObjects: false }) as Server;

const mounts: Record<string, Mount> = {
  'node:http': (laurel) => createServer(nodeHandler(laurel)).listen(0),
  Express: (laurel) => listenExpress(express().use('/api', expressHandler(laurel))),
  'Express after express.json()': (laurel) =>
    listenExpress(
      express()
        .use(express.json({ limit: '20mb' }))
        .use('/api', expressHandler(laurel)),
    ),
  'Express after express.json() that keeps the bytes': (laurel) => {
    const verify = (request: IncomingMessage & { rawBody?: Buffer }, _: unknown, bytes: Buffer) => {
      request.rawBody = bytes;
    };
    return listenExpress(
      express()
        .use(express.json({ limit: '20mb', verify }))
        .use('/api', expressHandler(laurel)),
    );
  },
  'Express after express.raw()': (laurel) =>
    listenExpress(
      express()
        .use(express.raw({ limit: '20mb', type: '*/*' }))
        .use('/api', expressHandler(laurel)),
    ),
  'Express before express.json()': (laurel) =>
    listenExpress(express().use('/api', expressHandler(laurel)).use(express.json())),
  Hono: (laurel) => honoServer(new Hono().all('/api/*', honoHandler(laurel))),
  'Hono after a middleware that read the body': (laurel) => {
    const app = new Hono();
    app.onError((_, context) => context.body(null, 400));
    app.use(async (context, next) => {
      if (context.req.method === 'POST') await context.req.text();
      await next();
    });
    return honoServer(app.all('/api/*', honoHandler(laurel)));
  },
  'Next.js route handler': (laurel) => {
    const handlers = nextHandler(laurel) as Record<string, (request: Request) => Promise<Response>>;
    const fetch = async (request: Request) =>
      (await handlers[request.method]?.(request)) ?? new Response(null, { status: 405 });
    return fetchServer(fetch);
  },
  'bare fetch': (laurel) => fetchServer((request) => laurel.fetch(request)),
};

/** What reads the body before Laurel and keeps no copy of its bytes. */
const takesApart = 'Express after express.json()';

describe.each(Object.entries(mounts))('mounted in %s', (name, mount) => {
  let laurel: TestLaurel;
  let server: Server;
  let base: string;

  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${base}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { authorization: `Bearer ${laurel.secretKey}`, ...init.headers },
    });
  const post = (path: string, body: unknown) =>
    ask(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

  beforeAll(async () => {
    laurel = await testLaurel({ stripe: { webhookSecret } });
    await seed(laurel.api);
    await refer(laurel.api, 'ada', 'bob');
    server = mount(laurel);
    if (!server.listening) await new Promise((resolve) => server.once('listening', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('answers health and reads', async () => {
    expect(await (await ask('/livez')).json()).toEqual({ status: 'ok' });
    expect(await (await ask('/contests/spring')).json()).toMatchObject({ slug: 'spring' });
  });

  it('takes a JSON body, whoever parsed it first', async () => {
    const answer = await post('/participants', { externalId: 'ünï/cödé 😀', displayName: 'Zoë' });
    expect(await answer.json()).toMatchObject({ externalId: 'ünï/cödé 😀', displayName: 'Zoë' });
    const read = await ask(`/participants/${encodeURIComponent('ünï/cödé 😀')}`);
    expect(read.status).toBe(200);
  });

  it('takes a signed body as it was sent, or says that it cannot', async () => {
    // Spaces, escapes and their order do not survive a parser.
    const event = stripeEvent('checkout.session.completed', session({ client_reference_id: 'bob' }));
    const body = JSON.stringify(event, null, 3).replace('Buyer', 'B\\u00fcyer');
    const answer = await fetch(`${base}/programs/friends/stripe/webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'stripe-signature': signatureOf(body) },
      body,
    });
    expect(await answer.json()).toMatchObject(
      name === takesApart ? { code: 'raw_body_missing', status: 400 } : { outcome: 'applied' },
    );
  });

  it('refuses a body that is too large', async () => {
    const answer = await post('/participants', { externalId: 'big', metadata: { big: 'x'.repeat(10_000_000) } });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ code: 'body_too_large' });
  });

  it('knows where it is mounted', async () => {
    const me = (await (await ask('/programs/friends/me?participant=ada')).json()) as { referralLink: string };
    expect(me.referralLink.startsWith(`${base}/r/`)).toBe(true);
    // A person: what looks like a program is shown where the link leads, and not counted.
    const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };
    const followed = await fetch(me.referralLink, { redirect: 'manual', headers });
    expect(followed.status).toBe(302);
    expect(followed.headers.get('location')).toMatch(/^https:\/\/shop\.example\/welcome\?ref=\w+&rid=/);
    expect(followed.headers.getSetCookie()).toHaveLength(1);
  });

  it('keeps every set-cookie', async () => {
    const cookies = ['a=1; Path=/', 'b=2; Path=/, with a comma'];
    const answer = async (): Promise<Answer> => ({ status: 200, headers: { 'set-cookie': cookies }, body: 'two' });
    const fetchTwo = async () => answerResponse(await answer());
    const two = mount({ ...laurel, answer, fetch: fetchTwo });
    if (!two.listening) await new Promise((resolve) => two.once('listening', resolve));
    const response = await fetch(`http://127.0.0.1:${(two.address() as AddressInfo).port}/api/x`);
    expect(response.headers.getSetCookie()).toEqual(cookies);
    expect(await response.text()).toBe('two');
    two.closeAllConnections();
    two.close();
  });

  it('streams an export to its end', async () => {
    const answer = await ask('/programs/friends/export/participants');
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    const lines = (await answer.text()).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).externalId).slice(0, 2)).toEqual(['ada', 'bob']);
  });

  it('streams events as they come and lets go when the caller leaves', async () => {
    const left = new AbortController();
    const answer = await ask('/live?topics=contest:spring', { signal: left.signal });
    expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    let text = '';
    const until = async (words: string) => {
      while (!text.includes(words)) text += new TextDecoder().decode((await reader.read()).value);
    };
    await until('event: leaderboard');
    const streams = async () => /laurel_sse_connections (\d+)/.exec(await (await ask('/metrics')).text())?.[1];
    expect(await streams()).toBe('1');
    await laurel.api.conversions.create({
      program: 'friends',
      participant: 'bob',
      event: 'purchase',
      idempotencyKey: 'streamed',
    });
    await until('"score":1');
    left.abort();
    await expect.poll(streams, { timeout: 3000 }).toBe('0');
  });

  it('survives callers who hang up half-way and requests that are none', async () => {
    const { port } = server.address() as AddressInfo;
    for (const words of [
      'POST /api/participants HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"ext',
      'GET /api/contests HTTP/1.1\r\nhost: x\r\n\r\n',
      'GET /api/%zz HTTP/1.1\r\nhost: a b\r\n\r\n',
      'GET //api HTTP/1.1\r\nhost: [\r\n\r\n',
    ]) {
      await new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => {
          socket.write(words);
          setTimeout(() => socket.destroy(), 20);
        });
        socket.on('close', () => resolve());
        socket.on('error', () => {});
      });
    }
    expect((await ask('/livez')).status).toBe(200);
  });

  it('answers what it does not know with a problem', async () => {
    const answer = await ask('/nothing/here');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
  });
});

it('the handlers of node:http fit its types', () => {
  const handler: (request: IncomingMessage, response: ServerResponse) => unknown = nodeHandler({
    answer: async () => ({ status: 204, headers: {}, body: null }),
  });
  expect(handler).toBeTypeOf('function');
});
