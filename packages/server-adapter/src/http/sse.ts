import type { Connect, Sink } from './sink.ts';

/** A stream of server-sent events that has been promised and not been opened yet. */
export interface EventStream {
  /** Opens it: its first bytes go out at once. */
  open(connect: Connect): void;
  /** Lets it go unopened. */
  cancel(): void;
}

/** Headers of an event stream: nobody keeps it or changes it on its way. */
export const eventStreamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
};

const encoder = new TextEncoder();

/** A whole server-sent event (WHATWG HTML §9.2), made once for all who receive it. */
export const encodeEvent = (event: string, data: string, id: string): Uint8Array =>
  encoder.encode(`event: ${event}\ndata: ${data}\nid: ${id}\n\n`);

/** Tells a reader how many milliseconds to wait before it comes back. */
export const encodeRetry = (milliseconds: number): Uint8Array => encoder.encode(`retry: ${milliseconds}\n\n`);

/** A comment that shows the stream is alive. */
export const heartbeat: Uint8Array = encoder.encode(':\n\n');

const mostWaiting = 256 * 1024;

/**
 * Writes to a reader, unless they are so slow that 256 kB wait for them: then they are let go, and resume where they
 * stopped. Answers whether they are still there.
 */
export function writeTo(sink: Sink, bytes: Uint8Array): boolean {
  sink.write(bytes);
  if (sink.waiting() <= mostWaiting) return true;
  sink.drop();
  return false;
}
