import { createHash } from 'node:crypto';
import { quoteSchema } from '../db/database.ts';
import type { Queryable, Storage } from '../db/storage.ts';
import { LaurelProblem } from '../problem.ts';
import { type Caller, nameOf } from './caller.ts';

/** What a write answered, as it is kept for a repetition. */
export interface KeptAnswer {
  status: number;
  body: string;
}

/** A write that carries a key. */
export interface KeyedCall {
  key: string;
  caller: Caller;
  /** Operation and input, to tell a repetition from a key used again for something else. */
  operation: string;
  input: unknown;
  /** Status of success. */
  status: number;
}

/** What a write came to inside the key's transaction, and what to do once that has been committed. */
export interface RanInside {
  result: unknown;
  settle(): Promise<void>;
}

/** Keys of the host's backend are one scope, so that a rotated key still repeats; others see only their own answers. */
const scopeOf = (caller: Caller) => (caller.kind === 'secret' ? 'secret' : nameOf(caller));

/**
 * Runs a write once for its `Idempotency-Key` (IETF draft): the answer is kept in the transaction of the effect, so that
 * both exist or neither. A failed write keeps nothing.
 * @throws LaurelProblem idempotency_key_invalid, idempotency_in_flight, idempotency_key_reused
 */
export function createIdempotency(storage: Storage, schemaName: string) {
  const table = `${quoteSchema(schemaName)}.idempotency`;
  const inFlight = new Set<string>();

  const runOnce = async (call: KeyedCall, run: (transaction: Queryable) => Promise<RanInside>) => {
    const scope = scopeOf(call.caller);
    const fingerprint = createHash('sha256')
      .update(`${call.operation}\n${JSON.stringify(call.input)}`)
      .digest('base64url');
    return storage.transaction(async (transaction) => {
      const [lock] = await transaction.query<{ taken: boolean }>(
        'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as taken',
        [`laurel:${schemaName}:${scope}:${call.key}`],
      );
      if (!lock?.taken) throw inFlightProblem();
      const [kept] = await transaction.query<KeptAnswer & { fingerprint: string }>(
        `select status, body, fingerprint from ${table} where scope = $1 and key = $2`,
        [scope, call.key],
      );
      if (kept && kept.fingerprint !== fingerprint) {
        throw new LaurelProblem(
          'idempotency_key_reused',
          'The key was used with another request. Nothing was changed.',
        );
      }
      if (kept) return { ...kept, replayed: true, settle: async () => {} };
      const { result, settle } = await run(transaction);
      const answer = { status: call.status, body: JSON.stringify(result) };
      await transaction.query(
        `insert into ${table} (scope, key, fingerprint, status, body) values ($1, $2, $3, $4, $5)`,
        [scope, call.key, fingerprint, answer.status, answer.body],
      );
      return { ...answer, replayed: false, settle };
    });
  };

  return async (
    call: KeyedCall,
    run: (transaction: Queryable) => Promise<RanInside>,
  ): Promise<KeptAnswer & { replayed: boolean }> => {
    if (!/^[\x21-\x7e]{1,255}$/.test(call.key)) {
      throw new LaurelProblem('idempotency_key_invalid', 'Use 1 to 255 visible ASCII characters.');
    }
    const name = `${scopeOf(call.caller)} ${call.key}`;
    if (inFlight.has(name)) throw inFlightProblem();
    inFlight.add(name);
    try {
      const { settle, ...kept } = await runOnce(call, run);
      await settle();
      return kept;
    } finally {
      inFlight.delete(name);
    }
  };
}

export type Idempotency = ReturnType<typeof createIdempotency>;

const inFlightProblem = () =>
  new LaurelProblem('idempotency_in_flight', 'The same request is still running. Try again in a moment.', {
    retryAfter: 1,
  });
