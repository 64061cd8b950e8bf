import type { Operation } from '@laurelkit/sdk/contract';
import type { Logger } from 'pino';
import { uuidv7 } from 'uuidv7';
import type { Runner } from '../call.ts';
import type { Context } from '../context.ts';
import type { Settings } from '../options.ts';
import { LaurelProblem } from '../problem.ts';
import { addressOf } from './address.ts';
import { authenticate, type Credentials } from './authenticate.ts';
import { type Caller, mayCall } from './caller.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import { describeError } from './error-log.ts';
import type { Idempotency } from './idempotency.ts';
import type { Limits } from './limits.ts';
import type { Metrics } from './metrics.ts';
import { parseInput, readJson, readQuery } from './parse.ts';
import { problemBody, problemOf } from './problem-response.ts';
import { createRouter, type Endpoint } from './router.ts';

/** What a mount knows of a request that the request itself does not say. */
export interface RequestInfo {
  /** The peer's address. */
  remoteAddress?: string;
  /** Where the host mounted Laurel, when it differs from the option. */
  basePath?: string;
}

/** What answering needs. */
export interface AppServices {
  settings: Settings;
  endpoints: readonly Endpoint[];
  credentials: Credentials;
  limits: Limits;
  idempotency: Idempotency;
  runner: Runner;
  metrics: Metrics;
  logger: Logger;
  /** Starts the installation, and waits until it has. */
  ready(): Promise<unknown>;
}

const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** Makes the function from `Request` to `Response`. It never throws and never answers without a request id. */
export function createApp(services: AppServices): (request: Request, info?: RequestInfo) => Promise<Response> {
  const { settings, credentials, metrics, logger } = services;
  const route = createRouter(services.endpoints);

  return async (request, info = {}) => {
    const began = performance.now();
    const requestId = uuidv7();
    const headers = new Headers({ ...securityHeaders, 'x-request-id': requestId });
    const url = new URL(request.url);
    const basePath = info.basePath ?? settings.basePath;
    const path = url.pathname.startsWith(`${basePath}/`) ? url.pathname.slice(basePath.length) : null;
    const match = path === null ? ({ kind: 'none' } as const) : route(request.method, path);
    let response: Response;
    try {
      for (const [name, value] of Object.entries(await corsHeaders(request, credentials.keys, credentials.origins))) {
        headers.set(name, value);
      }
      if (request.method === 'OPTIONS' && match.kind !== 'none') {
        response = new Response(null, { status: 204, headers: merge(headers, preflightHeaders) });
      } else if (match.kind === 'endpoint') {
        response = await answer(services, match.endpoint, match.params, { request, info, url, basePath, headers });
      } else if (match.kind === 'method') {
        headers.set('allow', match.allow.join(', '));
        throw new LaurelProblem('method_not_allowed', `Use ${match.allow.join(' or ')}.`);
      } else {
        throw new LaurelProblem('route_not_found', 'See /openapi.json for all endpoints.');
      }
    } catch (error) {
      const problem = problemOf(error);
      if (problem.status >= 500)
        logger.error({ requestId, error: describeError(problem.cause ?? problem) }, problem.code);
      if (problem.retryAfter !== undefined) headers.set('retry-after', String(problem.retryAfter));
      headers.set('content-type', 'application/problem+json');
      const body = request.method === 'HEAD' ? null : JSON.stringify(problemBody(problem, requestId));
      response = new Response(body, { status: problem.status, headers });
    }
    const name = match.kind === 'endpoint' ? match.endpoint.path : 'none';
    const seconds = (performance.now() - began) / 1000;
    metrics.observeRequest(name, request.method, response.status, seconds);
    logger.info({ requestId, method: request.method, route: name, status: response.status, seconds }, 'answered');
    return response;
  };
}

interface Arrival {
  request: Request;
  info: RequestInfo;
  url: URL;
  basePath: string;
  headers: Headers;
}

