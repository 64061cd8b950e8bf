/** One event of a stream. */
export interface ServerSentEvent {
  /** Its `event:` field; `message` where there is none. */
  type: string;
  /** Its `data:` lines, joined by line feeds. */
  data: string;
  /** The last `id:` seen so far. */
  lastEventId: string;
}

/** Reads a `text/event-stream` piece by piece. */
interface EventParser {
  /** Takes the next bytes, cut anywhere, and gives the events they complete. */
  push(bytes: Uint8Array): ServerSentEvent[];
  /** What to send as `Last-Event-ID` on the next connection; empty when there is nothing. */
  readonly lastEventId: string;
  /** Milliseconds to wait before reconnecting, as the server last asked for. */
  readonly retry: number | undefined;
}

/**
 * A parser of server-sent events after WHATWG HTML §9.2.6: lines end in CR, LF or CRLF, one leading BOM is dropped,
 * comments are skipped, an event without data is not given, an unfinished last event is discarded.
 */
export function createEventParser(lastEventId = ''): EventParser {
  const decoder = new TextDecoder();
  let line = '';
  let afterReturn = false;
  let id = lastEventId;
  let seenId = lastEventId;
  let retry: number | undefined;
  let type = '';
  let data: string[] = [];

  function takeField(text: string): void {
    const colon = text.indexOf(':');
    const name = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(colon + (text[colon + 1] === ' ' ? 2 : 1));
    if (name === 'data') data.push(value);
    else if (name === 'event') type = value;
    else if (name === 'id' && !value.includes('\0')) seenId = value;
    else if (name === 'retry' && /^\d+$/.test(value)) retry = Number(value);
  }

  function finishEvent(): ServerSentEvent | undefined {
    id = seenId;
    const event = data.length > 0 ? { type: type || 'message', data: data.join('\n'), lastEventId: id } : undefined;
    type = '';
    data = [];
    return event;
  }

  return {
    push(bytes) {
      const events: ServerSentEvent[] = [];
      const text = decoder.decode(bytes, { stream: true });
      let start = 0;
      for (let index = 0; index < text.length; index++) {
        const character = text[index];
        if (character === '\n' && afterReturn) start = index + 1;
        else if (character === '\n' || character === '\r') {
          line += text.slice(start, index);
          const event = line ? takeField(line) : finishEvent();
          if (event) events.push(event);
          line = '';
          start = index + 1;
        }
        afterReturn = character === '\r';
      }
      line += text.slice(start);
      return events;
    },
    get lastEventId() {
      return id;
    },
    get retry() {
      return retry;
    },
  };
}
