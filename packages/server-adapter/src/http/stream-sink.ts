import type { Sink } from './sink.ts';
import type { EventStream } from './sse.ts';

const highWaterMark = 16 * 1024;

/** The body of a Fetch `Response` that carries an event stream. */
export function openedBody(events: EventStream): ReadableStream<Uint8Array> {
  let closed = () => {};
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) =>
        events.open((onClosed) => {
          const sink = streamSink(controller, onClosed);
          closed = sink.closed;
          return sink;
        }),
      cancel: () => closed(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark }),
  );
}

function streamSink(
  given: ReadableStreamDefaultController<Uint8Array>,
  onClosed: () => void,
): Sink & { closed(): void } {
  let controller: typeof given | undefined = given;
  const closed = () => {
    if (controller) onClosed();
    controller = undefined;
  };
  return {
    write: (bytes) => controller?.enqueue(bytes),
    waiting: () => Math.max(0, highWaterMark - (controller?.desiredSize ?? highWaterMark)),
    end: () => {
      controller?.close();
      closed();
    },
    drop: () => {
      controller?.error(new Error('The reader was too slow.'));
      closed();
    },
    closed,
  };
}
