import type { IncomingMessage, ServerResponse } from 'node:http';
import { type NodeRequest, toRequest } from './http/node-request.ts';
import { sendResponse } from './http/node-response.ts';
import type { Laurel, RequestInfo } from './index.ts';

/**
 * Serves Laurel from `node:http`, `node:http2` or anything with their request and response.
 *
 * @example
 * ```ts
 * createServer(nodeHandler(laurel)).listen(3000);
 * ```
 */
export function nodeHandler(laurel: Pick<Laurel, 'fetch'>, info: Pick<RequestInfo, 'basePath'> = {}) {
  return async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const left = new AbortController();
    outgoing.on('close', () => left.abort());
    outgoing.on('error', () => {});
    incoming.on('error', () => {});
    try {
      const { request, remoteAddress } = toRequest(incoming as NodeRequest, left.signal);
      await sendResponse(await laurel.fetch(request, { ...info, remoteAddress }), outgoing);
    } catch {
      // The caller left while the answer was on its way, or spoke no HTTP we can make a Request of.
      if (!outgoing.headersSent) outgoing.writeHead(400);
      outgoing.end();
    }
  };
}
