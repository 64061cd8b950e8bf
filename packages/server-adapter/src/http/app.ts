import type { Operation } from '@laurelkit/sdk/contract';
import type { Logger } from 'pino';
import type { Runner } from '../call.ts';
import type { Context } from '../context.ts';
import type { Settings } from '../options.ts';
import { LaurelProblem } from '../problem.ts';
import { addressOf } from './address.ts';
import { type Answer, type AnswerHeaders, addHeaders } from './answer.ts';
import type { Arrival } from './arrival.ts';
import { authenticate, type Credentials } from './authenticate.ts';
import { type Caller, mayCall } from './caller.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import type { Drain } from './drain.ts';
import { describeError } from './error-log.ts';
import type { Idempotency } from './idempotency.ts';
import type { Limits } from './limits.ts';
import type { Metrics } from './metrics.ts';
import type { Overload } from './overload.ts';
import { parseInput, readJson, readQuery, readRaw } from './parse.ts';
import { problemAnswer, problemOf } from './problem-response.ts';
import { createRouter, type Endpoint, type Match } from './router.ts';
import { type EventStream, eventStreamHeaders } from './sse.ts';

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
  drain: Drain;
  overload: Overload;
  /** Starts the installation, and waits until it has. */
  ready(): Promise<unknown>;
}

const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** Makes the function from arrival to answer. It never throws and never answers without a request id. */
export function createApp(services: AppServices): (arrival: Arrival) => Promise<Answer> {
  const { settings, metrics, logger, drain, overload } = services;
  const route = createRouter(services.endpoints);

  const answered = async (arrival: Arrival): Promise<Answer> => {
    const basePath = arrival.basePath ?? settings.basePath;
    const { path, method } = arrival;
    const inside = path.startsWith(basePath) && path[basePath.length] === '/';
    const match: Match = inside ? route(method, path.slice(basePath.length)) : { kind: 'none' };
    const refusal = overload.refuse(match, arrival);
    if (refusal) return method === 'HEAD' ? withoutBody(refusal) : refusal;
    const began = performance.now();
    const requestId = crypto.randomUUID();
    const headers: AnswerHeaders = { ...securityHeaders, 'x-request-id': requestId };
    let answer: Answer;
    try {
      answer = await answerMatch(services, match, { arrival, basePath, headers });
    } catch (error) {
      const problem = problemOf(error);
      // A full queue refuses by the thousand, and is counted.
      if (problem.status >= 500 && problem.code !== 'overloaded')
        logger.error({ requestId, error: describeError(problem.cause ?? problem) }, problem.code);
      answer = problemAnswer(problem, requestId, headers);
    }
    if (method === 'HEAD') answer = withoutBody(answer);
    // Read once the answer is there, so that whoever was under way when the end began hears of it too.
    if (drain.draining) headers.connection = 'close';
    const name = match.kind === 'endpoint' ? match.endpoint.path : 'none';
    const seconds = (performance.now() - began) / 1000;
    metrics.observeRequest(name, method, answer.status, seconds);
    logger.info({ requestId, method, route: name, status: answer.status, seconds }, 'answered');
    return answer;
  };
  return (arrival) => drain.during(() => answered(arrival));
}

/** A request on its way, and the headers its answer will have. */
interface Visit {
  arrival: Arrival;
  basePath: string;
  headers: AnswerHeaders;
}

async function answerMatch(services: AppServices, match: Match, visit: Visit): Promise<Answer> {
  const { arrival, headers } = visit;
  const { keys, origins } = services.credentials;
  if (arrival.header('origin') !== null) Object.assign(headers, await corsHeaders(arrival, keys, origins));
  if (arrival.method === 'OPTIONS' && match.kind !== 'none') {
    return { status: 204, headers: Object.assign(headers, preflightHeaders), body: null };
  }
  if (match.kind === 'endpoint') return answerEndpoint(services, match.endpoint, match.params, visit);
  if (match.kind === 'none') throw new LaurelProblem('route_not_found', 'See /openapi.json for all endpoints.');
  headers.allow = match.allow.join(', ');
  throw new LaurelProblem('method_not_allowed', `Use ${match.allow.join(' or ')}.`);
}

