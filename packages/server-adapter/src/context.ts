import type { EventName, EventPayload } from '@laurelkit/sdk/contract';
import type { Database } from './db/database.ts';
import type { AnswerHeaders } from './http/answer.ts';
import type { Arrival } from './http/arrival.ts';
import type { Caller } from './http/caller.ts';

/** What a handler is given beside its input. */
export interface Context {
  readonly caller: Caller;
  /** Reads, and single statements that need no transaction around them. */
  readonly database: Database;
  /**
   * Reads that may be some seconds old: from the read replica where there is one, never for a secret key, and inside a
   * transaction always that transaction. Not for what a caller must see right after their own write.
   */
  readonly reads: Database;
  /** The instant to go by: `null` for the database's own clock. */
  readonly now: Date | null;
  /** Whether the database is a transaction of somebody else's, which must not hold a contest's row. */
  readonly enlisted: boolean;
  /** Where this API is reached, such as `https://shop.example/api`; `null` when nothing says so. */
  publicUrl(): string | null;
  /** The request, when there is one. */
  readonly arrival: Arrival | null;
  /** Whose requests count together, by address; `in-process` when there is no request. */
  readonly address: string;
  /** Headers that go out with the answer, over those that every answer has. */
  readonly responseHeaders: AnswerHeaders;
  /** Runs `work` in one transaction: that of the host or of the idempotency key where there is one. */
  transaction<Result>(work: (transaction: TransactionContext) => Promise<Result>): Promise<Result>;
  /**
   * Runs `work` once what this call wrote has been committed, before it is answered. Inside a host's own transaction it
   * does not run: whoever hears the notification of the commit does the work.
   */
  afterCommit(work: () => Promise<void>): void;
}

/** What a handler's transaction offers. */
export interface TransactionContext {
  readonly database: Database;
  /** Writes an event that is delivered after the commit. */
  emit<Name extends EventName>(name: Name, payload: EventPayload<Name>): Promise<void>;
}
