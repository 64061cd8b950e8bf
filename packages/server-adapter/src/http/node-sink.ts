import { ServerResponse } from 'node:http';
import type { Sink } from './sink.ts';

/** A sink on a Node response whose head has been sent. */
export function nodeSink(outgoing: ServerResponse, onClosed: () => void): Sink {
  if (outgoing.destroyed) queueMicrotask(onClosed);
  else outgoing.on('close', onClosed);
  const target = targetOf(outgoing);
  return {
    write: (bytes) => {
      if (outgoing.writable && !outgoing.writableEnded) target.write(bytes);
    },
    waiting: () => outgoing.writableLength,
    end: () => void outgoing.end(),
    drop: () => void outgoing.destroy(),
  };
}

/**
 * Where bytes are written: the socket itself where the response would pass them on as they are, after a detour that costs
 * as much again with ten thousand readers. Not where the host wraps the response, in HTTP/2, or while an earlier answer
 * on the same connection is not through.
 */
function targetOf(outgoing: ServerResponse): Pick<ServerResponse, 'write'> {
  const plain = outgoing.write === ServerResponse.prototype.write && !outgoing.chunkedEncoding;
  return (plain && outgoing.socket) || outgoing;
}
