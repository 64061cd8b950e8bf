import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { createLaurel } from '@laurelkit/server-adapter';
import { nodeHandler } from '@laurelkit/server-adapter/node';

/** How a page brings the widget along. */
export type Way = 'script' | 'inline loader' | 'external loader';

/** A site with a board and a card on each of its pages, and a real Laurel under `/api`. */
export interface WidgetSite {
  /** The address of the page that brings the widget along so. */
  address(way: Way): string;
  close(): Promise<void>;
}

const key = 'pk_bench_0123456789abcdef';

function page(way: Way, loader: string, token: string): string {
  const data = `data-api="/api" data-key="${key}"`;
  const script = {
    script: `<script async src="/laurel.js" ${data}></script>`,
    'external loader': `<script async src="/loader.js" ${data}></script>`,
    'inline loader': `<script data-src="/laurel.js" ${data}>${loader}</script>`,
  }[way];
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Bench</title>
<script>Laurel={q:[['identify',${JSON.stringify(token)}]]}</script>${script}
<h1>Spring</h1><laurel-leaderboard contest="spring"></laurel-leaderboard><laurel-referral program="friends"></laurel-referral>`;
}

/** Starts it on loopback with embedded storage in memory. @param dist - where the widget's files are */
export async function startWidgetSite(dist: string): Promise<WidgetSite> {
  const laurel = createLaurel({
    database: 'memory://',
    secret: 'a secret for a bench only: 0123456789abcdef',
    limits: false,
    keys: [{ key }],
  });
  await laurel.start();
  await laurel.api.programs.create({ slug: 'friends', name: 'Friends', landingUrl: 'https://shop.example/' });
  const startsAt = new Date(Date.now() - 60_000).toISOString();
  const endsAt = new Date(Date.now() + 86_400_000).toISOString();
  await laurel.api.contests.create({ program: 'friends', slug: 'spring', name: 'Spring', startsAt, endsAt });
  for (let each = 0; each < 20; each++) {
    const externalId = `reader-${each}`;
    await laurel.api.participants.upsert({ externalId, displayName: `Reader ${each}` });
    const idempotencyKey = `order-${each}`;
    await laurel.api.conversions.create({
      program: 'friends',
      participant: externalId,
      event: 'order',
      idempotencyKey,
    });
  }
  const { token } = await laurel.api.participants.createToken({ participant: 'reader-3' });
  const loader = await readFile(join(dist, 'loader.js'), 'utf8');
  const api = nodeHandler(laurel, { basePath: '/api' });

  const server: Server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://site');
    if (pathname.startsWith('/api/')) return api(request, response);
    const headers = { 'content-encoding': 'br', 'cache-control': 'no-store' };
    if (/^\/(loader|laurel(-[a-z]+)?)\.js$/.test(pathname)) {
      const body = brotliCompressSync(await readFile(join(dist, pathname)));
      return void response.writeHead(200, { ...headers, 'content-type': 'text/javascript' }).end(body);
    }
    if (pathname !== '/') return void response.writeHead(404).end();
    const body = brotliCompressSync(page(searchParams.get('way') as Way, loader, token));
    response.writeHead(200, { ...headers, 'content-type': 'text/html' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: (way) => `http://127.0.0.1:${port}/?way=${way}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await laurel.close();
    },
  };
}
