import type { Api, CallOptions } from './contract/api.ts';
import type { Routes } from './contract/routes.ts';
import { LaurelError } from './errors.ts';

/**
 * Sends the payload of an item under its idempotency key. A rejection with a `LaurelError` of a 4xx status (but 408, 425,
 * 429) refuses the item for good; any other has it tried again. It must settle in time: the items behind it wait.
 */
export type Send<Payload> = (payload: Payload, options: Required<CallOptions>) => Promise<unknown>;

type InputOf<Function> = Function extends (input: infer Input, options?: CallOptions) => unknown ? Input : never;

type Write<Resource extends keyof Api & keyof Routes> = {
  [Name in keyof Api[Resource] & keyof Routes[Resource]]: Routes[Resource][Name] extends `GET ${string}`
    ? never
    : { operation: `${Resource & string}.${Name & string}`; input: InputOf<Api[Resource][Name]> };
}[keyof Api[Resource] & keyof Routes[Resource]];

/** A write of the API as data: `{ operation: 'clicks.record', input: { referralCode: 'ANA' } }`. */
export type ApiWrite = { [Resource in keyof Api & keyof Routes]: Write<Resource> }[keyof Api & keyof Routes];

/** Sends writes with a client. */
export function sendWith(client: Api): Send<ApiWrite> {
  const resources = client as unknown as Record<string, Record<string, Send<unknown>> | undefined>;
  return async ({ operation, input }, options) => {
    const [resource = '', name = ''] = operation.split('.');
    const call = resources[resource]?.[name];
    // Refused for good: an item kept from another version of the page may name what this one does not know.
    if (!call) throw new LaurelError('validation_failed', 422, `The client has no operation ${operation}`);
    return call(input, options);
  };
}
