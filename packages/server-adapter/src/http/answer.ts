import type { EventStream } from './sse.ts';

/** Header names in small letters and their values; only `set-cookie` has several. */
export type AnswerHeaders = Record<string, string | string[]>;

/** An answer as the core gives it: what a skin needs to send it in one go. */
export interface Answer {
  status: number;
  headers: AnswerHeaders;
  /** A `ReadableStream` is read as fast as the caller takes it, and cancelled when they leave. */
  body: string | Uint8Array | ReadableStream<Uint8Array> | EventStream | null;
}

/** Puts a handler's own headers over those of every answer; each cookie stays one of its own. */
export function addHeaders(headers: AnswerHeaders, more: Headers): void {
  for (const [name, value] of more) if (name !== 'set-cookie') headers[name] = value;
  const cookies = more.getSetCookie();
  if (cookies.length > 0) headers['set-cookie'] = [...(headers['set-cookie'] ?? []), ...cookies];
}