/** One request: authenticate, access, limit, parse, run, answer. */
async function answerEndpoint(
  services: AppServices,
  endpoint: Endpoint,
  params: Record<string, string>,
  { arrival, basePath, headers }: Visit,
): Promise<Answer> {
  const { settings, runner, drain } = services;
  const { operation } = endpoint;
  // Health tells how far the start is, so it does not wait for it; but a probe alone must get it going.
  if (operation.limit === 'none') void services.ready().catch(() => {});
  else if (drain.closed) throw new LaurelProblem('unavailable', 'The server has shut down.', { retryAfter: 2 });
  else await ready(services);
  const address = addressOf(arrival.remoteAddress, arrival.header('x-forwarded-for'), settings.trustedProxies);
  const caller = await callerOf(services, arrival, operation, address);
  await services.limits.take(operation.limit, caller, address, headers);
  const body = operation.body ? await readJson(arrival, settings.bodyLimit) : undefined;
  const input = parseInput(operation, { params, query: readQuery(arrival.search), body });
  if (operation.rawBody) input.rawBody = await readRaw(arrival, settings.bodyLimit);
  const site = {
    caller,
    address,
    now: settings.clock(),
    arrival,
    publicUrl: settings.publicUrl ?? `${publicOrigin(arrival, settings.trustedProxies)}${basePath}`,
    responseHeaders: new Headers(),
  };
  const run = (context: Context) => endpoint.handler(input as never, context) as Promise<unknown>;
  const key = endpoint.keyed ? arrival.header('idempotency-key') : null;
  if (key !== null) {
    const kept = await services.idempotency(
      { key, caller, operation: endpoint.name, input, status: operation.status ?? 200 },
      (transaction) => runner.runInside(transaction, site, run),
    );
    addHeaders(headers, site.responseHeaders);
    if (kept.replayed) headers['idempotency-replayed'] = 'true';
    headers['content-type'] = 'application/json';
    return { status: kept.status, headers, body: kept.body };
  }
  const result = await runner.run(site, run);
  addHeaders(headers, site.responseHeaders);
  if (result instanceof Response) {
    addHeaders(headers, result.headers);
    if (operation.streamed) return { status: result.status, headers, body: result.body };
    return { status: result.status, headers, body: result.body && new Uint8Array(await result.arrayBuffer()) };
  }
  if (operation.contentType === 'text/event-stream') {
    return { status: 200, headers: Object.assign(headers, eventStreamHeaders), body: result as EventStream };
  }
  headers['content-type'] = 'application/json';
  return { status: operation.status ?? 200, headers, body: JSON.stringify(result) };
}

/** The origin the caller used; behind trusted proxies they say which scheme it was. */
function publicOrigin(arrival: Arrival, trustedProxies: number): string {
  const origin = arrival.origin();
  const scheme = trustedProxies > 0 ? arrival.header('x-forwarded-proto') : null;
  return scheme === 'https' || scheme === 'http' ? `${scheme}://${new URL(origin).host}` : origin;
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
  arrival: Arrival,
  operation: Operation,
  address: string,
): Promise<Caller> {
  try {
    const caller = await authenticate(arrival, credentials);
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
  staff: 'a staff token',
  secret: 'a secret key (sk_…)',
};

const wanted = ({ access }: Operation) => access.map((each) => credentialNames[each]).join(' or ');

function withoutBody(answer: Answer): Answer {
  const { body } = answer;
  if (body instanceof ReadableStream) void body.cancel();
  else if (typeof body === 'object' && body !== null && 'open' in body) body.cancel();
  return { ...answer, body: null };
}
