import { type Api, type CallOptions, contract, type Operation } from '@laurelkit/sdk/contract';
import type { CallSite, Runner } from './call.ts';
import type { Context } from './context.ts';
import { enlist, type HostTransaction } from './db/enlist.ts';
import type { Queryable } from './db/storage.ts';
import type { Caller } from './http/caller.ts';
import type { Drain } from './http/drain.ts';
import type { Idempotency } from './http/idempotency.ts';
import { parseInput } from './http/parse.ts';
import type { Endpoint } from './http/router.ts';

/** The API in process: the same functions as the HTTP client's, as the host itself, without HTTP. */
export type InProcessApi = Api & {
  /**
   * The same functions inside the host's own open transaction: what they write commits or rolls back with it.
   *
   * @example
   * ```ts
   * await db.transaction().execute(async (tx) => {
   *   await tx.insertInto('orders').values(order).execute();
   *   await laurel.api.with(tx).conversions.create({ program: 'friends', participant: user.id, event: 'purchase', idempotencyKey: order.id });
   * });
   * ```
   */
  with(transaction: HostTransaction): Api;
};

/** What calling in process needs. */
export interface ApiServices {
  endpointOf(name: string): Endpoint;
  runner: Runner;
  idempotency: Idempotency;
}

/** Where the services come from, and what a call goes by. */
export interface ApiSource {
  /** The services of a started installation. */
  ready(): Promise<ApiServices>;
  /** Counts a call as under way, so that closing waits for it. */
  during: Drain['during'];
  /** Refuses `with()` where starting now would wait for the host's own transaction. */
  assertStarted(): void;
  /** Whether statements may be named in the host's transactions. */
  preparedStatements: boolean;
  site(): Pick<CallSite, 'now' | 'publicUrl'>;
}

const host: Caller = { kind: 'secret', key: 'in-process' };

/** Makes the in-process API. */
export function createApi(source: ApiSource): InProcessApi {
  return {
    ...tree(source, null),
    with: (transaction) => {
      source.assertStarted();
      return tree(source, enlist(transaction, source.preparedStatements));
    },
  };
}

function tree(source: ApiSource, transaction: Queryable | null): Api {
  const api: Record<string, Record<string, unknown>> = {};
  for (const [resource, operations] of Object.entries(contract)) {
    const names = Object.entries(operations).filter(
      ([, operation]: [string, Operation]) => !operation.contentType && !operation.rawBody,
    );
    api[resource] = Object.fromEntries(
      names.map(([name]) => [
        name,
        (input?: Record<string, unknown>, options?: CallOptions) =>
          source.during(input ?? {}, (given) => call(source, `${resource}.${name}`, given, options ?? {}, transaction)),
      ]),
    );
  }
  return api as unknown as Api;
}

async function call(
  { ready, site }: ApiSource,
  name: string,
  given: Record<string, unknown>,
  { signal, idempotencyKey }: CallOptions,
  transaction: Queryable | null,
): Promise<unknown> {
  const { endpointOf, runner, idempotency } = await ready();
  signal?.throwIfAborted();
  const endpoint = endpointOf(name);
  const input = parseInput(endpoint.operation, split(endpoint, given));
  const here: CallSite = {
    ...site(),
    caller: host,
    address: 'in-process',
    arrival: null,
    responseHeaders: {},
  };
  const run = (context: Context) => endpoint.handler(input as never, context) as Promise<unknown>;
  if (transaction) return (await runner.runInside(transaction, here, run)).result;
  if (idempotencyKey === undefined || !endpoint.keyed) return runner.run(here, run);
  const kept = await idempotency(
    { key: idempotencyKey, caller: host, operation: endpoint.name, input, status: endpoint.operation.status ?? 200 },
    (inside) => runner.runInside(inside, here, run),
  );
  return JSON.parse(kept.body);
}

/** Sorts a flat input into path, query and body, as the wire would carry it. */
function split({ inPath, method }: Endpoint, given: Record<string, unknown>) {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  const isInPath = ([name]: [string, unknown]) => inPath.includes(name);
  const params = inPath.length > 0 ? Object.fromEntries(entries.filter(isInPath)) : {};
  const rest = Object.fromEntries(inPath.length > 0 ? entries.filter((entry) => !isInPath(entry)) : entries);
  return method === 'GET' ? { params, query: rest, body: undefined } : { params, query: {}, body: rest };
}
