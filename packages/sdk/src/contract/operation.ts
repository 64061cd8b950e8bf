import type * as z from 'zod/mini';
import type { ProblemCode } from './problems.ts';

/** Who may call an operation. `public` needs no credential. */
export type Access = 'public' | 'publishable' | 'participant' | 'staff' | 'secret';

/** The rate-limit class an operation counts against. */
export type LimitClass = 'none' | 'read' | 'write' | 'track' | 'token' | 'webhook';

export type Schema = z.ZodMiniType;

/** One endpoint: who may call it, what it takes, what it answers. */
export interface Operation {
  readonly summary: string;
  readonly access: readonly Access[];
  readonly limit: LimitClass;
  readonly params?: Schema;
  readonly query?: Schema;
  /** Whether the query may hold what `query` does not name, and names more than once: others add to the address. */
  readonly furtherQuery?: true;
  readonly body?: Schema;
  /** The body is taken as the bytes that were sent, of any media type: a signature is over them. Has no `body`. */
  readonly rawBody?: true;
  /** Bytes of the largest body, where the host's own `bodyLimit` is lower: only for what the host alone may call. */
  readonly largestBody?: number;
  /** Status of success; 200 unless told. */
  readonly status?: 200 | 201 | 302;
  /** What success answers with; absent where `contentType` is not JSON. */
  readonly response?: Schema;
  /** Media type of success; `application/json` unless told. */
  readonly contentType?: string;
  /** `false`: `Idempotency-Key` is not honoured, because the answer holds a secret that must not be kept, or needs no key. */
  readonly keyed?: false;
  /** Success comes in pieces, as long as it takes; a connection that breaks off early means that pieces are missing. */
  readonly streamed?: true;
  /** The problems of its own, beside those every operation shares. */
  readonly problems: readonly ProblemCode[];
}

/** The operations of a resource, one for each of its routes: a missing one is a compile error. */
export type Operations<Resource> = { readonly [Name in keyof Resource]: Operation };

/** An object without fields adds nothing to those of the others. */
type Fields<T> = T extends Record<string, never> ? unknown : T;
type InputOf<Part> = Part extends Schema ? Fields<z.input<Part>> : unknown;
type OutputOf<Part> = Part extends Schema ? Fields<z.output<Part>> : unknown;
type Flat<T> = { [K in keyof T]: T[K] };

/** What a caller passes: path parameters, query and body in one flat object. */
export type Input<O extends Operation> = Flat<InputOf<O['params']> & InputOf<O['query']> & InputOf<O['body']>>;

/** What a handler receives: the input, parsed and with defaults filled in. */
export type Parsed<O extends Operation> = Flat<OutputOf<O['params']> & OutputOf<O['query']> & OutputOf<O['body']>>;

/** What an operation answers with. */
export type Output<O extends Operation> = O['response'] extends Schema ? z.output<O['response']> : never;
