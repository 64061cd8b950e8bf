import { setTimeout as sleep } from 'node:timers/promises';
import { within } from '../within.ts';
import { hasSqlState, type Queryable, type Storage } from './storage.ts';

/** A read replica (a streaming standby) whose staleness is measured. */
export interface Replica {
  /** What it answers now is at most this old; `Infinity` while that is not known. */
  stalenessSeconds(): number;
  /**
   * Reads from the replica while it is fresh enough, else from the primary. What the replica fails to answer, or has no
   * row of, the primary is asked for. `onStale` hears how old at most an answer of the replica was.
   */
  reads(onStale: (seconds: number) => void): Queryable;
  start(): void;
  close(): Promise<void>;
}

/** What a replica goes by. */
export interface ReplicaOptions {
  /** No read is older than this. */
  maxLagSeconds: number;
}

const sampleMilliseconds = 500;
const patienceMilliseconds = 2_000;
const mostSamples = 240;

/** The end of the log, written or not: whatever was committed before lies in front of it. */
const written = `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::text as position`;
/** `null` where the server is no standby, and so nothing can be measured. */
const replayed = `select pg_wal_lsn_diff(case when pg_is_in_recovery() then pg_last_wal_replay_lsn() end, '0/0')::text as position`;

/**
 * Watches a replica. Twice a second the primary's position in its log is noted with the instant before it was asked; once
 * the replica has replayed up to a noted position, it shows everything committed before that instant.
 */
export function createReplica(primary: Storage, storage: Storage, { maxLagSeconds }: ReplicaOptions): Replica {
  const closed = new AbortController();
  let samples: { at: number; position: number }[] = [];
  /** The instant whose commits the replica shows, on this process's own monotonic clock. */
  let showsAllOf = Number.NEGATIVE_INFINITY;
  let trusted = false;

  const positionOf = async (from: Queryable, text: string): Promise<number> => {
    const rows = await within(patienceMilliseconds, from.query<{ position: string | null }>(text));
    const position = rows?.[0]?.position;
    if (typeof position !== 'string') throw new Error('The server told no position in its log.');
    return Number(position);
  };

  const sample = async () => {
    const at = performance.now();
    const position = await positionOf(primary, written).catch(() => null);
    if (position !== null) samples = [...samples.slice(1 - mostSamples), { at, position }];
    const reached = await positionOf(storage, replayed).catch(() => null);
    trusted = reached !== null;
    if (reached === null) return;
    const newest = samples.findLastIndex((each) => each.position <= reached);
    if (newest < 0) return;
    showsAllOf = samples[newest]?.at ?? showsAllOf;
    samples = samples.slice(newest);
  };

  const watch = async () => {
    while (!closed.signal.aborted) {
      await sample();
      await sleep(sampleMilliseconds, undefined, { ref: false, signal: closed.signal }).catch(() => {});
    }
  };

  const age = () => (performance.now() - showsAllOf) / 1000;

  /** The replica's rows and how old they are at most, or `null` when the primary must be asked. */
  const ask = async <Row>(...statement: Parameters<Queryable['query']>) => {
    if (!trusted || age() > maxLagSeconds) return null;
    const asOf = showsAllOf;
    try {
      const rows = await within(patienceMilliseconds, storage.query<Row>(...statement));
      if (!rows) trusted = false;
      const seconds = (performance.now() - asOf) / 1000;
      return rows && rows.length > 0 && seconds <= maxLagSeconds ? { rows, seconds } : null;
    } catch (error) {
      // Cancelled to let replay go on: nothing is wrong with the replica.
      if (!hasSqlState(error, '40001')) trusted = false;
      return null;
    }
  };

  return {
    stalenessSeconds: () => (trusted ? age() : Number.POSITIVE_INFINITY),
    reads: (onStale) => ({
      query: async <Row>(...statement: Parameters<Queryable['query']>) => {
        const answer = await ask<Row>(...statement);
        if (!answer) return primary.query<Row>(...statement);
        onStale(answer.seconds);
        return answer.rows;
      },
    }),
    start: () => void watch(),
    close: async () => {
      closed.abort();
      trusted = false;
      await storage.close();
    },
  };
}
