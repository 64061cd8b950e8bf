import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/** A Node request, with what a body parser may have left on it. */
export type NodeRequest = IncomingMessage & { originalUrl?: string; body?: unknown };

/** Aborted when the caller leaves before the answer is complete. */
export interface Arrived {
  request: Request;
  remoteAddress: string;
}

/** Makes a Fetch `Request` of a Node request, also when a body parser has read the body already. */
export function toRequest(incoming: NodeRequest, signal: AbortSignal): Arrived {
  const method = incoming.method ?? 'GET';
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    if (!name.startsWith(':')) for (const value of values ?? []) headers.append(name, value);
  }
  const init: RequestInit = { method, headers, signal };
  if (method !== 'GET' && method !== 'HEAD') {
    init.body = bodyOf(incoming, headers);
    Object.assign(init, { duplex: 'half' });
  }
  return { request: new Request(urlOf(incoming), init), remoteAddress: incoming.socket.remoteAddress ?? '' };
}

function bodyOf(incoming: NodeRequest, headers: Headers): BodyInit {
  const { body } = incoming;
  if (body === undefined || (!incoming.readableEnded && !incoming.readableDidRead)) {
    return Readable.toWeb(incoming) as ReadableStream<Uint8Array<ArrayBuffer>>;
  }
  headers.delete('content-length');
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
}

/** The address asked for; a `Host` that cannot be one is left out. */
function urlOf(incoming: NodeRequest): URL {
  const scheme = 'encrypted' in incoming.socket ? 'https' : 'http';
  const base = `${scheme}://${incoming.headers.host ?? incoming.headers[':authority'] ?? 'localhost'}`;
  const path = incoming.originalUrl ?? incoming.url ?? '/';
  const origin = URL.canParse(base) ? new URL(base).origin : `${scheme}://localhost`;
  return new URL(origin + (path.startsWith('/') ? path : '/'));
}
