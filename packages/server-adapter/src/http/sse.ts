const encoder = new TextEncoder();

/** The part of a server-sent event (WHATWG HTML §9.2) that all who receive it share: name and data, no end yet. */
export const encodeMessage = (event: string, data: unknown): Uint8Array<ArrayBuffer> =>
  encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n`);

const heartbeat = encoder.encode(':\n\n');
const mostBuffered = 256 * 1024;

/** One open stream to one reader. */
export interface SseStream {
  readonly response: Response;
  /** Sends a shared message and ends it with this reader's own `id`. */
  send(message: Uint8Array, id: string): void;
  beat(): void;
  /** Ends the stream; the reader comes back after about `retry` milliseconds. */
  end(retry: number): void;
}

/** Opens a stream. A reader so slow that 256 kB wait for it is let go: it resumes where it stopped. */
export function openSse(headers: Headers, onClosed: () => void): SseStream {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const closed = () => {
    if (!controller) return;
    controller = undefined;
    onClosed();
  };
  const close = () => {
    controller?.close();
    closed();
  };
  const write = (chunk: Uint8Array) => {
    controller?.enqueue(chunk);
    if ((controller?.desiredSize ?? 0) < -mostBuffered) close();
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start: (given) => {
        controller = given;
      },
      cancel: closed,
    },
    new ByteLengthQueuingStrategy({ highWaterMark: 16 * 1024 }),
  );
  headers.set('content-type', 'text/event-stream; charset=utf-8');
  headers.set('cache-control', 'no-store, no-transform');
  headers.set('x-accel-buffering', 'no');
  const stream: SseStream = {
    response: new Response(body, { headers }),
    send: (message, id) => {
      write(message);
      write(encoder.encode(`id: ${id}\n\n`));
    },
    beat: () => write(heartbeat),
    end: (retry) => {
      write(encoder.encode(`retry: ${retry}\n\n`));
      close();
    },
  };
  write(encoder.encode(`retry: ${1000 + Math.floor(Math.random() * 2000)}\n\n`));
  return stream;
}
