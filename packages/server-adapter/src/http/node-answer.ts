import type { ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import type { Answer } from './answer.ts';
import { endOfTurn } from './end-of-turn.ts';
import { nodeSink } from './node-sink.ts';

/** Sends an answer over a Node response: head and body in one write, a stream for as long as it lasts. */
export function sendAnswer({ status, headers, body }: Answer, outgoing: ServerResponse): void {
  if (outgoing.req.httpVersionMajor > 1) delete headers.connection;
  if (body === null) {
    outgoing.writeHead(status, headers).end();
  } else if (typeof body === 'string' || body instanceof Uint8Array) {
    headers['content-length'] = String(Buffer.byteLength(body));
    outgoing.writeHead(status, headers);
    void endOfTurn().then(() => outgoing.end(body));
  } else if (body instanceof ReadableStream) {
    outgoing.writeHead(status, headers);
    // Its failure and the caller's leaving end both; there is nobody left to tell.
    pipeline(Readable.fromWeb(body as NodeReadableStream), outgoing, () => {});
  } else {
    // Its end is that of the connection, so what is written once for all readers needs no framing for each.
    if (outgoing.req.httpVersionMajor === 1) {
      headers.connection = 'close';
      outgoing.removeHeader('transfer-encoding');
    }
    outgoing.writeHead(status, headers).flushHeaders();
    body.open((onClosed) => nodeSink(outgoing, onClosed));
  }
}
