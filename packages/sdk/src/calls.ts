import type { Api, CallOptions } from './contract/api.ts';
import { routes } from './contract/routes.ts';
import { LaurelError } from './errors.ts';
import { type Connection, overNetwork, request } from './request.ts';

/** A call as code sees it that treats all of them alike. */
export type AnyCall = (input?: Record<string, unknown>, options?: CallOptions) => Promise<unknown>;

type Tree = Record<string, Record<string, AnyCall>>;

/** The function of one route, sending a request over `connection`. */
export function createCall(connection: Connection, route: string): AnyCall {
  return async (input, { idempotencyKey, signal } = {}) => {
    const [method, template] = route.split(' ') as [string, string];
    const rest = { ...input };
    const headers: Record<string, string> = idempotencyKey ? { 'idempotency-key': idempotencyKey } : {};
    let body: string | undefined;
    let path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = encodeURIComponent((rest[name] as string) ?? '');
      delete rest[name];
      // URL parsers resolve dot segments, however they are encoded: such a value would name another endpoint.
      if (/^\.{0,2}$/.test(value)) throw new LaurelError('validation_failed', 422, `${name} cannot be "${value}"`);
      return value;
    });
    if (method === 'GET') {
      const query = new URLSearchParams();
      for (const name in rest) if (rest[name] !== undefined) query.set(name, `${rest[name]}`);
      if (`${query}`) path += `?${query}`;
    } else {
      headers['content-type'] = 'application/json';
      body = JSON.stringify(rest);
    }
    const response = await request(connection, path, { method, headers, body, signal });
    return overNetwork(() => response.json(), signal, response.status);
  };
}

type ByRoute<Route> = {
  [R in keyof Api]: {
    [N in keyof Api[R]]: N extends keyof (typeof routes)[R]
      ? (typeof routes)[R][N] extends Route
        ? Api[R][N]
        : never
      : never;
  }[keyof Api[R]];
}[keyof Api];

type RouteOf<R extends keyof Api> = (typeof routes)[R][Extract<keyof Api[R], keyof (typeof routes)[R]>];

/**
 * One call by its route, for pages that need few of them: the table of all routes need not be shipped.
 *
 * @example
 * ```ts
 * const contest = await routeCall({ baseUrl: '/api', key: 'pk_…' }, 'GET /contests/{contest}')({ contest: 'spring' });
 * ```
 */
export const routeCall = createCall as <Route extends { [R in keyof Api]: RouteOf<R> }[keyof Api]>(
  connection: Connection,
  route: Route,
) => ByRoute<Route>;

/** The nested functions of an API, the one of each route made by `create`. */
export function createCalls(create: (route: string, resource: string, name: string) => AnyCall): Api {
  const api: Tree = {};
  for (const [resource, operations] of Object.entries<Record<string, string>>(routes)) {
    const calls: Tree[string] = {};
    for (const name in operations) calls[name] = create(operations[name] as string, resource, name);
    api[resource] = calls;
  }
  return api as unknown as Api;
}

/** The same API, each of its functions changed. */
export function changeCalls(api: Api, change: (call: AnyCall, route: string, path: [string, string]) => AnyCall): Api {
  return createCalls((route, resource, name) => {
    const call = (api as unknown as Tree)[resource]?.[name] as AnyCall;
    return call && change(call, route, [resource, name]);
  });
}