/** One request: authenticate, access, limit, parse, run, answer. */
async function answer(
  services: AppServices,
  endpoint: Endpoint,
  params: Record<string, string>,
  { request, info, url, basePath, headers }: Arrival,
): Promise<Response> {
  const { settings, runner } = services;
  const { operation } = endpoint;
  // Health tells how far the start is, so it does not wait for it; but a probe alone must get it going.
  if (operation.limit === 'none') void services.ready().catch(() => {});
  else await ready(services);
  const address = addressOf(info.remoteAddress, request.headers.get('x-forwarded-for'), settings.trustedProxies);
  const caller = await callerOf(services, request, operation, address);
  merge(headers, await services.limits.take(operation.limit, caller, address));
  const body = operation.body ? await readJson(request, settings.bodyLimit) : undefined;
  const input = parseInput(operation, { params, query: readQuery(url.searchParams), body });
  const site = {
    caller,
    now: settings.clock(),
    publicUrl: settings.publicUrl ?? `${originOf(url, request, settings.trustedProxies)}${basePath}`,
    request,
    responseHeaders: headers,
  };
  const run = (context: Context) => endpoint.handler(input as never, context) as Promise<unknown>;
  const key = endpoint.keyed ? request.headers.get('idempotency-key') : null;
  if (key === null) {
    const result = await runner.run(site, run);
    if (result instanceof Response) return withHeaders(result, request, headers);
    return json(JSON.stringify(result), operation.status ?? 200, request, headers);
  }
  const kept = await services.idempotency(
    { key, caller, operation: endpoint.name, input, status: operation.status ?? 200 },
    (transaction) => runner.runInside(transaction, site, run),
  );
  if (kept.replayed) headers.set('idempotency-replayed', 'true');
  return json(kept.body, kept.status, request, headers);
}

/** The origin the caller used; behind trusted proxies they say which scheme it was. */
function originOf(url: URL, request: Request, trustedProxies: number): string {
  const scheme = trustedProxies > 0 ? request.headers.get('x-forwarded-proto') : null;
  return scheme === 'https' || scheme === 'http' ? `${scheme}://${url.host}` : url.origin;
}

/** @throws LaurelProblem unavailable */
async function ready(services: AppServices): Promise<void> {
  await services.ready().catch((cause: unknown) => {
    throw new LaurelProblem('unavailable', 'The server could not start yet. Try again.', { retryAfter: 2, cause });
  });
}

/** @throws LaurelProblem unauthenticated, token_invalid, origin_not_allowed, forbidden, too_many_requests */
async function callerOf(
  { credentials, limits }: AppServices,
  request: Request,
  operation: Operation,
  address: string,
): Promise<Caller> {
  try {
    const caller = await authenticate(request, credentials);
    if (mayCall(caller, operation.access)) return caller;
    if (caller.kind === 'public') throw new LaurelProblem('unauthenticated', `Needs ${wanted(operation)}.`);
    throw new LaurelProblem('forbidden', `Needs ${wanted(operation)}.`);
  } catch (error) {
    if (error instanceof LaurelProblem && error.status === 401) await limits.refuse(address);
    throw error;
  }
}

const credentialNames = {
  public: 'nothing',
  publishable: 'a publishable key (pk_…)',
  participant: 'a participant token',
  secret: 'a secret key (sk_…)',
};

const wanted = ({ access }: Operation) => access.map((each) => credentialNames[each]).join(' or ');

function json(body: string, status: number, request: Request, headers: Headers): Response {
  headers.set('content-type', 'application/json');
  return new Response(request.method === 'HEAD' ? null : body, { status, headers });
}

/** A handler's own response gets the headers of every answer; those it set itself stay. */
function withHeaders(response: Response, request: Request, headers: Headers): Response {
  const merged = new Headers(headers);
  for (const [name, value] of response.headers) if (name !== 'set-cookie') merged.set(name, value);
  for (const cookie of response.headers.getSetCookie()) merged.append('set-cookie', cookie);
  if (request.method === 'HEAD') void response.body?.cancel();
  return new Response(request.method === 'HEAD' ? null : response.body, { status: response.status, headers: merged });
}

function merge(headers: Headers, more: Record<string, string>): Headers {
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
  return headers;
}
