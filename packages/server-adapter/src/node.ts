import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendAnswer } from './http/node-answer.ts';
import { type NodeRequest, nodeArrival } from './http/node-arrival.ts';
import type { Laurel, RequestInfo } from './index.ts';

/**
 * Serves Laurel from `node:http`, `node:http2` or anything with their request and response.
 *
 * @example
 * ```ts
 * createServer(nodeHandler(laurel)).listen(3000);
 * ```
 */
export function nodeHandler(laurel: Pick<Laurel, 'answer'>, info: Pick<RequestInfo, 'basePath'> = {}) {
  return async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    outgoing.on('error', ignore);
    try {
      sendAnswer(await laurel.answer(nodeArrival(incoming as NodeRequest, info)), outgoing);
    } catch {
      // The request or the answer was nothing HTTP can carry.
      if (!outgoing.headersSent) outgoing.writeHead(400);
      outgoing.end();
    }
  };
}

/** The caller left: there is nobody to tell. */
const ignore = () => {};
