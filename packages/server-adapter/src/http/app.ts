import { randomUUID } from 'node:crypto';
import type { Operation } from '@laurelkit/sdk/contract';
import type { Logger } from 'pino';
import type { Runner } from '../call.ts';
import type { Context } from '../context.ts';
import type { Settings } from '../options.ts';
import { LaurelProblem } from '../problem.ts';
import { addressOf } from './address.ts';
import { allowedCaller } from './allowed-caller.ts';
import { type Answer, type AnswerHeaders, addHeaders } from './answer.ts';
import type { Arrival } from './arrival.ts';
import type { Credentials } from './authenticate.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import type { Drain } from './drain.ts';
import { describeError } from './error-log.ts';
import type { Idempotency } from './idempotency.ts';
import type { Limits } from './limits.ts';
import type { Metrics } from './metrics.ts';
import type { Overload } from './overload.ts';
import { parseInput, readJson, readQuery, readRaw } from './parse.ts';
import { problemAnswer, problemOf } from './problem-response.ts';
import { createRouter, type Endpoint, type EndpointMatch, type Match } from './router.ts';
import { type EventStream, eventStreamHeaders } from './sse.ts';
import { createTargets, type Target } from './target.ts';

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
  /** Whether it has. */
  isReady(): boolean;
}

const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const nowhere: Target = { match: { kind: 'none' }, input: null };

