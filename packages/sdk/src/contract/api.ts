import type { Contract } from './index.ts';
import type { Input, Operation, Output } from './operation.ts';

/** What may accompany any call. */
export interface CallOptions {
  /** Cancels the call. */
  signal?: AbortSignal;
  /** Sent as `Idempotency-Key`: the same key gives the same answer and one effect. */
  idempotencyKey?: string;
}

type RequiredKeys<T> = { [K in keyof T]-?: undefined extends T[K] ? never : K }[keyof T];

/** One operation as a function: the input may be left out where nothing in it is required. */
export type Call<O extends Operation> = [RequiredKeys<Input<O>>] extends [never]
  ? (input?: Input<O>, options?: CallOptions) => Promise<Output<O>>
  : (input: Input<O>, options?: CallOptions) => Promise<Output<O>>;

type Jsonic<Resource> = {
  [Name in keyof Resource as Resource[Name] extends { contentType: string } | { rawBody: true }
    ? never
    : Name]: Resource[Name] extends Operation ? Call<Resource[Name]> : never;
};

/**
 * The whole API as nested functions, the same for the HTTP client and in process:
 * `api.contests.get({ contest: 'spring' })`.
 */
export type Api = {
  [Resource in Exclude<keyof Contract, 'live' | 'operations' | 'stripe'>]: Jsonic<Contract[Resource]>;
};
