import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, type Dispatcher, request } from 'undici';
import { isPublicAddress } from './public-address.ts';

/** Why an address may not be asked, in words for whoever gave it. */
export class UnsafeAddress extends Error {
  override readonly name = 'UnsafeAddress';
}

/** What came back. */
export interface SafeAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** The body's beginning, at most `longestBody` bytes of it. */
  body: Buffer;
}

/** What may be reached, and for how long. */
export interface SafeFetchOptions {
  /** Origins that are asked whatever they resolve to, in plain http too: the operator's own say. */
  allow?: readonly string[];
  /** Resolves names; that of the system unless told. */
  lookup?: LookupFunction;
  /** Milliseconds from the start until the answer's head. */
  timeout?: number;
}

/** Sends requests to addresses that others gave us, without letting them reach what is ours. */
export interface SafeFetch {
  /** @throws UnsafeAddress when an address may never be asked: scheme, port, credentials, or a literal that is not public */
  assert(url: string): void;
  /**
   * Posts a body and follows no redirect.
   * @throws UnsafeAddress also when the name resolves to anything that is not public
   */
  post(url: string, headers: Record<string, string>, body: string, signal?: AbortSignal): Promise<SafeAnswer>;
  /**
   * Reads an address and follows no redirect.
   * @throws UnsafeAddress also when the name resolves to anything that is not public
   */
  get(url: string, headers: Record<string, string>, signal?: AbortSignal): Promise<SafeAnswer>;
  /** Closes its connections. */
  close(): Promise<void>;
}

const ports = ['', '8443'];
const longestBody = 4_096;
const bodyMilliseconds = 2_000;

/**
 * Makes a `SafeFetch` (OWASP SSRF prevention): https to port 443 or 8443, no credentials in the address, and each address a
 * name resolves to is judged where the connection is made, so that no name can change its mind in between.
 */
export function createSafeFetch(options: SafeFetchOptions = {}): SafeFetch {
  const { allow = [], lookup = systemLookup as LookupFunction, timeout = 20_000 } = options;
  const allowed = new Set(allow);
  const agentOf = (resolve: LookupFunction) =>
    new Agent({ connect: { lookup: resolve, timeout }, headersTimeout: timeout, bodyTimeout: timeout });
  const strict = agentOf(judging(lookup));
  const open = agentOf(lookup);

  const dispatcherOf = (address: string): Dispatcher => {
    const url = new URL(address);
    if (url.username || url.password) throw new UnsafeAddress('The address must not carry credentials.');
    if (allowed.has(url.origin)) return open;
    if (url.protocol !== 'https:') throw new UnsafeAddress('The address must be https.');
    if (!ports.includes(url.port)) throw new UnsafeAddress('The port must be 443 or 8443.');
    const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
    // Sockets do not look a literal up, so nothing else would judge it.
    if (isIP(host) ? !isPublicAddress(host) : !host.includes('.')) throw notPublic();
    return strict;
  };

  const send = async (
    url: string,
    options: { method: 'GET' | 'POST'; headers: Record<string, string>; body?: string },
    signal?: AbortSignal,
  ): Promise<SafeAnswer> => {
    const dispatcher = dispatcherOf(url);
    const limit = AbortSignal.timeout(timeout);
    const answer = await request(url, {
      dispatcher,
      ...options,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    return { status: answer.statusCode, headers: answer.headers, body: await beginningOf(answer.body) };
  };

  return {
    assert: (url) => void dispatcherOf(url),
    post: (url, headers, body, signal) => send(url, { method: 'POST', headers, body }, signal),
    get: (url, headers, signal) => send(url, { method: 'GET', headers }, signal),
    close: async () => void (await Promise.all([strict.destroy(), open.destroy()])),
  };
}

const notPublic = () => new UnsafeAddress('The address is not public.');

/** Looks a name up and gives nothing when one of its addresses is not public. */
const judging =
  (lookup: LookupFunction): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '');
      const addresses = Array.isArray(found) ? found : [{ address: found, family: isIP(found) }];
      const first = addresses[0];
      if (!first || !addresses.every(({ address }) => isPublicAddress(address))) return callback(notPublic(), '');
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };

/** The status has been told by then, so a body that is long, slow or cut off loses only its rest. */
async function beginningOf(body: Dispatcher.ResponseData['body']): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  const timer = setTimeout(() => body.destroy(), bodyMilliseconds);
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= longestBody) break;
    }
  } catch {
    // What came before it broke is enough.
  } finally {
    clearTimeout(timer);
    body.destroy();
  }
  return Buffer.concat(chunks).subarray(0, longestBody);
}
