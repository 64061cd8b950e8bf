import type { IncomingMessage } from 'node:http';
import { LaurelProblem } from '../problem.ts';
import { createRecent } from '../recent.ts';
import type { Arrival, RequestInfo } from './arrival.ts';

/** A Node request, with what a body parser or a router may have left on it. */
export type NodeRequest = IncomingMessage & { originalUrl?: string; body?: unknown; rawBody?: unknown };

/** The arrival of a Node request, also when a body parser has read the body already. */
export function nodeArrival(incoming: NodeRequest, { basePath }: Pick<RequestInfo, 'basePath'> = {}): Arrival {
  const target = incoming.originalUrl ?? incoming.url ?? '/';
  const { path, search } = splitTarget(target);
  const origin = () => originOf(incoming);
  return {
    method: incoming.method ?? 'GET',
    path,
    search,
    remoteAddress: incoming.socket.remoteAddress,
    basePath,
    header: (name) => headerOf(incoming.rawHeaders, name),
    origin,
    body: (limit) => bodyOf(incoming, limit),
    rawBody: (limit) => rawBodyOf(incoming, limit),
    request: () =>
      new Request(`${origin()}${path}${search}`, {
        method: incoming.method ?? 'GET',
        headers: headersOf(incoming.rawHeaders),
      }),
  };
}

/** Path and query of a request target; what the URL standard would write otherwise goes through it. */
function splitTarget(target: string): { path: string; search: string } {
  if (!target.startsWith('/')) return { path: '/', search: '' };
  if (/[^\w/?&=%+\-~:,.@!$*();']|\/\.|\/%2e/i.test(target)) {
    const { pathname, search } = new URL(`http://localhost${target}`);
    return { path: pathname, search };
  }
  const queryAt = target.indexOf('?');
  if (queryAt === -1) return { path: target, search: '' };
  return { path: target.slice(0, queryAt), search: target.slice(queryAt) };
}

/** Node's own `headers` keeps the first of some repeated fields only, where others may have seen the second. */
function headerOf(raw: readonly string[], name: string): string | null {
  let found: string | null = null;
  for (let at = 0; at < raw.length; at += 2) {
    const field = raw[at] ?? '';
    if (field.length !== name.length || field.toLowerCase() !== name) continue;
    const value = raw[at + 1] ?? '';
    found = found === null ? value : `${found}${name === 'cookie' ? '; ' : ', '}${value}`;
  }
  return found;
}

function headersOf(raw: readonly string[]): Headers {
  const headers = new Headers();
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] ?? '';
    if (!name.startsWith(':')) headers.append(name, raw[at + 1] ?? '');
  }
  return headers;
}

/** The origin asked for; a `Host` that cannot be one is left out. */
function originOf(incoming: NodeRequest): string {
  const scheme = 'encrypted' in incoming.socket ? 'https' : 'http';
  const host = headerOf(incoming.rawHeaders, 'host') ?? headerOf(incoming.rawHeaders, ':authority') ?? 'localhost';
  const base = `${scheme}://${host}`;
  const known = origins.get(base);
  if (known !== undefined) return known;
  const origin = URL.canParse(base) ? new URL(base).origin : `${scheme}://localhost`;
  origins.set(base, origin);
  return origin;
}

/** Hardly any server is asked under more than a few names, and parsing one costs as much as the rest of an arrival. */
const origins = createRecent<string>(100);

/** Whether somebody has read the body before us. */
const wasRead = (incoming: NodeRequest) => incoming.readableEnded || incoming.readableDidRead;

const within = (bytes: Uint8Array, limit: number) => (bytes.length > limit ? null : bytes);

/** A body parsed to text or bytes has lost nothing; of one parsed to anything else, hosts may keep `rawBody`. */
async function rawBodyOf(incoming: NodeRequest, limit: number): Promise<Uint8Array | null> {
  if (!wasRead(incoming)) return bodyOf(incoming, limit);
  for (const each of [incoming.rawBody, incoming.body]) {
    if (each instanceof Uint8Array) return within(each, limit);
    if (typeof each === 'string') return within(Buffer.from(each), limit);
  }
  throw new LaurelProblem(
    'raw_body_missing',
    'A body parser read the body before Laurel. Mount Laurel before it, or keep the bytes as request.rawBody.',
  );
}

async function bodyOf(incoming: NodeRequest, limit: number): Promise<Uint8Array | null> {
  const { body } = incoming;
  if (body !== undefined && wasRead(incoming)) {
    const bytes =
      body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    return within(bytes, limit);
  }
  if (Number(headerOf(incoming.rawHeaders, 'content-length') ?? 0) > limit) return null;
  return readAll(incoming, limit);
}

function readAll(incoming: NodeRequest, limit: number): Promise<Uint8Array | null> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const stop = () => {
      incoming.off('data', take).off('end', finish).off('close', fail);
      // What still comes is let through to nowhere, so that the caller gets to read the answer.
      incoming.resume();
    };
    const take = (chunk: Uint8Array) => {
      size += chunk.length;
      if (size <= limit) return void chunks.push(chunk);
      stop();
      resolve(null);
    };
    const finish = () => {
      incoming.off('close', fail);
      resolve(chunks.length === 1 ? (chunks[0] ?? null) : Buffer.concat(chunks));
    };
    const fail = () => reject(new LaurelProblem('malformed_json', 'The body ended too early.'));
    if (incoming.destroyed && !incoming.complete) return fail();
    incoming.on('data', take).on('end', finish).on('close', fail);
  });
}
