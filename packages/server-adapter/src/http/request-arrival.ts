import type { Arrival, RequestInfo } from './arrival.ts';

/** The arrival of a Fetch `Request`. */
export function requestArrival(request: Request, { remoteAddress, basePath }: RequestInfo = {}): Arrival {
  const { url } = request;
  const pathAt = url.indexOf('/', url.indexOf('//') + 2);
  const fragmentAt = url.indexOf('#', pathAt);
  const end = fragmentAt === -1 ? url.length : fragmentAt;
  const queryAt = url.indexOf('?', pathAt);
  const pathEnd = queryAt === -1 || queryAt > end ? end : queryAt;
  return {
    method: request.method,
    path: url.slice(pathAt, pathEnd),
    search: url.slice(pathEnd, end),
    remoteAddress,
    basePath,
    header: (name) => request.headers.get(name),
    origin: () => url.slice(0, pathAt),
    body: (limit) => bytesOf(request, limit),
    rawBody: (limit) => bytesOf(request, limit),
    request: () => request,
  };
}

async function bytesOf(request: Request, limit: number): Promise<Uint8Array | null> {
  const length = request.headers.get('content-length') ?? '';
  if (Number(length) > limit) return null;
  if (/^\d+$/.test(length)) {
    const bytes = new Uint8Array(await request.arrayBuffer());
    return bytes.length > limit ? null : bytes;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
