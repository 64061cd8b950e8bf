import type { Contract, Operation, Output, Parsed } from '@laurelkit/sdk/contract';
import type { Context } from './context.ts';
import type { EventStream } from './http/sse.ts';

/** The code behind one operation: parsed input and context in, the answer out. */
export type Handler<O extends Operation> = (
  input: O extends { rawBody: true } ? Parsed<O> & { rawBody: Uint8Array } : Parsed<O>,
  context: Context,
) => Promise<
  O['contentType'] extends 'text/event-stream' ? EventStream : O['contentType'] extends string ? Response : Output<O>
>;

/** The handlers of one resource of the contract. */
export type Handlers<Resource extends keyof Contract> = {
  [Name in keyof Contract[Resource]]: Contract[Resource][Name] extends Operation
    ? Handler<Contract[Resource][Name]>
    : never;
};

/** A handler for every operation of the contract. */
export type AllHandlers = { [Resource in keyof Contract]: Handlers<Resource> };
