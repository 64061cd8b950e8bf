import { contract, type Operation, routes } from '@laurelkit/sdk/contract';
import { RegExpRouter } from 'hono/router/reg-exp-router';
import { SmartRouter } from 'hono/router/smart-router';
import { TrieRouter } from 'hono/router/trie-router';
import type { AllHandlers, Handler } from '../handlers.ts';
import { takesKey } from './openapi.ts';

/** One endpoint, ready to be called. */
export interface Endpoint {
  /** Such as `contests.get`. */
  name: string;
  method: string;
  /** The template, such as `/contests/{contest}`. */
  path: string;
  /** The names of the template's parameters. */
  inPath: string[];
  operation: Operation;
  handler: Handler<Operation>;
  /** Whether an `Idempotency-Key` is honoured. */
  keyed: boolean;
}

/** All endpoints of the contract with their handlers. */
export function endpointsOf(handlers: AllHandlers): Endpoint[] {
  return Object.entries(contract).flatMap(([resource, operations]) =>
    Object.entries(operations).map(([name, operation]: [string, Operation]) => {
      const table = handlers as unknown as Record<string, Record<string, Handler<Operation>>>;
      const strings = routes as Record<string, Record<string, string>>;
      const [method = '', path = ''] = strings[resource]?.[name]?.split(' ') ?? [];
      const handler = table[resource]?.[name] as Handler<Operation>;
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter = '']) => parameter);
      return { name: `${resource}.${name}`, method, path, inPath, operation, handler, keyed: takesKey(operation) };
    }),
  );
}

/** An endpoint that was found, and what stands in its path. */
export interface EndpointMatch {
  kind: 'endpoint';
  endpoint: Endpoint;
  params: Record<string, string>;
}

/** What a request's method and path lead to. */
export type Match = EndpointMatch | { kind: 'method'; allow: string[] } | { kind: 'none' };

/** Makes the matcher of some endpoints. `HEAD` finds what `GET` would. */
export function createRouter(endpoints: readonly Endpoint[]): (method: string, path: string) => Match {
  const router = new SmartRouter<Endpoint>({ routers: [new RegExpRouter(), new TrieRouter()] });
  for (const endpoint of endpoints) {
    router.add(endpoint.method, endpoint.path.replace(/\{(\w+)\}/g, ':$1'), endpoint);
  }
  const methods = [...new Set(endpoints.map(({ method }) => method))];

  const find = (method: string, path: string) => {
    const [matches, stash] = router.match(method, path) as [[Endpoint, Record<string, number | string>][], string[]?];
    const match = matches[0];
    if (!match) return null;
    const entries = Object.entries(match[1]).map(([name, at]) => [
      name,
      decode(stash ? (stash[at as number] ?? '') : String(at)),
    ]);
    return { endpoint: match[0], params: Object.fromEntries(entries) as Record<string, string> };
  };

  return (method, path) => {
    const found = find(method === 'HEAD' ? 'GET' : method, path);
    if (found) return { kind: 'endpoint', ...found };
    const allow = methods.filter((each) => find(each, path));
    return allow.length > 0 ? { kind: 'method', allow } : { kind: 'none' };
  };
}

/** Percent-decodes a segment; what cannot be decoded stays as it is and matches nothing. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
