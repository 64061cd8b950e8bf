import type { SafeAnswer } from '../http/safe-fetch.ts';
import { UnsafeAddress } from '../http/safe-fetch.ts';
import { pauseAfter } from './schedule.ts';
import { snippetOf } from './snippet.ts';

/** What one try came to. */
export interface Tried {
  /** HTTP status; `null` when there was no answer. */
  status: number | null;
  durationMs: number;
  /** Why it failed; `null` when it did not. */
  error: string | null;
  response: string | null;
  /** Seconds the receiver asks to be left alone. */
  throttle: number;
}

/** What becomes of a delivery by it. */
export interface Verdict {
  outcome: 'delivered' | 'retry' | 'failed' | 'gone';
  /** Seconds until the next try. */
  pause: number;
}

/** These say that the receiver has too much to do, and for how many seconds unless it says it itself. */
const busy: Record<number, number> = { 429: 10, 502: 10, 503: 0, 504: 10 };
const longestThrottle = 24 * 3600;

/** Reads an answer: only 2xx is success. */
export function answered({ status, headers, body }: SafeAnswer, durationMs: number): Tried {
  const success = status >= 200 && status < 300;
  return {
    status,
    durationMs,
    error: success ? null : words(status),
    response: snippetOf(body),
    throttle: status in busy ? throttleOf(headers['retry-after'], busy[status] ?? 0) : 0,
  };
}

function words(status: number): string {
  if (status === 410) return 'Answered 410: the endpoint is gone.';
  if (status >= 300 && status < 400) return `Answered ${status}: redirects are not followed.`;
  return `Answered ${status}.`;
}

/** Seconds of a `Retry-After`, which is a number or a date (RFC 9110 §10.2.3). */
function throttleOf(header: string | string[] | undefined, usual: number): number {
  const text = String(header ?? '').trim();
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? usual : Math.min(Math.max(seconds, 0), longestThrottle);
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'The connection was refused.',
  ECONNRESET: 'The connection was cut off.',
  UND_ERR_SOCKET: 'The connection was cut off.',
  ENOTFOUND: 'The name is not known.',
  EAI_AGAIN: 'The name could not be resolved.',
  EHOSTUNREACH: 'The host cannot be reached.',
  ENETUNREACH: 'The host cannot be reached.',
  UND_ERR_CONNECT_TIMEOUT: 'The connection took too long.',
  ETIMEDOUT: 'The connection took too long.',
  UND_ERR_HEADERS_TIMEOUT: 'The answer took too long.',
};

/** Reads what went wrong, in words of our own: an error's may name addresses. */
export function unanswered(error: unknown, durationMs: number): Tried {
  return { status: null, durationMs, error: reasonOf(error), response: null, throttle: 0 };
}

function reasonOf(error: unknown): string {
  if (error instanceof UnsafeAddress) return error.message;
  if (!(error instanceof Error)) return 'The request failed.';
  if (error.name === 'TimeoutError') return 'The answer took too long.';
  const code = 'code' in error ? String(error.code) : '';
  if (/CERT|SELF_SIGNED|TLS|SSL/.test(code)) return 'The certificate or the encrypted connection was not good.';
  return reasons[code] ?? 'The request failed.';
}

/**
 * Decides what comes after a try.
 * @param attempt - its number, from 1
 * @param random - from 0 up to 1, for the jitter
 */
export function judge({ status, error, throttle }: Tried, attempt: number, random: number): Verdict {
  if (error === null) return { outcome: 'delivered', pause: 0 };
  if (status === 410) return { outcome: 'gone', pause: 0 };
  const pause = pauseAfter(attempt, random);
  return pause === null ? { outcome: 'failed', pause: 0 } : { outcome: 'retry', pause: Math.max(pause, throttle) };
}
