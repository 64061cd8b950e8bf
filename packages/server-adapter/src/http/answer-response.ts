import type { Answer, AnswerHeaders } from './answer.ts';
import { openedBody } from './stream-sink.ts';

/** The Fetch `Response` of an answer, made in one go. */
export function answerResponse({ status, headers, body }: Answer): Response {
  const init = { status, headers: responseHeaders(headers) };
  if (typeof body === 'object' && body !== null && 'open' in body) return new Response(openedBody(body), init);
  return new Response(body as string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null, init);
}

function responseHeaders(headers: AnswerHeaders): HeadersInit {
  const { 'set-cookie': cookies, ...single } = headers;
  if (cookies === undefined) return headers as Record<string, string>;
  const made = new Headers(single as Record<string, string>);
  for (const cookie of cookies) made.append('set-cookie', cookie);
  return made;
}
