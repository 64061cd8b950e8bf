import type { ContestStep } from '@laurelkit/sdk/contract';
import type * as z from 'zod/mini';
import type { Database } from '../db/database.ts';
import type { ContestState } from '../db/references.ts';

/** A step of a contest’s life, to be written. */
export interface Step {
  contestId: string;
  from: ContestState | null;
  to: ContestState;
  /** Who did it, as `actorOf` names them. */
  actor: string;
  note?: string;
}

const mostSteps = 1000;

/**
 * Writes a step in the caller’s transaction.
 * @param now - the instant of the call, `null` for the database’s clock
 */
export async function writeStep({ query, schema }: Database, step: Step, now: Date | null): Promise<void> {
  await query(
    `insert into ${schema}.contest_step (contest_id, from_state, to_state, actor, note, created_at)
     values ($1, $2, $3, $4, $5, coalesce($6::timestamptz, now()))`,
    [step.contestId, step.from, step.to, step.actor, step.note ?? null, now],
  );
}

interface StoredStep {
  from_state: ContestState | null;
  to_state: ContestState;
  note: string | null;
  actor: string;
  created_at: Date;
}

/** The steps of a contest, oldest first; the last thousand where there are more. */
export async function readSteps(
  { query, schema }: Database,
  contestId: string,
  withActors: boolean,
): Promise<z.output<typeof ContestStep>[]> {
  const rows = await query<StoredStep>(
    `select from_state, to_state, note, actor, created_at from ${schema}.contest_step
     where contest_id = $1 order by id desc limit ${mostSteps}`,
    [contestId],
  );
  return rows.reverse().map((row) => ({
    from: row.from_state,
    to: row.to_state,
    note: row.note,
    ...(withActors && { actor: row.actor }),
    at: row.created_at.toISOString(),
  }));
}
