import type { SafeFetch } from '../http/safe-fetch.ts';
import { answered, type Tried, unanswered } from './outcome.ts';
import { signedHeaders } from './sign.ts';

/** A message to an endpoint. */
export interface Outgoing {
  id: string;
  url: string;
  secrets: readonly string[];
  /** The event's name. */
  type: string;
  /** When it happened. */
  at: Date;
  data: unknown;
}

/** Sends a message once, signed at this instant, and answers what came of it. Never throws, but when it was aborted. */
export async function sendMessage(fetch: SafeFetch, message: Outgoing, signal?: AbortSignal): Promise<Tried> {
  const { id, url, secrets, type, at, data } = message;
  const body = JSON.stringify({ type, timestamp: at.toISOString(), data });
  const timestamp = Math.floor(Date.now() / 1000);
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Laurel-Webhooks',
    ...signedHeaders(secrets, { id, timestamp, body }),
  };
  const began = performance.now();
  const duration = () => Math.round(performance.now() - began);
  try {
    return answered(await fetch.post(url, headers, body, signal), duration());
  } catch (error) {
    if (signal?.aborted) throw error;
    return unanswered(error, duration());
  }
}