/** Makes the function from arrival to answer. It never throws and never answers without a request id. */
export function createApp(services: AppServices): (arrival: Arrival) => Promise<Answer> {
  const { settings, metrics, logger, drain, overload } = services;
  const targetOf = createTargets(createRouter(services.endpoints));

  const answered = async (arrival: Arrival): Promise<Answer> => {
    const basePath = arrival.basePath ?? settings.basePath;
    const { path, method } = arrival;
    const inside = path.startsWith(basePath) && path[basePath.length] === '/';
    const target = inside ? targetOf(method, path.slice(basePath.length), arrival.search) : nowhere;
    const { match } = target;
    const refusal = overload.refuse(match, arrival);
    if (refusal) return method === 'HEAD' ? withoutBody(refusal) : refusal;
    const began = performance.now();
    const requestId = randomUUID();
    const headers: AnswerHeaders = { ...securityHeaders, 'x-request-id': requestId };
    let answer: Answer;
    try {
      const { keys, origins } = services.credentials;
      if (arrival.header('origin') !== null) Object.assign(headers, await corsHeaders(arrival, keys, origins));
      const visit = { arrival, basePath, headers };
      answer =
        match.kind === 'endpoint' && method !== 'OPTIONS'
          ? await answerEndpoint(services, match, target, visit)
          : answerNoEndpoint(match, visit);
    } catch (error) {
      const problem = problemOf(error);
      // A full queue refuses by the thousand, and is counted.
      if (problem.status >= 500 && (problem.code !== 'overloaded' || problem.cause))
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
  return (arrival) => drain.during(arrival, answered);
}

/** A request on its way, and the headers its answer will have. */
interface Visit {
  arrival: Arrival;
  basePath: string;
  headers: AnswerHeaders;
}

/** A preflight, or what no endpoint is there for. */
function answerNoEndpoint(match: Match, { arrival, headers }: Visit): Answer {
  if (match.kind === 'none') throw new LaurelProblem('route_not_found', 'See /openapi.json for all endpoints.');
  if (arrival.method === 'OPTIONS') {
    return { status: 204, headers: Object.assign(headers, preflightHeaders), body: null };
  }
  const allow = match.kind === 'method' ? match.allow : [];
  headers.allow = allow.join(', ');
  throw new LaurelProblem('method_not_allowed', `Use ${allow.join(' or ')}.`);
}

/** One request: authenticate, access, limit, parse, run, answer. */
async function answerEndpoint(
  services: AppServices,
  { endpoint, params }: EndpointMatch,
  target: Target,
  { arrival, basePath, headers }: Visit,
): Promise<Answer> {
  const { settings, runner, drain } = services;
  const { operation } = endpoint;
  if (!services.isReady() || drain.closed) await admit(services, operation);
  const address = addressOf(arrival.remoteAddress, arrival.header('x-forwarded-for'), settings.trustedProxies);
  const caller = await allowedCaller(services, arrival, operation, address);
  const counted = services.limits.take(operation.limit, caller, address, headers);
  if (counted) await counted;
  const input = await readInput(services, operation, { params, arrival, target });
  const site = {
    caller,
    address,
    now: settings.clock(),
    arrival,
    publicUrl: () => settings.publicUrl ?? `${publicOrigin(arrival, settings.trustedProxies)}${basePath}`,
    responseHeaders: {} as AnswerHeaders,
  };
  const run = (context: Context) => endpoint.handler(input as never, context) as Promise<unknown>;
  const key = endpoint.keyed ? arrival.header('idempotency-key') : null;
  if (key !== null) {
    const kept = await services.idempotency(
      { key, caller, operation: endpoint.name, input, status: operation.status ?? 200 },
      (transaction) => runner.runInside(transaction, site, run),
    );
    Object.assign(headers, site.responseHeaders);
    if (kept.replayed) headers['idempotency-replayed'] = 'true';
    headers['content-type'] = 'application/json';
    return { status: kept.status, headers, body: kept.body };
  }
  const result = await runner.run(site, run);
  Object.assign(headers, site.responseHeaders);
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

/** What a call is given: path, query and body by the contract, or the body as it was sent. */
async function readInput(
  { settings }: AppServices,
  operation: Operation,
  { params, arrival, target }: { params: Record<string, string>; arrival: Arrival; target: Target },
): Promise<Readonly<Record<string, unknown>>> {
  const { search } = arrival;
  const largest = Math.max(settings.bodyLimit, operation.largestBody ?? 0);
  if (operation.rawBody) {
    const input = parseInput(operation, { params, query: readQuery(search), body: undefined });
    return { ...input, rawBody: await readRaw(arrival, largest) };
  }
  if (!operation.body) return inputOf(target, operation, params, search);
  const body = await readJson(arrival, largest);
  return parseInput(operation, { params, query: readQuery(search, operation.furtherQuery), body });
}

/** Input without a body says the same each time it is asked for, so what was found right once stays right. */
function inputOf(target: Target, operation: Operation, params: Record<string, string>, search: string) {
  target.input ??= Object.freeze(
    parseInput(operation, { params, query: readQuery(search, operation.furtherQuery), body: undefined }),
  );
  return target.input;
}

/**
 * Lets a request in before the start or after the end.
 * @throws LaurelProblem unavailable
 */
async function admit(services: AppServices, operation: Operation): Promise<void> {
  // Health tells how far the start is, so it does not wait for it; but a probe alone must get it going.
  if (operation.limit === 'none') {
    if (!services.drain.closed) services.ready().catch((error: unknown) => tellFailedStart(services, error));
    return;
  }
  if (services.drain.closed) throw new LaurelProblem('unavailable', 'The server has shut down.', { retryAfter: 2 });
  await services.ready().catch((cause: unknown) => {
    throw new LaurelProblem('unavailable', 'The server could not start yet. Try again.', { retryAfter: 2, cause });
  });
}

/** A caller who does not wait for the start hears nothing of why it failed. */
function tellFailedStart({ logger }: AppServices, error: unknown): void {
  logger.error({ error: describeError(error) }, 'could not start');
}

/** The origin the caller used; behind trusted proxies they say which scheme it was. */
function publicOrigin(arrival: Arrival, trustedProxies: number): string {
  const origin = arrival.origin();
  const scheme = trustedProxies > 0 ? arrival.header('x-forwarded-proto') : null;
  return scheme === 'https' || scheme === 'http' ? `${scheme}://${new URL(origin).host}` : origin;
}

function withoutBody(answer: Answer): Answer {
  const { body } = answer;
  if (body instanceof ReadableStream) void body.cancel();
  else if (typeof body === 'object' && body !== null && 'open' in body) body.cancel();
  return { ...answer, body: null };
}
