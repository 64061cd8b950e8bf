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
  let rest = '';
  let afterReturn = false;
  let id = lastEventId;
  let seenId = id;
  let retry: number | undefined;
  let type = '';
  let data: string[] = [];

  function take(line: string): ServerSentEvent[] {
    const [, name, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) as unknown as [string, string, string?];
    if (name === 'data') data.push(value);
    else if (name === 'event') type = value;
    else if (name === 'id' && !value.includes('\0')) seenId = value;
    else if (name === 'retry' && /^\d+$/.test(value)) retry = Number(value);
    if (line) return [];
    id = seenId;
    const events = data.length > 0 ? [{ type: type || 'message', data: data.join('\n'), lastEventId: id }] : [];
    type = '';
    data = [];
    return events;
  }

  return {
    push(bytes) {
      let text = decoder.decode(bytes, { stream: true });
      if (!text) return [];
      if (afterReturn && text[0] === '\n') text = text.slice(1);
      afterReturn = text.endsWith('\r');
      const lines = (rest + text).split(/\r\n?|\n/);
      rest = lines.pop() as string;
      return lines.flatMap(take);
    },
    get lastEventId() {
      return id;
    },
    get retry() {
      return retry;
    },
  };
}
