import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { serveApi } from './api.ts';
import { serveMedia } from './media.ts';
import { type Loader, page } from './pages.ts';

const strict =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; media-src 'self'; frame-src https://www.youtube-nocookie.com https://player.vimeo.com; require-trusted-types-for 'script'; trusted-types 'none'";

const hashOf = (code: string) => `'sha384-${createHash('sha384').update(code).digest('base64')}'`;

/** As `strict`, for the loader: by the hash of its code, or by a nonce; both need its policy. */
const strictFor = (kind: string, code: string) =>
  strict
    .replace(
      "script-src 'self'",
      `script-src ${kind === 'nonce' ? "'nonce-gallery' 'strict-dynamic'" : `'self' ${hashOf(code)}`}`,
    )
    .replace("trusted-types 'none'", 'trusted-types laurel');

async function readLoader(): Promise<Loader> {
  const [code, hashes] = await Promise.all(
    ['loader.js', 'integrity.json'].map((name) => readFile(new URL(`../dist/${name}`, import.meta.url), 'utf8')),
  );
  return { code: code as string, integrity: JSON.parse(hashes as string)['laurel.js'] };
}

const own: Record<string, [file: URL, type: string]> = {
  '/': [new URL('./index.html', import.meta.url), 'text/html'],
  '/gallery.css': [new URL('./gallery.css', import.meta.url), 'text/css'],
  '/picture.svg': [new URL('./picture.svg', import.meta.url), 'image/svg+xml'],
  '/gallery.js': [new URL('./gallery.js', import.meta.url), 'text/javascript'],
};

/** Where a file of the gallery or of the build lies, and its type. */
function fileOf(path: string): [file: URL, type: string] | undefined {
  const built = /^\/(loader|laurel(-[a-z]+)?)\.js$/.test(path);
  return built ? [new URL(`../dist${path}`, import.meta.url), 'text/javascript'] : own[path];
}

/** Serves the gallery on loopback; port 0 picks a free one. */
export function serveGallery(port = 0): Promise<Server> {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://gallery');
    if (serveApi(request, response)) return;
    if (url.pathname.startsWith('/media/')) return serveMedia(request, response, url.pathname.slice(7));
    const reply = (type: string, body: string | Buffer) =>
      response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' }).end(body);
    const file = fileOf(url.pathname);
    if (url.pathname === '/page') {
      const loader = url.searchParams.has('loader') ? await readLoader() : undefined;
      const csp = url.searchParams.get('csp');
      const policy = loader ? strictFor(csp ?? '', loader.code) : strict;
      if (csp) response.setHeader('content-security-policy', policy);
      reply('text/html', page(url.searchParams, loader));
    } else if (url.pathname === '/host.css') {
      reply('text/css', `${url.searchParams.get('style')}\n${url.searchParams.get('extra')}`);
    } else if (url.pathname === '/identify.js') {
      reply(
        'text/javascript',
        `if (!window.Laurel?.q) window.Laurel = { q: [] }; Laurel.q.push(['identify', () => 'token-of-the-reader']);`,
      );
    } else if (file) {
      await readFile(file[0]).then(
        (body) => reply(file[1], body),
        () => response.writeHead(404).end(),
      );
    } else response.writeHead(404).end();
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}

if (process.argv[1] === import.meta.filename) {
  const server = await serveGallery(Number(process.env.PORT ?? 4173));
  console.log('Gallery on', server.address());
}
